using System.Globalization;
using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Documents;
using NodaTime;

namespace Governance.Patching.Advisories.Epss;

/// <summary>
/// Reads the daily file: <c>#model_version:v2025.03.14,score_date:2025-03-17T12:55:00Z</c>, a heading
/// <c>cve,epss,percentile</c>, and a row for each CVE.
/// </summary>
internal static class EpssCsv
{
    private const int LongestLine = 4096;
    private const string Heading = "cve,epss,percentile";

    /// <summary>The date has had an offset without a colon, and later a Z.</summary>
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd",
    ];

    public static async IAsyncEnumerable<PlacedScore> ReadAsync(Stream document, [EnumeratorCancellation] CancellationToken cancel)
    {
        (LocalDate Day, string Model)? issue = null;
        var hasHeading = false;
        await foreach (var line in LineStream.ReadAsync(document, LongestLine, cancel))
        {
            if (line.Text is { } text && string.IsNullOrWhiteSpace(text)) continue;
            if (issue is null) issue = ReadIssue(line.Text ?? "");
            else if (!hasHeading) hasHeading = IsHeading(line.Text ?? "", line.Number);
            else yield return ReadRow(line, issue.Value);
        }

        if (!hasHeading) throw new InvalidDataException(issue is null ? "The document is empty." : $"The heading {Heading} is missing.");
    }

    private static (LocalDate Day, string Model) ReadIssue(string text)
    {
        if (!text.StartsWith('#'))
        {
            throw new InvalidDataException(
            "Line 1 must be FIRST's comment, #model_version:…,score_date:…: without it the scores have no day.");
        }

        var fields = text[1..].Split(',').Select(field => field.Split(':', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var date = fields["score_date"].FirstOrDefault() ?? throw new InvalidDataException("Line 1 names no score_date.");
        if (!DateTimeOffset.TryParseExact(date, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw new InvalidDataException($"Line 1: score_date '{date[..Math.Min(60, date.Length)]}' is no date.");
        }
        var model = fields["model_version"].FirstOrDefault() ?? "";
        return (LocalDate.FromDateTime(time.UtcDateTime), model[..Math.Min(EpssRow.LongestModelVersion, model.Length)]);
    }

    private static bool IsHeading(
        string text,
        long number) => string.Equals(text.Replace(" ", "", StringComparison.Ordinal), Heading, StringComparison.OrdinalIgnoreCase)
        ? true
        : throw new InvalidDataException($"Line {number} must be the heading {Heading}.");

    private static PlacedScore ReadRow(TextLine line, (LocalDate Day, string Model) issue)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"line {line.Number}");
        var faults = new List<FieldFault>();
        var cells = line.Text?.Split(',') ?? [];
        if (line.Text is null) faults.Add(new FieldFault("", $"Longer than {LongestLine} bytes, or not UTF-8."));
        else if (cells.Length != 3) faults.Add(new FieldFault("", $"Has {cells.Length} cells; {Heading} are three."));
        if (faults.Count > 0) return PlacedScore.Of(place, "", null!, faults);
        var id = EpssReader.Cve(cells[0], faults);
        var (probability, percentile) = (EpssReader.Share(cells[1], "epss", faults), EpssReader.Share(cells[2], "percentile", faults));
        return PlacedScore.Of(place, id, new EpssScore(id, probability, percentile, issue.Day, issue.Model), faults);
    }
}
