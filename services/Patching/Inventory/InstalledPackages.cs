namespace Governance.Patching.Inventory;

/// <summary>The packages of a bill of materials, each package and version once, in the order in which they came.</summary>
internal sealed class InstalledPackages
{
    private readonly Dictionary<(string Package, string? Version), InstalledPackage> _packages = [];

    public IReadOnlyList<InstalledPackage> All => [.. _packages.Values];

    public void Add(InstalledPackage package)
    {
        var key = (package.Purl.ToString(), package.Version);
        _packages[key] = _packages.TryGetValue(key, out var known)
            ? known with
            {
                BomRefs = Union(known.BomRefs, package.BomRefs),
                AppliedPatches = Union(known.AppliedPatches, package.AppliedPatches),
            }
            : package with { AppliedPatches = Union(package.AppliedPatches, []) };
    }

    private static IReadOnlyList<string> Union(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        [.. left.Union(right, StringComparer.Ordinal)];
}
