using System.Runtime.CompilerServices;
using System.Text.Json;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Advisories.Csaf.Rules;
using Governance.Patching.Advisories.Csaf.Schema;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>Reads CSAF 2.0 documents: one, a JSON array of them, or one a line. A document is taken whole or refused whole.</summary>
internal static class CsafReader
{
    private const int MostFaults = 50;
    private const int LongestId = 200;

    /// <summary>Every document in the body's order, or the reasons why it was refused.</summary>
    public static async IAsyncEnumerable<CsafResult> ReadAsync(Stream feed, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var raw in RecordStream.SplitAsync(feed, cancel))
        {
            yield return Read(raw);
        }
    }

    /// <summary>Reads one document.</summary>
    public static CsafResult Read(RawRecord raw)
    {
        using var json = RecordStream.Parse(raw, out var fault);
        if (json is null) return Refuse(raw, null, [new FieldFault("", fault!)]);
        var document = CsafNode.Root(json.RootElement);
        var faults = CsafSchema.Check(document);
        if (faults.Count > 0) return Refuse(raw, IdOf(document), faults);
        var tree = new CsafTree(document);
        faults = CsafRules.Check(document, tree);
        return faults.Count > 0 ? Refuse(raw, IdOf(document), faults) : new CsafResult(CsafDocument.Of(document, tree), null);
    }

    private static CsafResult Refuse(RawRecord raw, string? id, List<FieldFault> faults)
    {
        if (faults.Count > MostFaults)
        {
            faults = [.. faults.Take(MostFaults), new FieldFault("", $"There are {faults.Count - MostFaults} more faults.")];
        }
        return new CsafResult(null, new RejectedRecord(raw.Position, id, faults));
    }

    private static string? IdOf(CsafNode document) =>
        document.Field("document")?.Field("tracking")?.Field("id") is { Value.ValueKind: JsonValueKind.String } id ? Cut(id.Text()) : null;

    private static string Cut(string id) => id.Length <= LongestId ? id : id[..LongestId];
}

/// <summary>One document of a body: exactly one of <paramref name="Document"/> and <paramref name="Rejected"/>.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Rejected">Why it was refused.</param>
internal sealed record CsafResult(CsafDocument? Document, RejectedRecord? Rejected);
