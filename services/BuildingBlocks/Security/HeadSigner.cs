using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;

namespace Governance.BuildingBlocks.Security;

/// <summary>Signs this service's audit heads, and checks those of others.</summary>
internal sealed class HeadSigner(string path) : IDisposable
{
    private readonly Lazy<ECDsa> _key = new(() => Load(path));

    public AuditHeadPublished Sign(string service, long sequence, string hash)
    {
        var publicKey = _key.Value.ExportSubjectPublicKeyInfo();
        var head = new AuditHeadPublished
        {
            Service = service,
            Sequence = sequence,
            Hash = hash,
            HeadTime = Timestamp.FromDateTimeOffset(SystemTime.Now.ToDateTimeOffset()),
            KeyId = Digests.Of(publicKey)[..16],
            PublicKey = Base64Url.EncodeToString(publicKey),
        };
        head.Signature = Base64Url.EncodeToString(_key.Value.SignData(Text(head), HashAlgorithmName.SHA256));
        return head;
    }

    /// <summary>Whether the head was signed by the key that it carries.</summary>
    public static bool Holds(AuditHeadPublished head)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(head.PublicKey), out _);
            return key.VerifyData(Text(head), Base64Url.DecodeFromChars(head.Signature), HashAlgorithmName.SHA256);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_key.IsValueCreated) _key.Value.Dispose();
    }

    /// <summary>What is signed: service, sequence, hash and time in whole seconds since 1970 and nanoseconds.</summary>
    private static byte[] Text(AuditHeadPublished head) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{head.Service}\n{head.Sequence}\n{head.Hash}\n{head.HeadTime?.Seconds ?? 0}.{head.HeadTime?.Nanos ?? 0:d9}"));

    private static ECDsa Load(string path)
    {
        if (!File.Exists(path)) Create(path);
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    private static void Create(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(path, key.ExportPkcs8PrivateKeyPem());
    }
}
