using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using NodaTime;
using NodaTime.Text;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>Reads the scheduled maintenances of an Atlassian Statuspage; incidents beside them are left alone.</summary>
internal static class StatusPage
{
    private const string Field = "scheduled_maintenances";

    /// <exception cref="InvalidRequest">The document is no such JSON.</exception>
    public static IEnumerable<AnnouncedSeries> Read(ReadOnlyMemory<byte> document, ImportTally tally)
    {
        using var json = Parse(document);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty(Field, out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            throw FieldFaults.Single("document", $"Is no JSON object with a list {Field}.", "INVALID_DOCUMENT");
        }
        var found = new List<AnnouncedSeries>();
        foreach (var (record, index) in list.EnumerateArray().Select((record, index) => (record, index)))
        {
            var position = string.Create(CultureInfo.InvariantCulture, $"{Field}[{index}]");
            var faults = new List<string>();
            var read = record.ValueKind == JsonValueKind.Object ? ReadOne(record, position, faults) : null;
            if (record.ValueKind != JsonValueKind.Object) faults.Add("is no object");
            if (faults.Count > 0) tally.Reject(position, Text(record, "id"), string.Join("; ", faults));
            else if (read is not null) found.Add(new(read.Source.Uid, position, read.Source, [read], IsWhole: false));
        }

        return found;
    }

    private static Announcement ReadOne(JsonElement record, string position, List<string> faults)
    {
        var id = Text(record, "id");
        if (id.Length == 0) faults.Add("has no id, by which a later import would know it");
        if (id.Length > MaintenanceFields.LongestUid) faults.Add($"id has more than {MaintenanceFields.LongestUid} characters");
        var (start, end) = (Required(record, "scheduled_for", faults), Required(record, "scheduled_until", faults));
        if (start >= end && faults.Count == 0) faults.Add("scheduled_until is not after scheduled_for");
        if (end - start > MaintenanceFields.Longest) faults.Add("takes more than 366 days");
        var updates = Updates(record);
        return new Announcement
        {
            Position = position,
            Source = new(id, UpdateTime: Moment(record, "updated_at")
                ?? updates.Max(update => Moment(update, "updated_at") ?? Moment(update, "created_at"))),
            Title = Cut(Text(record, "name"), MaintenanceFields.LongestTitle),
            Impact = Cut(Text(record, "impact"), MaintenanceFields.LongestImpact),
            Description = Cut(Body(updates), MaintenanceFields.LongestDescription),
            Components = Components(record),
            AnnounceTime = new[] { Moment(record, "created_at"), updates.Min(update => Moment(update, "created_at")) }.Min(),
            Start = start,
            End = end,
            Ended = Ended(record, updates, end, faults),
        };
    }

    /// <summary>Null while it is to come or goes on.</summary>
    private static Instant? Ended(JsonElement record, IReadOnlyList<JsonElement> updates, Instant end, List<string> faults)
    {
        var status = Text(record, "status");
        if (status is "" or "scheduled" or "in_progress" or "verifying") return null;
        if (status == "completed")
        {
            return Moment(record, "resolved_at")
                ?? updates.Where(update => Text(update, "status") == "completed").Min(update => Moment(update, "created_at"))
                ?? Moment(record, "updated_at") ?? end;
        }

        faults.Add($"status '{Cut(status, 40)}' is none of scheduled, in_progress, verifying and completed");
        return null;
    }

    private static Instant Required(JsonElement record, string field, List<string> faults)
    {
        if (Text(record, field).Length == 0) faults.Add($"{field} is missing");
        else if (Moment(record, field) is { } moment) return moment;
        else faults.Add($"{field} '{Cut(Text(record, field), 40)}' is no time such as 2026-02-15T00:00:00Z");
        return default;
    }

    private static Instant? Moment(JsonElement record, string field) =>
        OffsetDateTimePattern.ExtendedIso.Parse(Text(record, field)) is { Success: true } read && read.Value.Year is > 0 and < 9999
            ? read.Value.ToInstant()
            : null;

    private static IReadOnlyList<JsonElement> Updates(JsonElement record) =>
        record.TryGetProperty("incident_updates", out var updates) && updates.ValueKind == JsonValueKind.Array
            ? [.. updates.EnumerateArray().Where(update => update.ValueKind == JsonValueKind.Object)]
            : [];

    /// <summary>What was said last.</summary>
    private static string Body(IReadOnlyList<JsonElement> updates) => updates
        .Where(update => Text(update, "body").Length > 0)
        .OrderByDescending(update => Moment(update, "created_at") ?? Instant.MinValue)
        .Select(update => Text(update, "body")).FirstOrDefault() ?? "";

    private static ImmutableArray<string> Components(JsonElement record) =>
        record.TryGetProperty("components", out var components) && components.ValueKind == JsonValueKind.Array
            ? [.. components.EnumerateArray()
                .Where(one => one.ValueKind == JsonValueKind.Object)
                .Select(one => Cut(Text(one, "name"), 200))
                .Where(name => name.Length > 0)
                .Distinct()
                .Take(100)]
            : [];

    private static string Text(JsonElement record, string field) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Trim()
            : "";

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    private static JsonDocument Parse(ReadOnlyMemory<byte> document)
    {
        try
        {
            return JsonDocument.Parse(document);
        }
        catch (JsonException fault)
        {
            throw FieldFaults.Single("document", $"Is no JSON: {fault.Message}", "INVALID_DOCUMENT");
        }
    }
}
