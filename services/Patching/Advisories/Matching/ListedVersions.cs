using System.Runtime.CompilerServices;
using Governance.Patching.Versions;

namespace Governance.Patching.Advisories.Matching;

/// <summary>The versions that an entry lists one by one; read once and asked often.</summary>
internal sealed class ListedVersions
{
    private static readonly ConditionalWeakTable<AffectedPackage, ListedVersions> Known = [];

    private readonly IVersionScheme? scheme;
    private readonly HashSet<string> literal;
    private readonly Lazy<List<PackageVersion>> read;

    private ListedVersions(AffectedPackage entry)
    {
        scheme = VersionSchemes.For(entry.Ecosystem);
        literal = new HashSet<string>(entry.Versions, StringComparer.Ordinal);
        read = new Lazy<List<PackageVersion>>(() => Read(scheme!, entry.Versions));
    }

    /// <summary>By the scheme's equality where the scheme is known (in PyPI <c>1.0</c> is <c>1.0.0</c>), else letter by letter.</summary>
    public static bool Contain(AffectedPackage entry, string version) =>
        entry.Versions.Count > 0 && Known.GetValue(entry, one => new ListedVersions(one)).Contains(version);

    private bool Contains(string version) => literal.Contains(version) ||
        (scheme is not null && scheme.TryParse(version, out var installed) && read.Value.Exists(one => scheme.Compare(one, installed) == 0));

    private static List<PackageVersion> Read(IVersionScheme scheme, IReadOnlyList<string> versions)
    {
        var read = new List<PackageVersion>(versions.Count);
        foreach (var listed in versions)
        {
            if (scheme.TryParse(listed, out var version))
                read.Add(version);
        }

        return read;
    }
}
