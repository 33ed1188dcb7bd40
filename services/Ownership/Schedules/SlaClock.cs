using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>Which time a service level counts.</summary>
internal enum SlaClockKind
{
    /// <summary>All of it.</summary>
    Always,

    /// <summary>The support hours of the party that promised it.</summary>
    SupportHours,
}

/// <summary>A response or resolution target: time, or business days.</summary>
/// <param name="Time">Zero when it is in days.</param>
/// <param name="BusinessDays">0 when it is a time.</param>
internal readonly record struct SlaTarget(Duration Time, int BusinessDays)
{
    public static SlaTarget Of(Duration time) => new(time, 0);

    public static SlaTarget OfDays(int days) => new(Duration.Zero, days);
}

/// <summary>When a target is reached.</summary>
internal static class SlaClock
{
    /// <returns>Null: the support hours never hold so much time.</returns>
    public static Instant? Deadline(SlaClockKind clock, SlaTarget target, SupportHours hours, Instant start)
    {
        var counted = clock == SlaClockKind.Always ? SupportHours.Always : hours;
        return target.BusinessDays > 0 ? counted.AddBusinessDays(start, target.BusinessDays) : counted.AddWorkingTime(start, target.Time);
    }
}
