using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>A window as the calendar sees it. Retired windows are not in the calendar.</summary>
/// <param name="Name">`windows/…`.</param>
/// <param name="Zone">Its time zone.</param>
/// <param name="Scope">What may be changed in it.</param>
/// <param name="Kinds">The kinds of change that it allows.</param>
/// <param name="Occurrences">When it is held, its effective dates considered.</param>
internal sealed record WindowFacts(
    string Name, DateTimeZone Zone, ScopeFacts Scope, KindSet Kinds, OccurrenceCache Occurrences) : IScoped
{
    /// <summary>Changes at once; null is unlimited.</summary>
    public int? Capacity { get; init; }

    /// <summary>Nothing starts in the last part of an occurrence; exactly this long before its end still may.</summary>
    public Duration Cutoff { get; init; }

    /// <summary>A booking is made at least this long before it starts.</summary>
    public Duration Notice { get; init; }

    /// <summary>Paused until then; <see cref="TimeArithmetic.Latest"/> when until told.</summary>
    public Instant HeldFrom { get; init; } = TimeArithmetic.Earliest;

    /// <summary>Whether bookings that no longer fit are moved, or unscheduled at once.</summary>
    public bool MovesDisplaced { get; init; } = true;

    /// <summary>The starts that an occurrence allows to something that takes so long; empty when it does not fit.</summary>
    public TimeRange Starts(TimeRange occurrence, Duration footprint)
    {
        var last = occurrence.End.Earlier(footprint > Cutoff ? footprint : Cutoff) + Duration.Epsilon;
        return new(occurrence.Start > HeldFrom ? occurrence.Start : HeldFrom, last < occurrence.End ? last : occurrence.End);
    }
}
