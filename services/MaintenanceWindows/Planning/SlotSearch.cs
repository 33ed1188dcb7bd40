using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>What a search leaves out, to find out what would help.</summary>
[Flags]
internal enum Relaxation
{
    None = 0,
    OverridableFreezes = 1,
    Capacity = 2,
    Windows = 4,

    /// <summary>What is booked already does not give notice again.</summary>
    Notice = 8,
}

/// <summary>Walks through the places at which a demand could start, in time order, and tells what each of them offers.</summary>
internal sealed class SlotSearch
{
    private readonly ChangeDemand _demand;
    private readonly Obstacles _obstacles;
    private readonly Subject[] _asking;
    private readonly Instant _now;
    private readonly bool _books;
    private readonly bool _givesNotice;

    /// <param name="calendar">The calendar.</param>
    /// <param name="demand">The change.</param>
    /// <param name="now">Now.</param>
    /// <param name="books">
    /// Whether a booking is wanted: then notice periods count, and other changes, the implementer and the rollout's
    /// other stages also where no window is asked for. Otherwise only what CheckChange judges.
    /// </param>
    /// <param name="relaxation">What to leave out.</param>
    public SlotSearch(CalendarSnapshot calendar, ChangeDemand demand, Instant now, bool books, Relaxation relaxation = default)
    {
        (_demand, _now, _books) = (demand, now, books);
        _givesNotice = books && !relaxation.HasFlag(Relaxation.Notice);
        Subjects = [.. demand.Components.Select(component => Subject.Of(calendar, component, demand))];
        _asking = relaxation.HasFlag(Relaxation.Windows) ? [] : [.. Subjects.Where(subject => subject.NeedsWindow)];
        _obstacles = new Obstacles(calendar, demand, now)
        {
            IgnoreOverridable = relaxation.HasFlag(Relaxation.OverridableFreezes),
            IgnoreCapacity = relaxation.HasFlag(Relaxation.Capacity),
        };
        Primary = _asking.MinBy(subject => subject.Windows.Length);
    }

    public Subject[] Subjects { get; }

    /// <summary>The component whose windows are walked through; null in free time.</summary>
    public Subject? Primary { get; }

    /// <summary>The places in which a start in `starts` could lie, by their own start.</summary>
    public IEnumerable<PlaceFinding> Walk(TimeRange starts) =>
        starts.Start >= starts.End ? []
        : Primary is null ? [Examine(new(null, starts, starts))]
        : Occurrences(starts).Select(Examine);

    /// <summary>The first start that nothing forbids, and its place; null when there is none.</summary>
    public (Instant Start, Place Place)? First(TimeRange starts)
    {
        (Instant Start, Place Place)? best = null;
        foreach (var finding in Walk(starts))
        {
            if (best is { } found && finding.Place.Occurrence.Start >= found.Start) break;
            if (finding.Free.Count > 0 && (best is null || finding.Free[0].Start < best.Value.Start))
            {
                best = (finding.Free[0].Start, finding.Place);
            }
        }
        return best;
    }

    /// <summary>Until when starts stay free without a break; null when the first one is not.</summary>
    public Instant? FreeUntil(TimeRange starts)
    {
        var free = new List<TimeRange>();
        Instant? end = null;
        foreach (var finding in Walk(starts))
        {
            if (finding.Place.Occurrence.Start > (end ?? starts.Start)) break;
            free.AddRange(finding.Free);
            end = Stretches.EndOf(free, starts.Start);
        }
        return end;
    }

    /// <summary>The occurrences that a change starting then takes a place in, the walked window's first.</summary>
    public List<(WindowFacts Window, TimeRange Occurrence)> PlacesAt(Place place, Instant start)
    {
        var places = new List<(WindowFacts Window, TimeRange Occurrence)>();
        if (place.Window is null) return places;
        places.Add((place.Window, place.Occurrence));
        foreach (var subject in _asking.Where(subject => !subject.Windows.Any(window => places.Any(taken => taken.Window == window))))
        {
            places.Add(OpenAt(subject, start).MaxBy(open => _obstacles.Remaining(open.Window, start) ?? int.MaxValue));
        }
        return places;
    }

    /// <summary>Until when starts stay free in exactly these places.</summary>
    public Instant FreeIn(List<(WindowFacts Window, TimeRange Occurrence)> places, TimeRange free) =>
        places.Skip(1)
            .Select(place => OpenStarts(place.Window, place.Occurrence, free)[0].End)
            .Append(free.End)
            .Min();

