using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Governance.BuildingBlocks.Audit;

/// <summary>The hash chain's canonical form, as docs/audit.md gives it to outsiders.</summary>
internal static class AuditChain
{
    /// <summary>The previous hash of the first entry.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>
    /// SHA-256 over the entry's fields as netstrings (`length in UTF-8 bytes`, `:`, text, `,`), so that no text can imitate
    /// a border. Time is 100 ns ticks since 1970.
    /// </summary>
    public static string HashOf(AuditRow row)
    {
        var canonical = new StringBuilder(512);
        Append(canonical, row.PreviousHash);
        Append(canonical, row.Sequence.ToString(CultureInfo.InvariantCulture));
        Append(canonical, row.Time.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture));
        Append(canonical, row.Principal);
        Append(canonical, row.Person);
        Append(canonical, row.Roles);
        Append(canonical, row.Action);
        Append(canonical, row.Resource);
        Append(canonical, row.BeforeDigest);
        Append(canonical, row.AfterDigest);
        Append(canonical, row.Reason);
        Append(canonical, row.CorrelationId);
        Append(canonical, row.Duty);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }

    private static void Append(StringBuilder canonical, string field) =>
        canonical.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field},");
}

/// <summary>What a write adds to the audit log, before it has its place in the chain.</summary>
/// <param name="Resource">On what.</param>
/// <param name="Before">Digest before; empty when it was created.</param>
/// <param name="After">Digest after; empty when it is gone.</param>
/// <param name="Duty">The kind of authority, or null for none.</param>
internal sealed record AuditNote(string Resource, string Before, string After, Duty? Duty = null);

/// <summary>The kind of authority that a person used; what separation of duties is about.</summary>
public enum Duty
{
    /// <summary>Asked for it.</summary>
    Requested,

    /// <summary>Changed what is to be approved.</summary>
    Edited,

    /// <summary>Approved it.</summary>
    Approved,

    /// <summary>Rejected it.</summary>
    Rejected,

    /// <summary>Carried it out.</summary>
    Implemented,
}
