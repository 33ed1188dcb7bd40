namespace Governance.Patching.Versions.Rpm;

/// <summary>An RPM version: epoch, version, release.</summary>
/// <remarks>
/// The order is rpm's own <c>rpmvercmp</c>: https://rpm.org/docs/latest/man/rpm-version.7. No release comes before any release.
/// </remarks>
internal sealed class RpmVersion : PackageVersion, IComparable<RpmVersion>
{
    private readonly string _epoch;
    private readonly string _version;
    private readonly string? _release;

    private RpmVersion(string text, string epoch, string version, string? release)
        : base(text) => (_epoch, _version, _release) = (epoch, version, release);

    public bool HasRelease => _release is not null;

    public static RpmVersion? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty || rest.IndexOfAny(' ', '\t') >= 0)
        {
            return null;
        }
        var colon = rest.IndexOf(':');
        var epoch = colon <= 0 ? "0" : rest[..colon].ToString();
        rest = rest[(colon + 1)..];
        var hyphen = rest.LastIndexOf('-');
        return new RpmVersion(
            text, epoch, (hyphen < 0 ? rest : rest[..hyphen]).ToString(), hyphen < 0 ? null : rest[(hyphen + 1)..].ToString());
    }

    public int CompareTo(RpmVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = CompareIgnoringRelease(other);
        if (order != 0)
        {
            return order;
        }
        return _release is null || other._release is null
            ? (_release is not null).CompareTo(other._release is not null)
            : RpmOrder.Compare(_release, other._release);
    }

    public int CompareIgnoringRelease(RpmVersion other)
    {
        var order = RpmOrder.Compare(_epoch, other._epoch);
        return order != 0 ? order : RpmOrder.Compare(_version, other._version);
    }
}