    /// <summary>How many more changes fit at once besides this one in all of the windows; null is unlimited.</summary>
    public int? Remaining(IEnumerable<WindowFacts> windows, Instant start) =>
        windows.Select(window => _obstacles.Remaining(window, start)).Where(left => left is not null).Min();

    private IEnumerable<Place> Occurrences(TimeRange starts)
    {
        var open = new PriorityQueue<(WindowFacts Window, IEnumerator<TimeRange> Next), (Instant, int)>();
        var windows = Primary!.Windows;
        for (var i = 0; i < windows.Length; i++)
        {
            if (windows[i].Kinds.Has(_demand.Kind))
            {
                Queue(open, windows[i], windows[i].Occurrences.Overlapping(starts.Start, starts.End).GetEnumerator(), i);
            }
        }
        while (open.TryDequeue(out var first, out var order))
        {
            yield return PlaceIn(first.Window, first.Next.Current, starts);
            Queue(open, first.Window, first.Next, order.Item2);
        }
    }

    private static void Queue(
        PriorityQueue<(WindowFacts, IEnumerator<TimeRange>), (Instant, int)> open,
        WindowFacts window,
        IEnumerator<TimeRange> next,
        int index)
    {
        if (next.MoveNext()) open.Enqueue((window, next), (next.Current.Start, index));
    }

    private Place PlaceIn(WindowFacts window, TimeRange occurrence, TimeRange starts)
    {
        var own = window.Starts(occurrence, _demand.Footprint);
        var earliest = Later(own.Start, starts.Start);
        if (_givesNotice) earliest = Later(earliest, _now + window.Notice);
        return new(window, occurrence, new(earliest, own.End < starts.End ? own.End : starts.End));
    }

    private PlaceFinding Examine(Place place)
    {
        if (!place.Fits) return new(place, [], []);
        var blocks = new List<Block>();
        foreach (var subject in Subjects)
        {
            _obstacles.Freezes(subject, place.Starts, blocks);
            _obstacles.Maintenance(subject, place.Starts, blocks);
            if (_books || subject.NeedsWindow) _obstacles.Busy(subject, place.Starts, blocks);
        }
        if (_books)
        {
            _obstacles.EarlierStages(Subjects, place.Starts, blocks);
            _obstacles.Implementer(place.Starts, blocks);
        }
        if (place.Window is not null) Windows(place, place.Window, blocks);
        return new(place, Stretches.Without(place.Starts, blocks), blocks);
    }

    private void Windows(Place place, WindowFacts window, List<Block> blocks)
    {
        _obstacles.Window(window, place.Occurrence, place.Starts, blocks);
        foreach (var subject in _asking)
        {
            if (!subject.Windows.Contains(window)) OtherWindows(subject, place, blocks);
        }
    }

    /// <summary>A component that this window does not cover needs one of its own, open at the same time.</summary>
    private void OtherWindows(Subject subject, Place place, List<Block> blocks)
    {
        var open = new List<Block>();
        foreach (var window in subject.Windows.Where(window => window.Kinds.Has(_demand.Kind)))
        {
            foreach (var occurrence in window.Occurrences.Near(place.Starts.Start, place.Starts.End))
            {
                foreach (var free in OpenStarts(window, occurrence, place.Starts))
                {
                    open.Add(new(Constraint.NoWindow, free.Start, free.End, window.Name, occurrence, subject.Component));
                }
            }
        }
        foreach (var closed in Stretches.Without(place.Starts, open))
        {
            blocks.Add(new(Constraint.NoWindow, closed.Start, closed.End, subject.Component, closed, subject.Component));
        }
    }

    private List<TimeRange> OpenStarts(WindowFacts window, TimeRange occurrence, TimeRange starts)
    {
        var own = PlaceIn(window, occurrence, starts).Starts;
        var blocks = new List<Block>();
        if (own.Start >= own.End) return [];
        _obstacles.Window(window, occurrence, own, blocks);
        return Stretches.Without(own, blocks);
    }

    private IEnumerable<(WindowFacts Window, TimeRange Occurrence)> OpenAt(Subject subject, Instant start)
    {
        var starts = new TimeRange(start, start + Duration.Epsilon);
        return subject.Windows.Where(window => window.Kinds.Has(_demand.Kind))
            .SelectMany(window => window.Occurrences.Near(starts.Start, starts.End).ToArray(), (window, occurrence) => (window, occurrence))
            .Where(open => OpenStarts(open.window, open.occurrence, starts).Count > 0);
    }

    private static Instant Later(Instant a, Instant b) => a > b ? a : b;
}
