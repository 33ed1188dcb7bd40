using System.Globalization;
using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Documents;
using NodaTime;

namespace Governance.Patching.Advisories.Epss;

/// <summary>Reads an answer of FIRST's API, <c>{"data":[{"cve":…,"epss":"0.00043","percentile":"0.08","date":"2025-03-14"}]}</c>.</summary>
internal static class EpssJson
{
    private const string Records = "data";

    public static async IAsyncEnumerable<PlacedScore> ReadAsync(Stream document, [EnumeratorCancellation] CancellationToken cancel)
    {
        var envelope = new RecordEnvelope(document, Records);
        await foreach (var raw in envelope.ReadAsync(cancel)) yield return ReadRow(raw);
        if (!envelope.HasArray) throw new InvalidDataException($"The document has no array '{Records}'.");
    }

    private static PlacedScore ReadRow(RawRecord raw)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{Records}[{raw.Index}]");
        var faults = new List<FieldFault>();
        using var json = RecordStream.Parse(raw, out var fault);
        if (json is null) return PlacedScore.Of(place, "", null!, [new FieldFault("", fault!)]);
        var row = JsonFields.Of(json.RootElement, "", faults);
        var id = EpssReader.Cve(row.RequiredText("cve"), faults);
        var probability = EpssReader.Share(row.LenientText("epss"), "epss", faults);
        var percentile = EpssReader.Share(row.LenientText("percentile"), "percentile", faults);
        var day = row.RequiredDay("date") is { } date ? LocalDate.FromDateOnly(date) : default;
        return PlacedScore.Of(place, id, new EpssScore(id, probability, percentile, day, ""), faults);
    }
}
