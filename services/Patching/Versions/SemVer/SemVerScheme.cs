using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions.SemVer;

/// <summary>Semantic Versioning 2.0.0 order with npm's ranges.</summary>
internal sealed class SemVerScheme : IVersionScheme
{
    public string Name => "SemVer";

    public bool TryParse(string? text, [NotNullWhen(true)] out PackageVersion? version)
    {
        var read = SemanticVersion.TryParse(text, out var semantic);
        version = semantic;
        return read;
    }

    public int Compare(PackageVersion left, PackageVersion right) => ((SemanticVersion)left).CompareTo((SemanticVersion)right);

    public bool TryParseRange(string? text, [NotNullWhen(true)] out IVersionRange? range)
    {
        var read = NpmRange.TryParse(text, out var parsed);
        range = parsed;
        return read;
    }
}
