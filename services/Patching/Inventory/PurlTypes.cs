namespace Governance.Patching.Inventory;

/// <summary>How types of package URLs normalise their parts.</summary>
/// <remarks>Source: https://github.com/package-url/purl-spec/tree/main/types.</remarks>
internal static class PurlTypes
{
    private static readonly HashSet<string> LowerNamespace = new(StringComparer.Ordinal)
    {
        "alpm", "apk", "bitbucket", "composer", "deb", "github", "golang", "hex", "npm", "rpm", "qpkg",
    };

    private static readonly HashSet<string> LowerName = new(StringComparer.Ordinal)
    {
        "alpm", "apk", "bitbucket", "bitnami", "composer", "deb", "github", "golang", "hex", "npm", "oci", "pub", "pypi",
    };

    public static string? NormalizeNamespace(string type, string? space) =>
        space is not null && LowerNamespace.Contains(type) ? space.ToLowerInvariant() : space;

    public static string NormalizeName(string type, string name)
    {
        if (LowerName.Contains(type))
        {
            name = name.ToLowerInvariant();
        }
        return type == "pypi" ? name.Replace('_', '-') : name;
    }

    public static string NormalizeVersion(string type, string version) =>
        type is "huggingface" ? version.ToLowerInvariant() : version;
}
