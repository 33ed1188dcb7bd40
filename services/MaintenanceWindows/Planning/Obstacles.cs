using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Finds what forbids a demand's starts in a range. Everything is asked on the axis of starts, half-open.</summary>
internal sealed class Obstacles(CalendarSnapshot calendar, ChangeDemand demand, Instant now)
{
    private readonly List<BookedChange> _found = [];

    /// <summary>Freezes that may be overridden do not count: to find out what an override would open.</summary>
    public bool IgnoreOverridable { get; init; }

    /// <summary>Capacity and exclusive bookings do not count: to find out what more capacity would open.</summary>
    public bool IgnoreCapacity { get; init; }

    /// <summary>Freezes that would hold during the work, or before reserve and rollout are over.</summary>
    public void Freezes(Subject subject, TimeRange starts, List<Block> into)
    {
        var trail = Duration.Max(demand.Reserve, demand.Tail);
        foreach (var freeze in subject.Freezes)
        {
            if (freeze.Exempts(demand) || (IgnoreOverridable && freeze.CanBeOverridden)) continue;
            var passes = freeze.OverrideFor(demand, subject.Component)?.ExpireTime ?? TimeArithmetic.Earliest;
            foreach (var cause in freeze.Occurrences.Near(starts.Start, starts.End.Later(demand.Work + trail)))
            {
                if (passes >= cause.End || cause.End <= starts.Start) continue;
                var rest = passes > cause.Start ? cause with { Start = passes } : cause;
                var frozen = Block.Around(Constraint.Frozen, rest, demand.Work, freeze.Name, subject.Component) with { Cause = cause };
                Add(frozen, starts, into);
                if (trail > Duration.Zero)
                {
                    Add(
                        frozen with { Constraint = Constraint.SplitByFreeze, From = frozen.From.Earlier(trail), Until = frozen.From },
                        starts,
                        into);
                }
            }
        }
    }

    /// <summary>
    /// Vendors' maintenance during the work or its back-out reserve. The rest of a rollout may meet it: it is no peak that
    /// must not be traded on two versions.
    /// </summary>
    public void Maintenance(Subject subject, TimeRange starts, List<Block> into)
    {
        foreach (var one in subject.MaintenanceIn(starts.Start, starts.End.Later(demand.Footprint)))
        {
            if (one.Denies)
            {
                Add(Block.Around(Constraint.ProviderMaintenance, one.Held, demand.Footprint, one.Name, subject.Component), starts, into);
            }
        }
    }

    /// <summary>
    /// Freezes that lie between this stage and one of the same rollout that is booked before it and has not begun:
    /// the rollout's components would be on two versions while they are frozen.
    /// </summary>
    public void EarlierStages(Subject[] subjects, TimeRange starts, List<Block> into)
    {
        var rollout = BookedChange.RolloutOf(demand.Change);
        if (rollout.Length == 0) return;
        foreach (var stage in calendar.Bookings.OfRollout(rollout, demand.Environment).All)
        {
            if (stage.Running || stage.Change == demand.Change || stage.Name == demand.Booking || stage.Start >= starts.End) continue;
            foreach (var freeze in Covering(subjects, stage))
            {
                if (freeze.Exempts(demand) || (IgnoreOverridable && freeze.CanBeOverridden)) continue;
                foreach (var cause in freeze.Occurrences.Near(stage.Start, starts.End))
                {
                    if (cause.Start > stage.Start)
                    {
                        Add(new(Constraint.SplitByFreeze, Later(
                            cause.Start, stage.BusyUntil), TimeArithmetic.Latest, freeze.Name, cause, subjects[0].Component), starts, into);
                    }
                }
            }
        }
    }

    /// <summary>Other changes on the component, and on what it needs or what needs it.</summary>
    public void Busy(Subject subject, TimeRange starts, List<Block> into)
    {
        OnComponent(subject.Component, Constraint.ComponentBusy, subject, starts, into);
        foreach (var related in calendar.Components.Related(subject.Component))
        {
            if (!demand.Components.Contains(related))
            {
                OnComponent(related, Constraint.DependencyBusy, subject, starts, into);
            }
        }
    }

    /// <summary>More changes at once than the implementing party can do.</summary>
    public void Implementer(TimeRange starts, List<Block> into)
    {
        if (demand.Implementer.Length == 0 || !calendar.ParallelChanges.TryGetValue(demand.Implementer, out var limit)) return;
        Gather(calendar.Bookings.OfImplementer(demand.Implementer), starts);
        foreach (var full in Load.Full(_found, limit, now))
        {
            Add(Block.Around(Constraint.ImplementerBusy, full, demand.Footprint, demand.Implementer, ""), starts, into);
        }
    }

    /// <summary>A window's capacity, and exclusive changes in the occurrence.</summary>
    public void Window(WindowFacts window, TimeRange occurrence, TimeRange starts, List<Block> into)
    {
        if (IgnoreCapacity) return;
        var timeline = calendar.Bookings.OfWindow(window.Name);
        if (timeline.IsEmpty) return;
        _found.Clear();
        timeline.Gather(occurrence.Start, occurrence.End, now, demand.Booking, _found);
        var place = new PlaceInWindow(window.Name, occurrence.Start);
        var other = _found.Find(booking => (demand.Exclusive || booking.Exclusive) && booking.Places.Contains(place));
        if (other is not null)
        {
            Add(new(Constraint.Exclusive, occurrence.Start, occurrence.End, other.Name, Range(other), ""), starts, into);
        }
        if (window.Capacity is { } capacity)
        {
            foreach (var full in Load.Full(_found, capacity, now))
            {
                Add(Block.Around(Constraint.Capacity, full, demand.Footprint, window.Name, ""), starts, into);
            }
        }
    }

    /// <summary>How many more changes fit at once besides this one; null is unlimited.</summary>
    public int? Remaining(WindowFacts window, Instant start)
    {
        if (window.Capacity is not { } capacity) return null;
        _found.Clear();
        calendar.Bookings.OfWindow(window.Name).Gather(start, start + demand.Footprint, now, demand.Booking, _found);
        return capacity - 1 - Load.Most(_found, now);
    }

    private void OnComponent(string component, Constraint constraint, Subject subject, TimeRange starts, List<Block> into)
    {
        var timeline = calendar.Bookings.OfComponent(component, subject.Environment);
        if (timeline.IsEmpty) return;
        Gather(timeline, starts);
        foreach (var other in _found)
        {
            Add(Block.Around(constraint, Range(other), demand.Footprint, other.Name, component), starts, into);
        }
    }

    private IEnumerable<FreezeFacts> Covering(Subject[] subjects, BookedChange stage) =>
        subjects.SelectMany(subject => subject.Freezes)
            .Concat(stage.Components.SelectMany(component => Subject.Of(calendar, component, demand).Freezes))
            .DistinctBy(freeze => freeze.Name);

    private void Gather(Timeline timeline, TimeRange starts)
    {
        _found.Clear();
        timeline.Gather(starts.Start, starts.End.Later(demand.Footprint), now, demand.Booking, _found);
    }

    private TimeRange Range(BookedChange booking) => new(booking.Start, booking.InTheWayUntil(now));

    private static Instant Later(Instant a, Instant b) => a > b ? a : b;

    private static void Add(Block block, TimeRange starts, List<Block> into)
    {
        if (block.From < block.Until && block.From < starts.End && block.Until > starts.Start) into.Add(block);
    }
}
