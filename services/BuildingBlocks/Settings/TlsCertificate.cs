using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Governance.BuildingBlocks.Settings;

/// <summary>Where a TLS certificate is.</summary>
/// <param name="CertificateFile">PEM: the certificate, then the intermediates of its chain.</param>
/// <param name="KeyFile">PEM: its private key, not encrypted.</param>
public sealed record TlsFiles(string CertificateFile, string KeyFile)
{
    /// <summary>What is wrong with the files; null when they hold together.</summary>
    public string? Fault()
    {
        try
        {
            TlsCertificate.Read(this);
            return null;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"The TLS certificate {CertificateFile} with the key {KeyFile} cannot be used: {fault.Message}";
        }
    }
}

/// <summary>Serves a certificate, and the renewed one soon after its files were replaced. A pair that does not hold is not taken.</summary>
internal sealed class TlsCertificate(TlsFiles files, TimeProvider clock)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    private readonly Lock _turn = new();
    private SslServerAuthenticationOptions? _options;
    private DateTime _written;
    private long _looked;

    /// <summary>What a handshake is answered with.</summary>
    public SslServerAuthenticationOptions Options()
    {
        lock (_turn)
        {
            if (_options is not null && clock.GetElapsedTime(_looked) < LookEvery) return _options;
            _looked = clock.GetTimestamp();
            var written = File.GetLastWriteTimeUtc(files.CertificateFile);
            if (_options is not null && written == _written) return _options;
            if (_options is not null && files.Fault() is not null) return _options;
            _written = written;
            return _options =
                new SslServerAuthenticationOptions { ServerCertificateContext = Read(files), ApplicationProtocols = Protocols };
        }
    }

    public static SslStreamCertificateContext Read(TlsFiles files)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(files.CertificateFile);
        var certificate = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
