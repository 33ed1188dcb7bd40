using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Governance.Testing;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Flow;

/// <summary>A gateway that speaks TLS, with a certificate that can be renewed under it.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task Tls_ServesBothHttpVersionsAndGrpc_AndTakesARenewedCertificate()
    {
        using var suite = new SuiteProcess();
        var (certificate, key) = (suite.PathOf("tls.crt"), suite.PathOf("tls.key"));
        using var first = await WriteAsync(certificate, key);
        await suite.StartAsync("--tls-certificate", certificate, "--tls-key", key, "--listen", "0.0.0.0");

        suite.Address.Scheme.ShouldBe("https");
        (await VersionAsync(suite.Address, HttpVersion.Version11, first)).ShouldBe(HttpVersion.Version11);
        (await VersionAsync(suite.Address, HttpVersion.Version20, first)).ShouldBe(HttpVersion.Version20);
        (await HealthAsync(new Uri("https://" + suite.GrpcEndpoint), first)).ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);

        using var second = await WriteAsync(certificate, key);
        await Eventually.HoldsAsync(
            async () => await AnswersWithAsync(suite.Address, second), "the renewed certificate is served", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Start_WithAKeyOfAnotherCertificate_IsRefused_NamingTheFiles()
    {
        using var suite = new SuiteProcess();
        using var own = await WriteAsync(suite.PathOf("own.crt"), suite.PathOf("own.key"));
        using var other = await WriteAsync(suite.PathOf("other.crt"), suite.PathOf("other.key"));

        var (code, log) = await suite.RefuseAsync("--tls-certificate", suite.PathOf("own.crt"), "--tls-key", suite.PathOf("other.key"));

        code.ShouldBe(2);
        log.ShouldContain("own.crt");
        log.ShouldContain("other.key");
    }

    /// <summary>A certificate of its own for this machine, as PEM files.</summary>
    private static async Task<X509Certificate2> WriteAsync(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
        return certificate;
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, served, _, _) => served?.GetCertHashString() == certificate.GetCertHashString(),
        },
    };

    private static async Task<Version> VersionAsync(Uri address, Version version, X509Certificate2 trusted)
    {
        using var http = new HttpClient(Trusting(trusted));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/healthz/ready"))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Version;
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> HealthAsync(Uri address, X509Certificate2 trusted)
    {
        using var channel =
            GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = Trusting(trusted), DisposeHttpClient = true });
        return (await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = "windows" })).Status;
    }

    private static async Task<bool> AnswersWithAsync(Uri address, X509Certificate2 certificate)
    {
        try
        {
            await VersionAsync(address, HttpVersion.Version11, certificate);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
