using System.Text.Json;
using System.Text.Json.Serialization;

namespace Governance.BuildingBlocks.Calendars;

/// <summary>The calendars that ship with the suite, written as REST shows them.</summary>
public static class PresetCalendars
{
    /// <summary>Their ids.</summary>
    public static readonly IReadOnlyList<string> Ids = ["weekdays", "target2", "us-federal"];

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<DayOfWeek>() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <param name="id">One of <see cref="Ids"/>.</param>
    public static BusinessCalendar Load(string id)
    {
        var type = typeof(PresetCalendars);
        using var file = type.Assembly.GetManifestResourceStream($"{type.Namespace}.Presets.{id}.json")
            ?? throw new FileNotFoundException($"No calendar '{id}' ships with the suite.");
        var shipped = JsonSerializer.Deserialize<Shipped>(file, Format)!;
        return new BusinessCalendar(
            shipped.DisplayName,
            shipped.Source,
            shipped.TimeZone,
            shipped.WorkingDays,
            [.. shipped.Holidays.Select(one => one.ToHoliday())]);
    }

    private sealed record Shipped(
        string DisplayName, string Source, string TimeZone, IReadOnlyList<DayOfWeek> WorkingDays, IReadOnlyList<ShippedHoliday> Holidays);

    private sealed record ShippedHoliday(string Name, string Date = "", string Yearly = "")
    {
        public Holiday ToHoliday() =>
            HolidayFields.Parse(Date, Yearly, Name) ?? throw new JsonException($"'{Date}{Yearly}' of {Name} is no day.");
    }
}
