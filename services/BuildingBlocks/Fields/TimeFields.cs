using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using NodaTime;
using NodaTime.Text;
using Duration = NodaTime.Duration;

namespace Governance.BuildingBlocks.Fields;

/// <summary>Reads times out of requests; what is wrong with one is added to the request's faults.</summary>
public static class TimeFields
{
    /// <summary>Adds a fault unless the text is an IANA zone; the one that was probably meant is named.</summary>
    public static void Zone(this FieldFaults faults, string id, string field)
    {
        if (id.Length == 0) faults.Required(id, field);
        else if (!Zones.Exists(id)) faults.Add(field, Zones.Unknown(id), "UNKNOWN_ZONE");
    }

    /// <summary>An instant; null when it is unset or no instant, which is then a fault.</summary>
    public static Instant? Moment(this FieldFaults faults, Timestamp? time, string field)
    {
        if (time is null) return null;
        try
        {
            return time.ToInstant();
        }
        catch (InvalidRequest)
        {
            faults.Add(field, "Is no instant of the years 1 to 9999.", "OUT_OF_RANGE");
            return null;
        }
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
