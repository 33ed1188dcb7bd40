namespace Governance.Patching.Inventory;

/// <summary>How OSV's ecosystems and purl's types name the same packages.</summary>
/// <remarks>Sources: https://ossf.github.io/osv-schema/#defined-ecosystems and https://github.com/package-url/purl-spec.</remarks>
internal static class Ecosystems
{
    private static readonly (string Ecosystem, string Type, string? Namespace)[] Known =
    [
        ("npm", "npm", null), ("Packagist", "composer", null), ("PyPI", "pypi", null), ("RubyGems", "gem", null),
        ("NuGet", "nuget", null), ("Maven", "maven", null), ("Go", "golang", null), ("crates.io", "cargo", null),
        ("Hex", "hex", null), ("Pub", "pub", null), ("CRAN", "cran", null), ("Hackage", "hackage", null),
        ("SwiftURL", "swift", null), ("ConanCenter", "conan", null), ("Bitnami", "bitnami", null),
        ("Debian", "deb", "debian"), ("Ubuntu", "deb", "ubuntu"), ("Alpine", "apk", "alpine"), ("Wolfi", "apk", "wolfi"),
        ("Chainguard", "apk", "chainguard"), ("Red Hat", "rpm", "redhat"), ("Rocky Linux", "rpm", "rocky-linux"),
        ("AlmaLinux", "rpm", "almalinux"), ("SUSE", "rpm", "suse"), ("openSUSE", "rpm", "opensuse"),
    ];

    /// <summary>OSV's ecosystem and package name of a purl; null where OSV has no such ecosystem.</summary>
    public static (string Ecosystem, string Name)? Of(PackageUrl purl)
    {
        foreach (var (ecosystem, type, space) in Known)
        {
            if (type == purl.Type && (space is null || space == purl.Namespace))
                return (ecosystem, space is null ? NormalizeName(ecosystem, Join(purl)) : purl.Name);
        }

        return null;
    }

    /// <summary>The purl, without version, of an ecosystem's package; null where purl has no such type.</summary>
    public static PackageUrl? ToPurl(string ecosystem, string name)
    {
        var known = Array.Find(Known, candidate => AreSame(candidate.Ecosystem, ecosystem));
        if (known.Type is null || string.IsNullOrWhiteSpace(name))
            return null;
        var split = known.Namespace is not null ? -1 : name.LastIndexOf(known.Type == "maven" ? ':' : '/');
        return PackageUrl.Create(known.Type, known.Namespace ?? (split > 0 ? name[..split] : null), name[(split + 1)..], null);
    }

    /// <summary>Whether two names are of one ecosystem; what follows a colon counts only where both have it.</summary>
    public static bool AreSame(string left, string right)
    {
        var (leftBase, leftRelease) = Split(left);
        var (rightBase, rightRelease) = Split(right);
        return leftBase.Equals(rightBase, StringComparison.OrdinalIgnoreCase) &&
            (leftRelease.IsEmpty || rightRelease.IsEmpty || leftRelease.SequenceEqual(rightRelease));
    }

    /// <summary>The ecosystem without what follows a colon.</summary>
    public static string BaseOf(string ecosystem) => Split(ecosystem).Base;

    /// <summary>The name under which an ecosystem's registry holds a package, however it was written.</summary>
    public static string NormalizeName(string ecosystem, string name) => Split(ecosystem).Base.ToLowerInvariant() switch
    {
        "packagist" or "nuget" or "npm" or "hex" => name.ToLowerInvariant(),
        "pypi" => NormalizePythonName(name),
        _ => name,
    };

    /// <summary>PEP 503: case does not count, and runs of hyphen, underscore and dot are one hyphen.</summary>
    private static string NormalizePythonName(string name) => string.Join(
        '-', name.ToLowerInvariant().Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries));

    private static string Join(PackageUrl purl) => purl.Namespace is null
        ? purl.Name
        : $"{purl.Namespace}{(purl.Type == "maven" ? ':' : '/')}{purl.Name}";

    private static EcosystemParts Split(string ecosystem)
    {
        var colon = ecosystem.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(ecosystem, default) : new(ecosystem[..colon], ecosystem.AsSpan(colon + 1));
    }

    private readonly ref struct EcosystemParts(string name, ReadOnlySpan<char> release)
    {
        public string Base { get; } = name;

        public ReadOnlySpan<char> Release { get; } = release;

        public void Deconstruct(out string name, out ReadOnlySpan<char> release)
        {
            name = Base;
            release = Release;
        }
    }
}
