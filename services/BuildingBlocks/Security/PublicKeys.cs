using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Governance.BuildingBlocks.Security;

/// <summary>
/// The gateway's public keys, a JWKS file, read again when it changes. A file that cannot be read keeps the last good keys.
/// </summary>
internal sealed partial class PublicKeys(string path, TimeProvider clock, ILogger<PublicKeys> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private volatile Snapshot _snapshot = new(0, []);
    private (DateTime, long) _stamp;
    private long _nextLook;

    /// <param name="atOnce">Look at the file even if that was done within the last second.</param>
    public (long Version, IReadOnlyList<SecurityKey> Keys) Read(bool atOnce = false)
    {
        var now = clock.GetTimestamp();
        if (atOnce || now >= Volatile.Read(ref _nextLook))
        {
            lock (_lock)
            {
                Volatile.Write(ref _nextLook, now + (long)(Look.TotalSeconds * clock.TimestampFrequency));
                Reload();
            }
        }

        var snapshot = _snapshot;
        return (snapshot.Version, snapshot.Keys);
    }

    private void Reload()
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || _stamp == (file.LastWriteTimeUtc, file.Length)) return;
            var keys = new JsonWebKeySet(File.ReadAllText(path)).GetSigningKeys();
            _snapshot = new Snapshot(_snapshot.Version + 1, [.. keys]);
            _stamp = (file.LastWriteTimeUtc, file.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            CannotRead(log, fault, path);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot read the public keys in {Path}; the last good ones stay")]
    private static partial void CannotRead(ILogger log, Exception fault, string path);

    private sealed record Snapshot(long Version, IReadOnlyList<SecurityKey> Keys);
}
