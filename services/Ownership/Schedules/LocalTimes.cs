using System.Globalization;
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

    private static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<G>");

    public static Instant Opening(this DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, Earlier).ToInstant();

    public static Instant Closing(this DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, Later).ToInstant();

    /// <summary>The local time of an instant.</summary>
    public static LocalDateTime LocalOf(this DateTimeZone zone, Instant instant) => instant.InZone(zone).LocalDateTime;

    /// <summary>An instant as people of a zone read it: local time, offset and zone.</summary>
    public static string Describe(this DateTimeZone zone, Instant instant) =>
        string.Create(CultureInfo.InvariantCulture, $"{WithOffset.Format(instant.WithOffset(zone.GetUtcOffset(instant)))} {zone.Id}");
}
