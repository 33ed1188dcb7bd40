namespace Governance.Patching.Inventory;

/// <summary>How OSV's ecosystems and purl's types name the same packages.</summary>
/// <remarks>Sources: https://ossf.github.io/osv-schema/#defined-ecosystems and https://github.com/package-url/purl-spec.</remarks>
internal static class Ecosystems
{
    /// <summary>The first of an ecosystem is how a package URL of it is made.</summary>
    private static readonly (string Ecosystem, string Type, string? Namespace)[] Known =
    [
        ("npm", "npm", null), ("Packagist", "composer", null), ("PyPI", "pypi", null), ("RubyGems", "gem", null),
        ("NuGet", "nuget", null), ("Maven", "maven", null), ("Go", "golang", null), ("crates.io", "cargo", null),
        ("Hex", "hex", null), ("Pub", "pub", null), ("CRAN", "cran", null), ("Hackage", "hackage", null),
        ("SwiftURL", "swift", null), ("ConanCenter", "conan", null), ("Bitnami", "bitnami", null), ("Julia", "julia", null),
        ("Debian", "deb", "debian"), ("Ubuntu", "deb", "ubuntu"), ("Echo", "deb", "echo"),
        ("Alpine", "apk", "alpine"), (
            "Wolfi", "apk", "wolfi"), ("Chainguard", "apk", "chainguard"), ("MinimOS", "apk", "minimos"), ("Alpaquita", "apk", "alpaquita"),
        ("Red Hat", "rpm", "redhat"), ("Red Hat", "rpm", "rhel"), ("Rocky Linux", "rpm", "rocky-linux"), ("Rocky Linux", "rpm", "rocky"),
        ("AlmaLinux", "rpm", "almalinux"), ("AlmaLinux", "rpm", "alma"), ("Azure Linux", "rpm", "azurelinux"), ("Mageia", "rpm", "mageia"),
        ("openEuler", "rpm", "openeuler"), ("Photon OS", "rpm", "photon"), ("SUSE", "rpm", "suse"), ("SUSE", "rpm", "sles"),
        ("openSUSE", "rpm", "opensuse"), ("openSUSE", "rpm", "opensuse-leap"), ("openSUSE", "rpm", "opensuse-tumbleweed"),
    ];

    /// <summary>
    /// OSV's ecosystem and package name of a purl; null where OSV has no such ecosystem. Of a distribution's package the
    /// ecosystem has its release (<c>Debian:12</c>) and the name is the source's, where the purl tells them.
    /// </summary>
    public static (string Ecosystem, string Name)? Of(PackageUrl purl)
    {
        foreach (var (ecosystem, type, space) in Known)
        {
            if (type != purl.Type || (space is not null && space != purl.Namespace))
            {
                continue;
            }
            if (space is null)
            {
                return (ecosystem, NormalizeName(ecosystem, Join(purl)));
            }
            var release = purl.Origin?.Distribution is { } distro ? EcosystemReleases.Of(ecosystem, distro) : null;
            return (release is null ? ecosystem : $"{ecosystem}:{release}", DistributionPackages.AdvisoryName(ecosystem, purl));
        }

        return null;
    }

    /// <summary>The purl, without version, of an ecosystem's package; null where purl has no such type.</summary>
    public static PackageUrl? ToPurl(string ecosystem, string name)
    {
        var known = Array.Find(Known, candidate => AreSame(candidate.Ecosystem, ecosystem));
        if (known.Type is null || string.IsNullOrWhiteSpace(name))
        {
            return null;
        }
        name = known.Type == "swift" ? NormalizeName("SwiftURL", name) : name;
        var split = known.Namespace is not null ? -1 : name.LastIndexOf(known.Type == "maven" ? ':' : '/');
        return PackageUrl.Create(known.Type, known.Namespace ?? (split > 0 ? name[..split] : null), name[(split + 1)..], null);
    }

    /// <summary>Whether two names are of one ecosystem; a release after a colon counts only where both have it.</summary>
    public static bool AreSame(string left, string right)
    {
        var (leftBase, leftRelease) = Split(left);
        var (rightBase, rightRelease) = Split(right);
        return leftBase.Equals(rightBase, StringComparison.OrdinalIgnoreCase) &&
            EcosystemReleases.AreSame(leftBase, leftRelease, rightRelease);
    }

    /// <summary>The ecosystem without what follows a colon.</summary>
    public static string BaseOf(string ecosystem) => Split(ecosystem).Base;

    /// <summary>The name under which an ecosystem's registry holds a package, however it was written.</summary>
    public static string NormalizeName(string ecosystem, string name) => Split(ecosystem).Base.ToLowerInvariant() switch
    {
        "packagist" or "nuget" or "npm" or "hex" or "pub" or "go" => name.ToLowerInvariant(),
        "crates.io" => name.ToLowerInvariant().Replace('_', '-'),
        "swifturl" => NormalizeRepository(name),
        "pypi" => NormalizePythonName(name),
        _ => name,
    };

    /// <summary>PEP 503: case does not count, and runs of hyphen, underscore and dot are one hyphen.</summary>
    private static string NormalizePythonName(string name) => string.Join(
        '-', name.ToLowerInvariant().Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>SwiftURL names repositories, with or without their scheme.</summary>
    private static string NormalizeRepository(string url)
    {
        var name = url.ToLowerInvariant();
        name = name[(name.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0)..].TrimEnd('/');
        return name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
    }

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
