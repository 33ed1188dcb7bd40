using System.Runtime.CompilerServices;
using System.Text.Json;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Osv;

/// <summary>Reads OSV documents (https://ossf.github.io/osv-schema/): one, a JSON array of them, or one a line.</summary>
internal static class OsvReader
{
    /// <summary>Every record in the feed's order, each an advisory or the reasons why it was refused.</summary>
    public static async IAsyncEnumerable<OsvResult> ReadAsync(Stream feed, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var raw in RecordStream.SplitAsync(feed, cancel))
        {
            yield return Read(raw);
        }
    }

    /// <summary>Reads one document.</summary>
    public static OsvResult Read(RawRecord raw)
    {
        using var json = RecordStream.Parse(raw, out var fault);
        if (json is null)
        {
            return Refuse(raw, null, [new FieldFault("", fault!)]);
        }
        var faults = new List<FieldFault>();
        var advisory = OsvDocument.Read(json.RootElement, faults);
        return faults.Count == 0 ? new OsvResult(advisory, null) : Refuse(raw, IdOf(json.RootElement), faults);
    }

    private static OsvResult Refuse(RawRecord raw, string? id, IReadOnlyList<FieldFault> faults) =>
        new(null, new RejectedRecord(raw.Position, id, faults));

    private static string? IdOf(JsonElement root) =>
        root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}

/// <summary>One record of a feed: exactly one of <paramref name="Advisory"/> and <paramref name="Rejected"/>.</summary>
/// <param name="Advisory">What it says.</param>
/// <param name="Rejected">Why it was refused.</param>
internal sealed record OsvResult(AdvisoryRecord? Advisory, RejectedRecord? Rejected);
