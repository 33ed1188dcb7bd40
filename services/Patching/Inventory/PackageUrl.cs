using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Governance.Patching.Inventory;

/// <summary>A package URL in its canonical parts (https://github.com/package-url/purl-spec).</summary>
internal sealed record PackageUrl
{
    private PackageUrl(string type, string? space, string name, string? version, string qualifiers, string? subpath, PurlOrigin? origin) =>
        (Type, Namespace, Name, Version, Qualifiers, Subpath, Origin) = (type, space, name, version, qualifiers, subpath, origin);

    /// <summary>Lower case.</summary>
    public string Type { get; }

    /// <summary>Segments joined by slashes, decoded; null where there is none.</summary>
    public string? Namespace { get; }

    /// <summary>Decoded.</summary>
    public string Name { get; }

    /// <summary>Decoded; null where there is none.</summary>
    public string? Version { get; }

    /// <summary>Canonical: sorted by key, encoded, joined by ampersands; empty where there are none.</summary>
    public string Qualifiers { get; }

    /// <summary>Segments joined by slashes, decoded; null where there is none.</summary>
    public string? Subpath { get; }

    /// <summary>
    /// What the qualifiers tell of a distribution's package; <see cref="Package"/> keeps it. Null where there is nothing.
    /// </summary>
    public PurlOrigin? Origin { get; }

    /// <summary>The package without version, qualifiers and subpath: what advisories are about.</summary>
    public PackageUrl Package => Version is null && Qualifiers.Length == 0 && Subpath is null
        ? this
        : new PackageUrl(Type, Namespace, Name, null, "", null, Origin);

    /// <summary>Makes one from decoded parts, normalising them as the type demands.</summary>
    public static PackageUrl Create(string type, string? space, string name, string? version)
    {
        type = type.ToLowerInvariant();
        return new PackageUrl(
            type, PurlTypes.NormalizeNamespace(type, string.IsNullOrEmpty(space) ? null : space), PurlTypes.NormalizeName(type, name),
            string.IsNullOrEmpty(version) ? null : PurlTypes.NormalizeVersion(type, version), "", null, null);
    }

    /// <summary>Reads any spelling; on false, <paramref name="fault"/> says what is wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PackageUrl? purl, [NotNullWhen(false)] out string? fault)
    {
        var parts = new PurlParser(text ?? "");
        fault = parts.Parse();
        purl = fault is not null
            ? null
            : new PackageUrl(
                parts.Type, PurlTypes.NormalizeNamespace(parts.Type, parts.Namespace), PurlTypes.NormalizeName(parts.Type, parts.Name),
                parts.Version is null ? null : PurlTypes.NormalizeVersion(parts.Type, parts.Version), parts.Qualifiers, parts.Subpath,
                PurlOrigin.Of(parts.Qualifiers));
        return purl is not null;
    }

    /// <summary>The canonical spelling.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("pkg:").Append(Type).Append('/');
        if (Namespace is not null)
        {
            PurlEncoding.AppendSegments(text, Namespace).Append('/');
        }
        PurlEncoding.Append(text, Name);
        if (Version is not null)
        {
            PurlEncoding.Append(text.Append('@'), Version);
        }
        if (Qualifiers.Length > 0)
        {
            text.Append('?').Append(Qualifiers);
        }
        if (Subpath is not null)
        {
            PurlEncoding.AppendSegments(text.Append('#'), Subpath);
        }
        return text.ToString();
    }
}
