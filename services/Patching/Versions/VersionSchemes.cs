using Governance.Patching.Versions.Alpine;
using Governance.Patching.Versions.Composer;
using Governance.Patching.Versions.Debian;
using Governance.Patching.Versions.Dotted;
using Governance.Patching.Versions.Maven;
using Governance.Patching.Versions.NuGet;
using Governance.Patching.Versions.PyPI;
using Governance.Patching.Versions.Rpm;
using Governance.Patching.Versions.RubyGems;
using Governance.Patching.Versions.SemVer;

namespace Governance.Patching.Versions;

/// <summary>Which scheme orders the versions of an OSV ecosystem.</summary>
internal static class VersionSchemes
{
    public static readonly IVersionScheme SemVer = new SemVerScheme();

    public static readonly IVersionScheme Composer = new ComposerScheme();

    public static readonly IVersionScheme NuGet = new NuGetScheme();

    public static readonly IVersionScheme Maven = new MavenScheme();

    public static readonly IVersionScheme Python = new PythonScheme();

    public static readonly IVersionScheme Gem = new GemScheme();

    public static readonly IVersionScheme Alpine = new AlpineScheme();

    public static readonly IVersionScheme Debian = new DebianScheme();

    public static readonly IVersionScheme Rpm = new RpmScheme();

    public static readonly IVersionScheme Cran = new DottedScheme("CRAN", ".-", ",");

    public static readonly IVersionScheme Hackage = new DottedScheme("Hackage", ".", "&&");

    private static readonly Dictionary<string, IVersionScheme> ByEcosystem = new(StringComparer.OrdinalIgnoreCase)
    {
        ["npm"] = SemVer,
        ["crates.io"] = SemVer,
        ["Go"] = SemVer,
        ["Hex"] = SemVer,
        ["SwiftURL"] = SemVer,
        ["Bitnami"] = SemVer,
        ["Packagist"] = Composer,
        ["NuGet"] = NuGet,
        ["Maven"] = Maven,
        ["PyPI"] = Python,
        ["RubyGems"] = Gem,
        ["Alpine"] = Alpine,
        ["Alpaquita"] = Alpine,
        ["BellSoft Hardened Containers"] = Alpine,
        ["Chainguard"] = Alpine,
        ["MinimOS"] = Alpine,
        ["Wolfi"] = Alpine,
        ["Debian"] = Debian,
        ["Ubuntu"] = Debian,
        ["Echo"] = Debian,
        ["Red Hat"] = Rpm,
        ["Rocky Linux"] = Rpm,
        ["AlmaLinux"] = Rpm,
        ["Azure Linux"] = Rpm,
        ["Mageia"] = Rpm,
        ["openEuler"] = Rpm,
        ["openSUSE"] = Rpm,
        ["Photon OS"] = Rpm,
        ["SUSE"] = Rpm,
        ["CRAN"] = Cran,
        ["Hackage"] = Hackage,
    };

    /// <summary>Types of package URLs and of <c>vers:</c> URIs.</summary>
    private static readonly Dictionary<string, IVersionScheme> ByPurlType = new(StringComparer.Ordinal)
    {
        ["npm"] = SemVer,
        ["semver"] = SemVer,
        ["cargo"] = SemVer,
        ["golang"] = SemVer,
        ["hex"] = SemVer,
        ["swift"] = SemVer,
        ["bitnami"] = SemVer,
        ["composer"] = Composer,
        ["nuget"] = NuGet,
        ["maven"] = Maven,
        ["pypi"] = Python,
        ["gem"] = Gem,
        ["apk"] = Alpine,
        ["alpine"] = Alpine,
        ["deb"] = Debian,
        ["rpm"] = Rpm,
        ["cran"] = Cran,
        ["hackage"] = Hackage,
    };

    /// <summary>
    /// The scheme of an ecosystem, or null when its order is not known here: callers then answer "cannot decide".
    /// </summary>
    /// <param name="ecosystem">OSV's name; what follows a colon (a release, a registry) does not change the order.</param>
    public static IVersionScheme? For(string? ecosystem)
    {
        if (string.IsNullOrEmpty(ecosystem))
        {
            return null;
        }
        var colon = ecosystem.IndexOf(':', StringComparison.Ordinal);
        return ByEcosystem.GetValueOrDefault(colon < 0 ? ecosystem : ecosystem[..colon]);
    }

    /// <summary>The scheme of a package URL's type, lower case, or null when its order is not known here.</summary>
    public static IVersionScheme? ForPurlType(string type) => ByPurlType.GetValueOrDefault(type);
}
