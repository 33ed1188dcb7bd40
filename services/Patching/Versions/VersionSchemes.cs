using Governance.Patching.Versions.Composer;
using Governance.Patching.Versions.SemVer;

namespace Governance.Patching.Versions;

/// <summary>Which scheme orders the versions of an OSV ecosystem.</summary>
internal static class VersionSchemes
{
    public static readonly IVersionScheme SemVer = new SemVerScheme();

    public static readonly IVersionScheme Composer = new ComposerScheme();

    private static readonly Dictionary<string, IVersionScheme> ByEcosystem = new(StringComparer.OrdinalIgnoreCase)
    {
        ["npm"] = SemVer,
        ["crates.io"] = SemVer,
        ["Go"] = SemVer,
        ["Hex"] = SemVer,
        ["SwiftURL"] = SemVer,
        ["Packagist"] = Composer,
    };

    /// <summary>
    /// The scheme of an ecosystem, or null when its order is not known here: callers then answer "cannot decide".
    /// </summary>
    /// <param name="ecosystem">OSV's name; what follows a colon (a release, a registry) does not change the order.</param>
    public static IVersionScheme? For(string? ecosystem)
    {
        if (string.IsNullOrEmpty(ecosystem))
            return null;
        var colon = ecosystem.IndexOf(':', StringComparison.Ordinal);
        return ByEcosystem.GetValueOrDefault(colon < 0 ? ecosystem : ecosystem[..colon]);
    }
}
