using Governance.Ownership.Imports.Records;
namespace Governance.Ownership.Imports.Backstage;

/// <summary>What holds for entities of every kind: the envelope and the metadata.</summary>
internal static class EntityEnvelope
{
    private static readonly HashSet<string> RootKeys = ["apiVersion", "kind", "metadata", "spec", "relations", "status"];

    private static readonly Field[] Root =
        [new("apiVersion", IsRequired: true), new("kind", IsRequired: true), new(
            "metadata", FieldType.Map, true), new("spec", FieldType.Map), new("relations", FieldType.List), new("status", FieldType.Map)];

    private static readonly Field[] Metadata =
    [
        new("name", IsRequired: true), new("namespace"), new("uid"), new("etag"), new("title"), new("description", FieldType.AnyText),
        new("labels", FieldType.Map), new("annotations", FieldType.Map), new("tags", FieldType.Texts), new("links", FieldType.List),
    ];

    private static readonly Field[] Link = [new("url", IsRequired: true), new("title"), new("icon"), new("type")];

    private static readonly Field[] Relation = [new("type", IsRequired: true), new("targetRef", IsRequired: true)];

    public static void Check(YamlMap entity, CatalogFaults faults)
    {
        foreach (var (key, _) in entity.Pairs.Where(pair => !RootKeys.Contains(pair.Key)))
        {
            faults.Add(CatalogWords.Short(key), "is no field of an entity");
        }
        EntityFields.Check(entity, "", Root, faults);
        Format(entity["apiVersion"], "apiVersion", EntityFormats.IsApiVersion, "is no API version such as backstage.io/v1alpha1", faults);
        Format(entity["kind"], "kind", EntityFormats.IsKind, "is no kind: 1 to 63 letters and digits, beginning with a letter", faults);
        CheckItems(entity["relations"], "relations", Relation, faults);
        if (entity.Map("metadata") is { } metadata) CheckMetadata(metadata, faults);
    }

    private static void CheckMetadata(YamlMap metadata, CatalogFaults faults)
    {
        EntityFields.Check(metadata, "metadata.", Metadata, faults);
        Format(
            metadata["name"],
            "metadata.name",
            EntityFormats.IsName,
            "is no name: 1 to 63 letters and digits, with '-', '_' and '.' between them",
            faults);
        Format(
            metadata["namespace"],
            "metadata.namespace",
            EntityFormats.IsNamespace,
            "is no namespace: 1 to 63 lower-case letters and digits, with '-' between them",
            faults);
        CheckPairs(metadata.Map("labels"), "metadata.labels", faults);
        CheckPairs(metadata.Map("annotations"), "metadata.annotations", faults);
        CheckItems(metadata["links"], "metadata.links", Link, faults);
        if (metadata["tags"] is not YamlList tags) return;
        foreach (var tag in tags.Items)
        {
            Format(
                tag,
                "metadata.tags",
                EntityFormats.IsTag,
                "is no tag: 1 to 63 of a-z, 0-9, '+', '#' and ':', with '-' between them",
                faults);
        }
    }

    /// <summary>Values of labels are any text: Backstage's own examples have blanks in them.</summary>
    private static void CheckPairs(YamlMap? pairs, string place, CatalogFaults faults)
    {
        foreach (var (key, value) in pairs?.Pairs ?? [])
        {
            var at = $"{place}.{CatalogWords.Short(key)}";
            if (!EntityFormats.IsKey(key)) faults.Add(at, "is no key: a name, perhaps after a DNS name and '/'");
            if (EntityFacts.IsFact(key) && value is YamlScalar { Type: not CoreSchema.Null }) continue;
            EntityFields.Check(value, at, FieldType.AnyText, faults);
        }
    }

    private static void CheckItems(YamlNode? list, string place, Field[] fields, CatalogFaults faults)
    {
        if (list is not YamlList { Items: var items }) return;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is YamlMap item) EntityFields.Check(item, $"{place}[{i}].", fields, faults);
            else EntityFields.Check(items[i], $"{place}[{i}]", FieldType.Map, faults);
        }
    }

    private static void Format(YamlNode? value, string place, Func<string, bool> isRight, string fault, CatalogFaults faults)
    {
        if (value is YamlScalar { IsString: true, Value.Length: > 0 } text && !isRight(text.Value))
        {
            faults.Add(place, $"'{CatalogWords.Short(text.Value)}' {fault}");
        }
    }
}
