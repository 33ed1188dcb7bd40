using Governance.BuildingBlocks.ICalendar;
using NodaTime;
using NodaTime.Text;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>The zones of a calendar.</summary>
/// <param name="Names">What its TZIDs mean.</param>
/// <param name="Floating">Of dates and of times that name none.</param>
internal sealed record FeedZones(ZoneNames Names, DateTimeZone Floating)
{
    /// <param name="calendar">A VCALENDAR.</param>
    /// <param name="zone">Where it does not call one its own (X-WR-TIMEZONE).</param>
    public static FeedZones Of(CalendarComponent calendar, DateTimeZone zone) => new(
        new ZoneNames(calendar),
        ZoneNames.Find(calendar.Value("X-WR-TIMEZONE")) is { } own ? DateTimeZoneProviders.Tzdb[own] : zone);

    /// <exception cref="FormatException">It names one that is not known.</exception>
    public DateTimeZone Of(ContentLine line)
    {
        if (line.Parameter("TZID") is not { } id) return Floating;
        return Names.Resolve(id, out var reason) is { } zone
            ? DateTimeZoneProviders.Tzdb[zone]
            : throw new FormatException($"Line {line.Number}: {line.Name}: {reason}.");
    }
}

/// <summary>A DATE-TIME or DATE value: local time and the zone in which it is meant.</summary>
internal sealed record ShiftTime(LocalDateTime Local, DateTimeZone Zone, bool IsDate)
{
    private static readonly LocalDateTimePattern DateTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>The time of a DTSTART or DTEND.</summary>
    /// <exception cref="FormatException">It is none, or of a zone that is not known.</exception>
    public static ShiftTime Read(ContentLine line, FeedZones zones) => Read(line, line.Value.Trim(), zones.Of(line));

    /// <param name="line">Where it stands.</param>
    /// <param name="value">The time.</param>
    /// <param name="zone">Of a date, or of a time that is not in UTC.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ShiftTime Read(ContentLine line, string value, DateTimeZone zone)
    {
        var isUtc = value.EndsWith('Z');
        if (Date.Parse(value) is { Success: true, Value: var date }) return new ShiftTime(date.AtMidnight(), zone, true);
        var parsed = DateTime.Parse(isUtc ? value[..^1] : value);
        return parsed.Success
            ? new ShiftTime(parsed.Value, isUtc ? DateTimeZone.Utc : zone, false)
            : throw new FormatException($"Line {line.Number}: {line.Name}: '{value}' is no date or date-time of iCalendar.");
    }
}
