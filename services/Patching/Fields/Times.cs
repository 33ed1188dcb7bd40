using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using NodaTime;

namespace Governance.Patching.Fields;

/// <summary>Between the pure parts' times, NodaTime's and protobuf's.</summary>
internal static class Times
{
    /// <summary>A length of whole seconds; zero when it is unset, <c>-1s</c> when it is none.</summary>
    public static TimeSpan Span(this FieldFaults faults, Google.Protobuf.WellKnownTypes.Duration? length, string field)
    {
        if (length is null) return TimeSpan.Zero;
        faults.Check(length.Nanos == 0, field, "Has a fraction of a second; whole seconds are asked for.", "FRACTION");
        return TimeSpan.FromSeconds(Math.Clamp(length.Seconds, -1, int.MaxValue));
    }

    public static Timestamp ToTimestamp(this DateTimeOffset time) => Instant.FromDateTimeOffset(time).ToTimestamp();

    public static Timestamp? ToTimestamp(this DateTimeOffset? time) => time?.ToTimestamp();

    public static Google.Protobuf.WellKnownTypes.Duration ToMessage(this TimeSpan span) =>
        Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(span);
}
