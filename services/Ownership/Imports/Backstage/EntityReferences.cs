using Governance.Ownership.Imports.Records;
namespace Governance.Ownership.Imports.Backstage;

/// <summary>Reads the references in an entity's `spec`; what has no namespace is meant in the entity's own, as in Backstage.</summary>
internal sealed class EntityReferences(YamlMap? spec, string @namespace, string position, string subject, CatalogFaults faults)
{
    /// <summary>A name in the collection, or empty.</summary>
    public string One(string field, string kind, string collection) =>
        spec?.Text(field) is { Length: > 0 } text && Parse(text, kind, $"spec.{field}") is { } reference
            ? NameOf(reference, kind, collection, $"spec.{field}")
            : "";

    /// <summary>Names in the collection, each once.</summary>
    public IReadOnlyList<string> Many(string field, string kind, string collection) =>
        [.. Parsed(field, kind)
            .Select(read => NameOf(read.Reference, kind, collection, read.Place))
            .Where(name => name.Length > 0)
            .Distinct()];

    /// <summary>Components and resources, each once; references to anything else are noted and left out.</summary>
    public IReadOnlyList<string> Components(string field, List<CatalogRecord> notes)
    {
        var names = new List<string>();
        foreach (var (reference, place) in Parsed(field, "Component"))
        {
            var isComponent = reference.Kind.ToLowerInvariant() is "component" or "resource";
            if (isComponent)
            {
                names.Add(NameOf(reference, reference.Kind, "components", place));
            }
            else
            {
                notes.Add(new NotedRecord(
                position, subject, $"{place}: '{reference}' is neither a component nor a resource; the relation is not kept."));
            }
        }

        return [.. names.Where(name => name.Length > 0).Distinct()];
    }

    /// <summary>The party that a group or user is.</summary>
    public string Owner(string field) => spec?.Text(field) is { Length: > 0 } text ? Owner(text, $"spec.{field}") : "";

    /// <summary>The party that a group is, or a person: `user:jane` is `parties/user.jane`.</summary>
    public string Owner(string text, string place)
    {
        if (Parse(text, "Group", place) is not { } reference) return "";
        var isPerson = reference.Kind.Equals("user", StringComparison.OrdinalIgnoreCase);
        var name = NameOf(reference, isPerson ? "User" : "Group", "parties", place);
        return isPerson && name.Length > 0 ? $"parties/{CatalogIds.OfPerson(reference.Namespace, reference.Name)}" : name;
    }

    /// <summary>An area's id.</summary>
    public string Area(string text, string place)
    {
        var id = text.ToLowerInvariant();
        if (!CatalogIds.IsName(id) || id.Length > 63) faults.Add(place, $"'{CatalogWords.Short(text)}' is no area");
        return id;
    }

    private IEnumerable<(EntityRef Reference, string Place)> Parsed(string field, string kind)
    {
        if (spec?[field] is not YamlList { Items: var items }) yield break;
        for (var i = 0; i < items.Count; i++)
        {
            var place = $"spec.{field}[{i}]";
            if (items[i] is YamlScalar text && Parse(text.Value, kind, place) is { } reference) yield return (reference, place);
        }
    }

    private EntityRef? Parse(string text, string kind, string place)
    {
        try
        {
            return EntityRef.Parse(text.Trim(), kind, @namespace);
        }
        catch (FormatException fault)
        {
            faults.Add(place, fault.Message);
            return null;
        }
    }

    private string NameOf(EntityRef reference, string kind, string collection, string place)
    {
        if (!reference.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(place, $"'{CatalogWords.Short(reference.ToString())}' is no {kind}");
        }
        else if (!EntityFormats.IsName(reference.Name) || !EntityFormats.IsNamespace(reference.Namespace.ToLowerInvariant()))
        {
            faults.Add(place, $"'{CatalogWords.Short(reference.ToString())}' is no entity's name");
        }
        else
        {
            return $"{collection}/{CatalogIds.Of(reference.Namespace, reference.Name)}";
        }
        return "";
    }
}
