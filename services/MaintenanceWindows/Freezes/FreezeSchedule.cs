using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>When a freeze holds.</summary>
internal sealed class FreezeSchedule(FreezeTerms terms)
{
    public RecurrenceSet Set { get; } = StoredRecurrence.Read(terms.ToInput());

    /// <summary>Null: it holds once, and at its rdates.</summary>
    public RecurrenceRule? Rule { get; } = StoredRecurrence.Rule(terms.Recurrence);

    public DateTimeZone Zone { get; } = Zones.Get(terms.TimeZone);

    /// <summary>Whether it may hold more than once.</summary>
    public bool Recurs => Rule is not null || terms.Rdates.Length > 0;

    /// <summary>The one time at which it holds; null when it recurs, or never does.</summary>
    public Occurrence? Only => Recurs ? null : Set.LastStartingAtOrBefore(StoredRecurrence.Never);

    /// <summary>It never starts later; null: endless.</summary>
    public Instant? Last => Set.LastStart(Rule);

    /// <summary>Times that share any with [<paramref name="from"/>, <paramref name="until"/>), by start; lazily.</summary>
    public IEnumerable<Occurrence> Overlapping(Instant from, Instant until) => Set.OccurrencesOverlapping(from, until);
}
