using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using NodaTime;
using NodaTime.Text;
using Duration = NodaTime.Duration;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Instants in words and in messages.</summary>
internal static class LocalTimes
{
    private static readonly LocalDateTimePattern Words = LocalDateTimePattern.CreateWithInvariantCulture("ddd uuuu-MM-dd HH:mm");
    private static readonly LocalDateTimePattern CivilTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm:ss");

    /// <summary>`Tue 2026-01-13 22:00 Europe/Vienna`.</summary>
    public static string Say(Instant instant, DateTimeZone zone) => $"{Day(instant, zone)} {zone.Id}";

    /// <summary>`from Fri 2026-11-20 00:00 to Wed 2026-12-02 00:00 Europe/Vienna`.</summary>
    public static string Say(TimeRange range, DateTimeZone zone) => (range.Start, range.End) switch
    {
        var (_, end) when end >= TimeArithmetic.Latest => $"from {Day(range.Start, zone)} {zone.Id} on",
        _ => $"from {Day(range.Start, zone)} to {Day(range.End, zone)} {zone.Id}",
    };

    /// <summary>`2026-01-13T22:00:00`.</summary>
    public static string Civil(Instant instant, DateTimeZone zone) => CivilTime.Format(instant.InZone(zone).LocalDateTime);

    /// <summary>`1 h 30 min`.</summary>
    public static string Say(Duration duration)
    {
        var minutes = (long)duration.TotalMinutes;
        string[] parts =
        [
            minutes >= 1440 ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 1440} d") : "",
            minutes / 60 % 24 > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60 % 24} h") : "",
            minutes % 60 > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes % 60} min") : "",
            minutes == 0 ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds} s") : "",
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>Null for the ends of time, which stand for "none".</summary>
    public static Timestamp? Stamp(Instant instant) =>
        instant <= TimeArithmetic.Earliest || instant >= TimeArithmetic.Latest ? null : instant.ToTimestamp();

    private static string Day(Instant instant, DateTimeZone zone) => Words.Format(instant.InZone(zone).LocalDateTime);
}
