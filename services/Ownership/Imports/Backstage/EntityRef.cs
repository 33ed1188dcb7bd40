using Governance.Ownership.Imports.Records;
namespace Governance.Ownership.Imports.Backstage;

/// <summary>A reference to an entity, `[kind:][namespace/]name`.</summary>
/// <param name="Kind">As written, or the default.</param>
/// <param name="Namespace">As written, or the default.</param>
/// <param name="Name">As written.</param>
internal sealed record EntityRef(string Kind, string Namespace, string Name)
{
    /// <param name="text">The reference.</param>
    /// <param name="defaultKind">What a reference without a kind means; null when it must have one.</param>
    /// <param name="defaultNamespace">What a reference without a namespace means.</param>
    /// <exception cref="FormatException">It is no reference.</exception>
    public static EntityRef Parse(string text, string? defaultKind = null, string defaultNamespace = "default")
    {
        if (text.Length == 0) throw new FormatException("Entity reference must not be empty");
        var (colon, slash) = (text.IndexOf(':', StringComparison.Ordinal), text.IndexOf('/', StringComparison.Ordinal));
        if (slash >= 0 && slash < colon) colon = -1;
        var kind = colon < 0 ? null : text[..colon];
        var space = slash < 0 ? null : text[(colon + 1)..slash];
        var name = text[Math.Max(colon + 1, slash + 1)..];
        if (kind is "" || space is "" || name.Length == 0)
        {
            throw new FormatException($"Entity reference \"{CatalogWords.Short(text)}\" was not on the form [<kind>:][<namespace>/]<name>");
        }
        return new EntityRef(kind ?? defaultKind ?? throw WithoutKind(text), space ?? defaultNamespace, name);
    }

    /// <summary>In full and in lower case, which is how references compare.</summary>
    public override string ToString() => $"{Kind}:{Namespace}/{Name}".ToLowerInvariant();

    private static FormatException WithoutKind(string text) =>
        new($"Entity reference \"{CatalogWords.Short(text)}\" had missing or empty kind (e.g. did not start with \"component:\" or "
            + "similar)");
}
