using System.Runtime.CompilerServices;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>Reads a stream of `catalog-info.yaml` documents one by one; each that is broken is refused by itself.</summary>
internal static class BackstageReader
{
    public static async IAsyncEnumerable<CatalogRecord> ReadAsync(Stream document, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var text in YamlDocuments.SplitAsync(document, cancel))
        {
            foreach (var record in Read(text)) yield return record;
        }
    }

    private static IEnumerable<CatalogRecord> Read(YamlText text)
    {
        if (text.Fault is not null) return [new RefusedRecord(text.Position(1), "", text.Fault)];
        try
        {
            return YamlComposer.Read(text.Text!) switch
            {
                null => [],
                YamlMap entity => ReadEntity(entity, text.Position(entity.Line)),
                var other => [new RefusedRecord(text.Position(other.Line), "", $"the document is no mapping but {other.Type}")],
            };
        }
        catch (YamlFault fault)
        {
            return [new RefusedRecord(text.Position(Math.Clamp(fault.Line, 1, text.Text!.AsSpan().Count('\n'))), "", $"no YAML: {fault.Message}")];
        }
    }

    private static IEnumerable<CatalogRecord> ReadEntity(YamlMap entity, string position)
    {
        var faults = new CatalogFaults();
        EntityEnvelope.Check(entity, faults);
        var kind = entity.Text("kind") ?? "";
        if (EntityKinds.IsKnown(kind)) EntityKinds.Check(entity, kind, faults);
        var subject = SubjectOf(entity, kind);
        if (faults.Any) return [new RefusedRecord(position, subject, faults.ToString())];
        return EntityKinds.IsKnown(kind)
            ? new EntityReader(entity, kind, position, subject).Read()
            : [new NotedRecord(position, subject, $"The kind '{CatalogWords.Short(kind)}' is not known and not kept.")];
    }

    private static string SubjectOf(YamlMap entity, string kind)
    {
        var metadata = entity.Map("metadata");
        var (space, name) = (metadata?.Text("namespace"), metadata?.Text("name"));
        return CatalogWords.Short($"{kind} {(space is null or "default" ? "" : $"{space}/")}{name}".Trim());
    }
}
