using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Governance.BuildingBlocks.Security;

/// <summary>
/// The gateway's signing keys, in a folder that its replicas share: `signing-keys.json` (private) and `public-keys.json` (a
/// JWKS, which services read). A new key is published ten minutes before its first use and kept ten minutes after its last
/// token could have ended.
/// </summary>
/// <param name="folder">Where the two files are.</param>
/// <param name="clock">The system's clock.</param>
/// <param name="lifetime">How long a key signs; seven days when null.</param>
public sealed class SigningKeyRing(string folder, TimeProvider clock, TimeSpan? lifetime = null)
{
    /// <summary>The public keys' file name.</summary>
    public const string PublicFile = "public-keys.json";

    private const string PrivateName = "signing-keys.json";
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _lifetime = lifetime ?? TimeSpan.FromDays(7);
    private readonly Lock _lock = new();
    private (string Id, ECDsaSecurityKey Key)? _current;
    private DateTimeOffset _nextLook;

    /// <summary>The key to sign with now. Creates and rotates keys as they fall due.</summary>
    public SecurityKey Current()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_current is { } known && now < _nextLook) return known.Key;
            _nextLook = now + Look;
            var stored = Active(Rotate(now), now);
            if (_current?.Id != stored.Id) _current = (stored.Id, stored.ToKey());
            return _current!.Value.Key;
        }
    }

    private List<StoredKey> Rotate(DateTimeOffset now)
    {
        var keys = Load();
        if (!IsDue(keys, now)) return keys;
        Directory.CreateDirectory(folder);
        using var exclusive = Exclusive();
        keys = Load();
        if (!IsDue(keys, now)) return keys;
        if (NeedsSuccessor(keys, now)) keys.Add(StoredKey.Create(keys.Count == 0 ? now : now + Lead));
        keys.RemoveAll(key => IsSpent(key, keys, now));
        Publish(JsonSerializer.Serialize(new { keys = keys.Select(key => key.Public()) }));
        PrivateFile.Write(Path.Combine(folder, PrivateName), JsonSerializer.Serialize(keys));
        return keys;
    }

    private bool IsDue(List<StoredKey> keys, DateTimeOffset now) =>
        NeedsSuccessor(keys, now) || keys.Exists(key => IsSpent(key, keys, now)) || !File.Exists(Path.Combine(folder, PublicFile));

    private bool NeedsSuccessor(List<StoredKey> keys, DateTimeOffset now) =>
        keys.Count == 0 || keys[^1].FirstUse + _lifetime - Lead <= now;

    private static bool IsSpent(StoredKey key, List<StoredKey> keys, DateTimeOffset now) =>
        keys.SkipWhile(other => other.Id != key.Id).Skip(1).FirstOrDefault() is { } successor
        && successor.FirstUse + InternalToken.Lifetime + Lead <= now;

    private static StoredKey Active(List<StoredKey> keys, DateTimeOffset now) => keys.FindLast(key => key.FirstUse <= now) ?? keys[0];

    private List<StoredKey> Load()
    {
        var path = Path.Combine(folder, PrivateName);
        return File.Exists(path) ? JsonSerializer.Deserialize<List<StoredKey>>(File.ReadAllText(path)) ?? [] : [];
    }

    private FileStream Exclusive()
    {
        var deadline = Environment.TickCount64 + 10_000;
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(folder, "signing-keys.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                Thread.Yield();
            }
        }
    }

    private void Publish(string text)
    {
        var next = Path.Combine(folder, PublicFile + ".next");
        File.WriteAllText(next, text);
        File.Move(next, Path.Combine(folder, PublicFile), overwrite: true);
    }

    private sealed record StoredKey(string Id, DateTimeOffset FirstUse, string D, string X, string Y)
    {
        public static StoredKey Create(DateTimeOffset firstUse)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            return new StoredKey(
                Guid.CreateVersion7().ToString("n"),
                firstUse,
                Base64UrlEncoder.Encode(parameters.D),
                Base64UrlEncoder.Encode(parameters.Q.X),
                Base64UrlEncoder.Encode(parameters.Q.Y));
        }

        public ECDsaSecurityKey ToKey() => new(ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Base64UrlEncoder.DecodeBytes(D),
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(X), Y = Base64UrlEncoder.DecodeBytes(Y) },
        }))
        { KeyId = Id };

        public object Public() => new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = Id, x = X, y = Y };
    }
}
