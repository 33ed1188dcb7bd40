namespace Governance.Patching.Advisories;

/// <summary>Ids such as <c>CVE-2026-12345</c>: a year and 4 to 19 digits.</summary>
internal static class CveId
{
    public const int Longest = 28;

    public static bool Is(string id) =>
        id.Length is >= 13 and <= Longest && id.StartsWith("CVE-", StringComparison.Ordinal) && id[8] == '-' &&
        id.AsSpan(4, 4).IndexOfAnyExceptInRange('0', '9') < 0 && id.AsSpan(9).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>A number that no other id has.</summary>
    public static UInt128 NumberOf(string id) =>
        ((UInt128)ulong.Parse(id.AsSpan(4, 4), System.Globalization.CultureInfo.InvariantCulture) << 64)
        | UInt128.Parse(id.AsSpan(9), System.Globalization.CultureInfo.InvariantCulture);
}
