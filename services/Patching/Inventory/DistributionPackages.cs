namespace Governance.Patching.Inventory;

/// <summary>
/// By which name and version advisories know a distribution's package: mostly those of the source that it was built from.
/// </summary>
internal static class DistributionPackages
{
    public static string AdvisoryName(string ecosystem, PackageUrl purl) => Upstream(ecosystem, purl)?.Name ?? purl.Name;

    /// <summary>The version that advisories compare, where it is not the installed one; else null.</summary>
    /// <param name="ecosystem">OSV's name, without release.</param>
    /// <param name="purl">The package; its version need not be in it.</param>
    /// <param name="version">The installed version; null where it is not known.</param>
    public static string? AdvisoryVersion(string ecosystem, PackageUrl purl, string? version)
    {
        if (purl.Type == "rpm")
        {
            return WithEpoch(version, purl.Origin?.Epoch);
        }
        return Upstream(ecosystem, purl)?.Version is { } built && built != version ? built : null;
    }

    private static (string Name, string? Version)? Upstream(string ecosystem, PackageUrl purl)
    {
        if (purl.Origin is not { Upstream: { Length: > 0 } upstream, IsSource: false })
        {
            return null;
        }
        return purl.Type switch
        {
            "deb" or "apk" => Split(upstream),
            "rpm" when ecosystem is "SUSE" or "openSUSE" or "openEuler" or "Mageia" => SourceRpm(upstream),
            _ => null,
        };
    }

    private static (string Name, string? Version) Split(string upstream)
    {
        var at = upstream.IndexOf('@', StringComparison.Ordinal);
        return at < 1 ? (upstream, null) : (upstream[..at], at + 1 < upstream.Length ? upstream[(at + 1)..] : null);
    }

    /// <summary>The name in <c>name-version-release.src.rpm</c>.</summary>
    private static (string Name, string? Version) SourceRpm(string file)
    {
        var release = file.LastIndexOf('-');
        var version = release > 0 ? file.LastIndexOf('-', release - 1) : -1;
        return (version > 0 && file.EndsWith(".rpm", StringComparison.Ordinal) ? file[..version] : file, null);
    }

    private static string? WithEpoch(string? version, string? epoch) =>
        string.IsNullOrEmpty(version) || string.IsNullOrEmpty(epoch) || epoch == "0" || version.Contains(':', StringComparison.Ordinal)
            ? null
            : $"{epoch}:{version}";
}
