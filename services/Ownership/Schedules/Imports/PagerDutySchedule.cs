using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>
/// Reads what PagerDuty's REST API answers for one schedule (`GET /schedules/{id}`). It lists layers from the one that wins down,
/// unless all have PagerDuty's own names `Layer 1`, `Layer 2` …, of which the highest number wins however they are listed.
/// </summary>
internal static partial class PagerDutySchedule
{
    /// <param name="json">The document: the schedule, alone or as `schedule`, and `overrides` in or beside it.</param>
    /// <param name="from">What ended by then is left out.</param>
    /// <exception cref="FormatException">It is no such document, or its zone is unknown.</exception>
    public static ImportedSchedule Read(string json, Instant from)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        var schedule = PagerDutyJson.Object(root, "schedule") ?? root;
        if (PagerDutyJson.Array(schedule, "schedule_layers") is not { } layers)
        {
            throw new FormatException("Has no schedule.schedule_layers: it is no PagerDuty schedule.");
        }
        var zone = Zone(PagerDutyJson.Text(schedule, "time_zone"));
        var (people, rejected) = (new PagerDutyPeople(), new List<ImportReject>());
        var rotations = Rotations([.. layers.EnumerateArray()], zone, from, people, rejected);
        var overrides = new[] { (schedule, "overrides"), (root, "overrides") }
            .SelectMany(place => Entries(place.Item1, place.Item2))
            .Concat(PagerDutyJson.Object(schedule, "overrides_subschedule") is { } rendered
                ? Entries(rendered, "rendered_schedule_entries")
                : [])
            .Select((entry, i) => Override(entry, i + 1, people, rejected))
            .OfType<DutyOverride>().Where(one => one.Until > from).Distinct().OrderBy(one => one.From).ToList();
        return new ImportedSchedule(new ScheduleTerms(zone, rotations, [], overrides), people.All, rejected);
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException broken)
        {
            throw new FormatException($"Is no JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.", broken);
        }
    }

    private static DateTimeZone Zone(string name) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
            ?? throw new FormatException($"schedule.time_zone '{name}' is no zone of the IANA database.");

    private static List<Rotation> Rotations(
        List<JsonElement> layers, DateTimeZone zone, Instant from, PagerDutyPeople people, List<ImportReject> rejected)
    {
        var read = new List<(string Name, Rotation Rotation)>();
        for (var i = 0; i < layers.Count; i++)
        {
            try
            {
                var rotation = PagerDutyLayer.Read(layers[i], $"layer-{layers.Count - i}", zone, people);
                if (rotation.Until is not { } until || until > from) read.Add((PagerDutyJson.Text(layers[i], "name"), rotation));
            }
            catch (FormatException fault)
            {
                rejected.Add(new ImportReject(i + 1, PagerDutyJson.Text(layers[i], "name"), fault.Message));
            }
        }

        read.Reverse();
        return read.TrueForAll(one => Numbered().IsMatch(one.Name))
            ? [.. read.OrderBy(one => NumberOf(one.Name)).Select(one => one.Rotation with { Id = $"layer-{NumberOf(one.Name)}" })]
            : read.ConvertAll(one => one.Rotation);
    }

    private static int NumberOf(string name) => int.Parse(Numbered().Match(name).Groups[1].Value, CultureInfo.InvariantCulture);

    private static IEnumerable<JsonElement> Entries(JsonElement owner, string field) =>
        PagerDutyJson.Array(owner, field) is { } entries ? entries.EnumerateArray() : [];

    private static DutyOverride? Override(JsonElement entry, int position, PagerDutyPeople people, List<ImportReject> rejected)
    {
        try
        {
            var (start, end) = (PagerDutyJson.Instant(entry, "start"), PagerDutyJson.Instant(entry, "end"));
            if (start is null || end is null || start >= end) throw new FormatException("An override needs a start and a later end.");
            return new DutyOverride(PagerDutyJson.Object(entry, "user") is { } user ? people.Add(user) : "", start.Value, end.Value, "");
        }
        catch (FormatException fault)
        {
            rejected.Add(new ImportReject(position, "override", fault.Message));
            return null;
        }
    }

    [GeneratedRegex(@"^Layer (\d{1,4})$")]
    private static partial Regex Numbered();
}
