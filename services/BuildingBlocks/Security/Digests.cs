using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;

namespace Governance.BuildingBlocks.Security;

/// <summary>SHA-256, lower-case hex: what approvals bind to and what audit entries compare.</summary>
public static class Digests
{
    /// <summary>The digest of a message's binary form.</summary>
    public static string Of(IMessage message) => Of(message.ToByteArray());

    /// <summary>The digest of a text's UTF-8.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The digest of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>An approval binds to what was read: another digest than the present one is refused, naming both.</summary>
    /// <param name="name">The resource's.</param>
    /// <param name="present">Its digest now.</param>
    /// <param name="read">What the approver has seen; empty when they do not say.</param>
    /// <exception cref="RuleViolation">DIGEST_MISMATCH.</exception>
    public static void DemandRead(string name, string present, string read)
    {
        if (read.Length == 0 || string.Equals(read, present, StringComparison.OrdinalIgnoreCase)) return;
        throw new RuleViolation(
            "DIGEST_MISMATCH",
            $"{name} has the digest {present}, not {read}: it changed since it was read.",
            ("resource", name), ("digest", present), ("read", read));
    }
}
