using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

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
}
