using System.Runtime.CompilerServices;
using Governance.Patching.Versions;

namespace Governance.Patching.Advisories.Matching;

/// <summary>The versions that an entry lists one by one; read once and asked often.</summary>
internal sealed class ListedVersions
{
    private static readonly ConditionalWeakTable<AffectedPackage, ListedVersions> Known = [];

    private readonly IVersionScheme? _scheme;
    private readonly HashSet<string> _literal;
    private readonly Lazy<List<PackageVersion>> _read;

    private ListedVersions(AffectedPackage entry)
    {
        _scheme = VersionSchemes.For(entry.Ecosystem);
        _literal = new HashSet<string>(entry.Versions, StringComparer.Ordinal);
        _read = new Lazy<List<PackageVersion>>(() => Read(_scheme!, entry.Versions));
    }

    /// <summary>By the scheme's equality where the scheme is known (in PyPI <c>1.0</c> is <c>1.0.0</c>), else letter by letter.</summary>
    public static bool Contain(AffectedPackage entry, string version) =>
        entry.Versions.Count > 0 && Known.GetValue(entry, one => new ListedVersions(one)).Contains(version);

    private bool Contains(string version) => _literal.Contains(version) ||
        (_scheme is not null
            && _scheme.TryParse(version, out var installed)
            && _read.Value.Exists(one => _scheme.Compare(one, installed) == 0));

    private static List<PackageVersion> Read(IVersionScheme scheme, IReadOnlyList<string> versions)
    {
        var read = new List<PackageVersion>(versions.Count);
        foreach (var listed in versions)
        {
            if (scheme.TryParse(listed, out var version))
            {
                read.Add(version);
            }
        }

        return read;
    }
}
