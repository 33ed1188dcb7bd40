namespace Governance.Patching.Versions.Composer;

/// <summary>How finished Composer takes a version to be.</summary>
internal enum ComposerStability
{
    Dev,
    Alpha,
    Beta,
    ReleaseCandidate,
    Stable,
}

internal static class ComposerStabilities
{
    public static ComposerStability Of(string normalized)
    {
        if (normalized.StartsWith("dev-", StringComparison.Ordinal) || normalized.EndsWith("-dev", StringComparison.Ordinal))
        {
            return ComposerStability.Dev;
        }
        if (normalized.Contains("-alpha", StringComparison.Ordinal))
        {
            return ComposerStability.Alpha;
        }
        if (normalized.Contains("-beta", StringComparison.Ordinal))
        {
            return ComposerStability.Beta;
        }
        return normalized.Contains("-RC", StringComparison.Ordinal) ? ComposerStability.ReleaseCandidate : ComposerStability.Stable;
    }
}
