using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using NodaTime;

namespace Governance.BuildingBlocks.Names;

/// <summary>Between protobuf's times and NodaTime's.</summary>
public static class ProtoTime
{
    /// <summary>The instant, in the 100 ns steps in which instants are stored.</summary>
    /// <exception cref="InvalidRequest">Outside the years 1 to 9999, or nanoseconds outside a second.</exception>
    public static Instant ToInstant(this Timestamp time)
    {
        if (time.Nanos is < 0 or > 999_999_999 || time.Seconds is < -62_135_596_800 or > 253_402_300_799)
        {
            throw new InvalidRequest(
                [new FieldFault("timestamp", $"{time.Seconds}s {time.Nanos}ns is no instant of the years 1 to 9999.", "OUT_OF_RANGE")]);
        }
        return Instant.FromUnixTimeSeconds(time.Seconds).PlusTicks(time.Nanos / 100);
    }

    /// <summary>The timestamp.</summary>
    public static Timestamp ToTimestamp(this Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return new Timestamp { Seconds = seconds, Nanos = (int)(instant - Instant.FromUnixTimeSeconds(seconds)).TotalNanoseconds };
    }

    /// <summary>The elapsed time.</summary>
    public static NodaTime.Duration ToDuration(this Google.Protobuf.WellKnownTypes.Duration duration) =>
        NodaTime.Duration.FromSeconds(duration.Seconds) + NodaTime.Duration.FromNanoseconds((long)duration.Nanos);

    /// <summary>The protobuf duration.</summary>
    public static Google.Protobuf.WellKnownTypes.Duration ToProto(this NodaTime.Duration duration)
    {
        var seconds = (long)(duration.BclCompatibleTicks / NodaTime.NodaConstants.TicksPerSecond);
        var rest = duration - NodaTime.Duration.FromSeconds(seconds);
        return new Google.Protobuf.WellKnownTypes.Duration { Seconds = seconds, Nanos = (int)rest.TotalNanoseconds };
    }
}
