using Google.Protobuf.WellKnownTypes;
using NodaTime;
using NodaTime.Text;
using Duration = NodaTime.Duration;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Times as messages and texts write them.</summary>
internal static class Civil
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static string Format(LocalDateTime time) => LocalDateTimePattern.GeneralIso.Format(time);

    public static string Format(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary><c>2026-11-27 03:00 Europe/Vienna</c>, for people.</summary>
    public static string InWords(Instant instant, DateTimeZone zone) =>
        $"{Minutes.Format(instant.InZone(zone).LocalDateTime)} {zone.Id}";

    public static Timestamp ToMessage(this Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        var seconds = ticks >= 0
            ? ticks / NodaConstants.TicksPerSecond
            : -((-ticks + NodaConstants.TicksPerSecond - 1) / NodaConstants.TicksPerSecond);
        return new Timestamp { Seconds = seconds, Nanos = (int)(ticks - (seconds * NodaConstants.TicksPerSecond)) * 100 };
    }

    /// <summary>For times that were checked, such as those in events.</summary>
    public static Instant ToInstant(this Timestamp time) => Instant.FromUnixTimeSeconds(time.Seconds).PlusNanoseconds(time.Nanos);

    public static Google.Protobuf.WellKnownTypes.Duration ToMessage(this Duration duration)
    {
        var ticks = duration.BclCompatibleTicks;
        var (seconds, rest) = Math.DivRem(ticks, NodaConstants.TicksPerSecond);
        return new() { Seconds = seconds, Nanos = (int)rest * 100 };
    }
}
