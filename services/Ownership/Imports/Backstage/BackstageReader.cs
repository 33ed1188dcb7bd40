using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Governance.Ownership.Imports.Records;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>Reads a stream of `catalog-info.yaml` documents one by one; each that is broken is refused by itself.</summary>
internal static partial class BackstageReader
{
    public static async IAsyncEnumerable<CatalogRecord> ReadAsync(
        Stream document, [EnumeratorCancellation] CancellationToken cancel = default)
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
            return [new RefusedRecord(text.Position(Math.Clamp(
                fault.Line, 1, text.Text!.AsSpan().Count('\n'))), "", $"no YAML: {fault.Message}") { Speaks = Guess(text.Text!) }];
        }
    }

    private static IEnumerable<CatalogRecord> ReadEntity(YamlMap entity, string position)
    {
        var faults = new CatalogFaults();
        EntityEnvelope.Check(entity, faults);
        var kind = entity.Text("kind") ?? "";
        if (EntityKinds.IsKnown(kind)) EntityKinds.Check(entity, kind, faults);
        var subject = SubjectOf(entity, kind);
        if (faults.Any) return [new RefusedRecord(position, subject, faults.ToString()) { Speaks = SpeaksOf(entity) }];
        return EntityKinds.IsKnown(kind)
            ? new EntityReader(entity, kind, position, subject).Read()
            : [new NotedRecord(position, subject, $"The kind '{CatalogWords.Short(kind)}' is not known and not kept.")];
    }

    private static string[] SpeaksOf(YamlMap entity)
    {
        var metadata = entity.Map("metadata");
        return metadata?.Text("name") is { Length: > 0 } name ? [CatalogIds.Of(metadata.Text("namespace") ?? "default", name)] : [];
    }

    /// <summary>The names in a text that is no YAML.</summary>
    private static string[] Guess(string text)
    {
        var space = NamespaceLine().Match(text) is { Success: true } found ? found.Groups[1].Value : "default";
        return [.. NameLine().Matches(text).Select(match => CatalogIds.Of(space, match.Groups[1].Value)).Distinct()];
    }

    [GeneratedRegex("""\bname\s*["']?\s*:\s*["']?([A-Za-z0-9][A-Za-z0-9._-]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex NameLine();

    [GeneratedRegex("""\bnamespace\s*["']?\s*:\s*["']?([A-Za-z0-9-]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex NamespaceLine();

    private static string SubjectOf(YamlMap entity, string kind)
    {
        var metadata = entity.Map("metadata");
        var (space, name) = (metadata?.Text("namespace"), metadata?.Text("name"));
        return CatalogWords.Short($"{kind} {(space is null or "default" ? "" : $"{space}/")}{name}".Trim());
    }
}
