using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using NodaTime;
using NodaTime.Text;
using Duration = NodaTime.Duration;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Reads times out of requests; what is wrong with one is added to the request's faults.</summary>
internal static class TimeFields
{
    private static readonly Instant Earliest = Instant.FromUtc(1, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9999, 12, 31, 0, 0);

    public static void Zone(this FieldFaults faults, string id, string field)
    {
        if (id.Length == 0) faults.Required(id, field);
        else if (!Zones.Exists(id)) faults.Add(field, Zones.Unknown(id), "UNKNOWN_ZONE");
    }

    /// <summary>An instant; null when it is unset or no instant.</summary>
    public static Instant? Moment(this FieldFaults faults, Timestamp? time, string field)
    {
        if (time is null) return null;
        var inside = time.Nanos is >= 0 and < 1_000_000_000
            && time.Seconds >= Earliest.ToUnixTimeSeconds() && time.Seconds < Latest.ToUnixTimeSeconds();
        faults.Check(inside, field, "Is no instant between the years 0001 and 9999.", "OUT_OF_RANGE");
        return inside ? Instant.FromUnixTimeSeconds(time.Seconds).PlusNanoseconds(time.Nanos) : null;
    }

    /// <summary>A length of whole seconds from 0 to the most; zero when it is unset.</summary>
    public static Duration Length(this FieldFaults faults, Google.Protobuf.WellKnownTypes.Duration? length, string field, Duration most)
    {
        if (length is null) return Duration.Zero;
        faults.Check(length.Nanos == 0, field, "Has a fraction of a second; whole seconds are asked for.", "FRACTION");
        var inside = length.Seconds >= 0 && length.Nanos >= 0 && length.Seconds <= (long)most.TotalSeconds;
        faults.Check(inside, field, $"Is {length.Seconds}s; from 0s to {(long)most.TotalSeconds}s is possible.", "OUT_OF_RANGE");
        return inside ? Duration.FromSeconds(length.Seconds) : Duration.Zero;
    }

    /// <summary>A date, <c>2026-11-27</c>; null when it is unset or none.</summary>
    public static LocalDate? Date(this FieldFaults faults, string text, string field)
    {
        if (text.Length == 0) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) return date.Value;
        faults.Add(field, $"'{text}' is no date such as 2026-11-27.", "INVALID_DATE");
        return null;
    }
}
