using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>When a window is held: its recurrence within its effective dates, without what a pause takes as a whole.</summary>
internal sealed class WindowSchedule
{
    private readonly Instant _first;
    private readonly Instant _end;
    private readonly Window? _window;

    public WindowSchedule(Window window)
        : this(window.Terms)
    {
        _window = window;
        if (window is { PausedFrom: { } paused, PausedUntil: null } && paused < _end) _end = paused;
    }

    /// <summary>As the terms say it; pauses are not considered.</summary>
    public WindowSchedule(WindowTerms terms)
    {
        Set = StoredRecurrence.Read(terms.ToInput());
        Rule = StoredRecurrence.Rule(terms.Recurrence);
        Zone = Zones.Get(terms.TimeZone);
        _first = terms.EffectiveFrom is { } from ? Zone.AtStartOfDay(from).ToInstant() : Instant.FromUtc(1, 1, 2, 0, 0);
        _end = terms.EffectiveUntil is { } until ? Zone.AtStartOfDay(until.PlusDays(1)).ToInstant() : StoredRecurrence.Never;
    }

    public RecurrenceSet Set { get; }

    /// <summary>Null: held once, and at its rdates.</summary>
    public RecurrenceRule? Rule { get; }

    public DateTimeZone Zone { get; }

    /// <summary>No occurrence starts later; null: endless.</summary>
    public Instant? Last => (Set.LastStart(Rule), _end) switch
    {
        (null, var bound) when bound == StoredRecurrence.Never => null,
        (null, var bound) => bound - Duration.FromSeconds(1),
        ({ } last, var bound) => Instant.Min(last, bound - Duration.FromSeconds(1)),
    };

    /// <summary>Occurrences that share any time with [<paramref name="from"/>, <paramref name="until"/>), by start; lazily.</summary>
    public IEnumerable<Occurrence> Overlapping(Instant from, Instant until)
    {
        var occurrences = from <= _first
            ? Set.OccurrencesBetween(_first, Instant.Min(until, _end))
            : Set.OccurrencesOverlapping(from, Instant.Min(until, _end)).Where(occurrence => occurrence.Start >= _first);
        return occurrences.Where(occurrence => !IsPaused(occurrence));
    }

    private bool IsPaused(Occurrence occurrence) =>
        occurrence.Start >= _window?.PausedFrom && !(occurrence.End > _window.PausedUntil);
}
