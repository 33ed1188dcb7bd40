using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Governance.Ownership.Schedules;

/// <summary>
/// What a local time means where clocks change. One that never comes moves forward by the gap. One that comes twice is the
/// earlier instant where something begins and the later one where it ends, so that no cover is lost.
/// </summary>
internal static class LocalTimes
{
    private static readonly ZoneLocalMappingResolver Earlier =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    private static readonly ZoneLocalMappingResolver Later =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnForwardShifted);

    private static readonly OffsetDateTimePattern WithOffset =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<Z+HH:mm>");

    public static Instant Opening(this DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, Earlier).ToInstant();

    public static Instant Closing(this DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, Later).ToInstant();

    /// <summary>The local time of an instant.</summary>
    public static LocalDateTime LocalOf(this DateTimeZone zone, Instant instant) => instant.InZone(zone).LocalDateTime;

    /// <summary>An instant on the wall clock of a zone: `2026-03-29T03:00:00+02:00`.</summary>
    public static string Text(this DateTimeZone zone, Instant instant) => WithOffset.Format(instant.WithOffset(zone.GetUtcOffset(instant)));

    /// <summary>An instant on the wall clock of a zone, and which zone.</summary>
    public static string Describe(this DateTimeZone zone, Instant instant) => $"{zone.Text(instant)} {zone.Id}";
}
