using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>Fields of PagerDuty's JSON; a missing one and null are alike.</summary>
internal static class PagerDutyJson
{
    public static JsonElement? Object(JsonElement owner, string field) => Of(owner, field, JsonValueKind.Object);

    public static JsonElement? Array(JsonElement owner, string field) => Of(owner, field, JsonValueKind.Array);

    public static string Text(JsonElement owner, string field) => Of(owner, field, JsonValueKind.String)?.GetString()?.Trim() ?? "";

    /// <returns>0 when missing.</returns>
    public static long Number(JsonElement owner, string field) =>
        Of(owner, field, JsonValueKind.Number) is { } number && number.TryGetInt64(out var value) ? value : 0;

    public static Instant? Instant(JsonElement owner, string field)
    {
        var text = Text(owner, field);
        if (text.Length == 0) return null;
        var parsed = OffsetDateTimePattern.ExtendedIso.Parse(text);
        return parsed.Success
            ? parsed.Value.ToInstant()
            : throw new FormatException($"{field} '{text}' is no instant with an offset as 2026-03-02T09:00:00+01:00.");
    }

    public static LocalTime Time(JsonElement owner, string field)
    {
        var text = Text(owner, field);
        var parsed = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss").Parse(text.Length == 5 ? $"{text}:00" : text);
        return parsed.Success ? parsed.Value : throw new FormatException($"{field} '{text}' is no time of day as 09:00:00.");
    }

    private static JsonElement? Of(JsonElement owner, string field, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(field, out var value) && value.ValueKind == kind ? value : null;
}
