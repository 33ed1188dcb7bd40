using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>Signatures and secrets as the Standard Webhooks specification has them.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";
    private const int KeySize = 32;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeySize);

    /// <summary>As people are shown it.</summary>
    public static string Secret(byte[] key) => SecretPrefix + Convert.ToBase64String(key);

    /// <summary>One signature for each key, separated by blanks: HMAC-SHA256 over id, seconds since 1970 and body.</summary>
    public static string Sign(IEnumerable<byte[]> keys, string id, long seconds, ReadOnlySpan<byte> body)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")), .. body];
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content))));
    }
}
