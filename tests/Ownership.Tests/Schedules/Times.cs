using NodaTime;
using NodaTime.Text;

namespace Governance.Ownership.Tests.Schedules;

internal static class Times
{
    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    /// <summary>An instant with its offset, `2026-03-29T09:00:00+02:00` or `…Z`.</summary>
    public static Instant At(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();

    public static Interval Span(string from, string until) => new(At(from), At(until));

    /// <summary>Every quarter of an hour from one instant until another.</summary>
    public static IEnumerable<Instant> Quarters(Instant from, Instant until)
    {
        for (var at = from; at < until; at += Duration.FromMinutes(15)) yield return at;
    }

    public static Instant Year(int year) => Instant.FromUtc(year, 1, 1, 0, 0);
}
