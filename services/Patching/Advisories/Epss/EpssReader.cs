using System.Globalization;
using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Epss;

/// <summary>Reads scores: FIRST's daily CSV, or an answer of its API. A CVE that a document has twice is taken once.</summary>
internal static class EpssReader
{
    private const int LooksAt = 64;

    /// <summary>Every row in the document's order.</summary>
    /// <exception cref="InvalidDataException">It is neither of the two.</exception>
    public static async IAsyncEnumerable<EpssResult> ReadAsync(Stream document, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var head = new byte[LooksAt];
        var length = await document.ReadAtLeastAsync(head, LooksAt, throwOnEndOfStream: false, cancel);
        var whole = new PeekedStream(head.AsMemory(0, length), document);
        var first = head.AsSpan(0, length).TrimStart("\uFEFF \t\r\n"u8);
        var isJson = !first.IsEmpty && first[0] == (byte)'{';
        var seen = new HashSet<UInt128>();
        await foreach (var result in isJson ? EpssJson.ReadAsync(whole, cancel) : EpssCsv.ReadAsync(whole, cancel))
        {
            yield return result is not { Score: { } score, Place: var place } ? new EpssResult(null, result.Rejected)
                : seen.Add(CveId.NumberOf(score.CveId)) ? new EpssResult(score, null)
                : new EpssResult(
                    null,
                    new RejectedRecord(place, score.CveId, [new FieldFault("cve", $"{score.CveId} is listed twice; the first is taken.")]));
        }
    }

    /// <summary>A CVE id in upper case; empty after noting that it is none.</summary>
    internal static string Cve(string text, List<FieldFault> faults)
    {
        var id = text.Trim().ToUpperInvariant();
        if (CveId.Is(id)) return id;
        faults.Add(new FieldFault("cve", $"'{text[..Math.Min(60, text.Length)]}' is no CVE id."));
        return "";
    }

    /// <summary>A number from 0 to 1.</summary>
    internal static decimal Share(string? text, string field, List<FieldFault> faults)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1)
        {
            return Math.Round(share, 9);
        }
        faults.Add(new FieldFault(field, $"'{text?[..Math.Min(60, text.Length)]}' is no number from 0 to 1."));
        return 0;
    }
}

/// <summary>A row and where it stands.</summary>
internal readonly record struct PlacedScore(string Place, EpssScore? Score, RejectedRecord? Rejected)
{
    public static PlacedScore Of(string place, string id, EpssScore score, List<FieldFault> faults) =>
        faults.Count == 0 ? new(place, score, null) : new(place, null, new RejectedRecord(place, id.Length == 0 ? null : id, faults));
}
