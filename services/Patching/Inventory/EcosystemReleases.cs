namespace Governance.Patching.Inventory;

/// <summary>How OSV names the releases of distributions (what follows the colon) and how package URLs do.</summary>
internal static class EcosystemReleases
{
    private static readonly Dictionary<string, string> DebianCodenames = new(StringComparer.Ordinal)
    {
        ["wheezy"] = "7",
        ["jessie"] = "8",
        ["stretch"] = "9",
        ["buster"] = "10",
        ["bullseye"] = "11",
        ["bookworm"] = "12",
        ["trixie"] = "13",
        ["forky"] = "14",
        ["duke"] = "15",
    };

    private static readonly Dictionary<string, string> UbuntuCodenames = new(StringComparer.Ordinal)
    {
        ["trusty"] = "14.04",
        ["xenial"] = "16.04",
        ["bionic"] = "18.04",
        ["focal"] = "20.04",
        ["jammy"] = "22.04",
        ["lunar"] = "23.04",
        ["mantic"] = "23.10",
        ["noble"] = "24.04",
        ["oracular"] = "24.10",
        ["plucky"] = "25.04",
        ["questing"] = "25.10",
    };

    /// <summary>
    /// OSV's release for a package URL's <c>distro</c>; null where it cannot be told: then advisories for any release count.
    /// </summary>
    public static string? Of(string ecosystem, string distro)
    {
        distro = distro.ToLowerInvariant();
        var version = distro[(distro.LastIndexOf('-') + 1)..];
        return ecosystem switch
        {
            "Debian" => DebianCodenames.GetValueOrDefault(version) ?? Major(version),
            "Ubuntu" => UbuntuCodenames.GetValueOrDefault(version) ?? TwoNumbers(version),
            "Alpine" => TwoNumbers(version) is { } numbers ? "v" + numbers : null,
            "Red Hat" => Major(version) is { } major ? "enterprise_linux:" + major : null,
            "Rocky Linux" or "AlmaLinux" or "Azure Linux" or "Mageia" => Major(version),
            "openSUSE" => distro.Contains(
                "tumbleweed", StringComparison.Ordinal) ? "Tumbleweed" : TwoNumbers(version) is { } leap ? "Leap " + leap : null,
            _ => null,
        };
    }

    /// <summary>Whether two releases of an ecosystem may be one.</summary>
    public static bool AreSame(string ecosystem, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty || left.Equals(right, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        return ecosystem switch
        {
            "Ubuntu" => NumberedPart(left).SequenceEqual(NumberedPart(right)),
            "Red Hat" => RedHatMajor(left) is not { } leftMajor || RedHatMajor(right) is not { } rightMajor || leftMajor == rightMajor,
            _ => false,
        };
    }

    /// <summary>Of <c>Pro:22.04:LTS</c> what says which release it is.</summary>
    private static ReadOnlySpan<char> NumberedPart(ReadOnlySpan<char> release)
    {
        foreach (var part in release.Split(':'))
        {
            if (release[part] is [>= '0' and <= '9', ..])
            {
                return release[part];
            }
        }

        return release;
    }

    /// <summary>
    /// The Enterprise Linux that a product is of: <c>rhel_eus:9.2::appstream</c>, <c>openshift:4.12::el9</c>; null where it cannot be told.
    /// </summary>
    private static string? RedHatMajor(ReadOnlySpan<char> release)
    {
        var parts = release.ToString().Split(':');
        if (parts.Length > 1
            && (parts[0] == "enterprise_linux" || parts[0].StartsWith("rhel_", StringComparison.Ordinal))
            && Major(parts[1]) is { } own)
        {
            return own;
        }
        return Array.Find(parts, part => part is ['e', 'l', >= '0' and <= '9', ..]) is { } built ? Major(built[2..]) : null;
    }

    private static string? Major(string version) =>
        version.Split('.')[0] is { Length: > 0 } number && number.All(char.IsAsciiDigit) ? number : null;

    private static string? TwoNumbers(string version) =>
        version.TrimStart('v').Split('.') is [{ Length: > 0 } major, { Length: > 0 } minor, ..]
            && major.All(char.IsAsciiDigit)
            && minor.All(char.IsAsciiDigit) ? $"{major}.{minor}" : null;
}
