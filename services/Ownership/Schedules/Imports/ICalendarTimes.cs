using NodaTime;
using NodaTime.Text;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>A DATE-TIME or DATE value: local time and the zone in which it is meant.</summary>
internal sealed record ICalendarTime(LocalDateTime Local, DateTimeZone Zone, bool IsDate)
{
    private static readonly LocalDateTimePattern DateTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <param name="line">DTSTART or DTEND.</param>
    /// <param name="floating">The zone of dates and of times without one.</param>
    public static ICalendarTime Read(ICalendarLine line, DateTimeZone floating) => Read(line.Value, ZoneOf(line, floating));

    public static ICalendarTime Read(string value, DateTimeZone zone)
    {
        var isUtc = value.EndsWith('Z');
        if (Date.Parse(value) is { Success: true, Value: var date }) return new ICalendarTime(date.AtMidnight(), zone, true);
        var parsed = DateTime.Parse(isUtc ? value[..^1] : value);
        return parsed.Success
            ? new ICalendarTime(parsed.Value, isUtc ? DateTimeZone.Utc : zone, false)
            : throw new FormatException($"'{value}' is no date or date-time of iCalendar.");
    }

    /// <summary>RFC 5545, section 3.3.6: weeks and days by the calendar, the rest elapsed.</summary>
    public static (int Days, Duration Time) ReadDuration(string value)
    {
        var parsed = PeriodPattern.Roundtrip.Parse(value.StartsWith('+') ? value[1..] : value);
        if (!parsed.Success || parsed.Value is not { Years: 0, Months: 0 }) throw new FormatException($"'{value}' is no duration of iCalendar.");
        var (period, days) = (parsed.Value, parsed.Value.Weeks * 7 + parsed.Value.Days);
        return (days, Duration.FromHours(period.Hours) + Duration.FromMinutes(period.Minutes) + Duration.FromSeconds(period.Seconds));
    }

    private static DateTimeZone ZoneOf(ICalendarLine line, DateTimeZone floating)
    {
        if (!line.Parameters.TryGetValue("TZID", out var id)) return floating;
        var zones = DateTimeZoneProviders.Tzdb;
        var windows = NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping;
        return zones.GetZoneOrNull(id) ?? (windows.TryGetValue(id, out var mapped) ? zones[mapped] : null)
            ?? throw new FormatException($"Line {line.Number}: TZID '{id}' is no zone of the IANA database.");
    }
}
