using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>One time at which a window is held.</summary>
internal readonly record struct HeldOccurrence(Window Window, WindowSchedule Schedule, Occurrence Occurrence);

/// <summary>The occurrences of many windows in one order, by start, then window; each window is walked no further than needed.</summary>
internal sealed class OccurrenceMerge(IReadOnlyList<Window> windows, Interval span)
{
    public IEnumerable<HeldOccurrence> After((Instant Start, string Window)? position)
    {
        var from = position is { } at && at.Start > span.Start ? at.Start : span.Start;
        var queue = new PriorityQueue<Walk, (Instant Start, string Window)>(Order);
        foreach (var window in windows) new Walk(window, from, span.End).Advance(queue);
        while (queue.TryDequeue(out var walk, out var place))
        {
            if (position is null || Order.Compare(place, position.Value) > 0) yield return walk.Current;
            walk.Advance(queue);
        }
    }

    private static readonly Comparer<(Instant Start, string Window)> Order = Comparer<(Instant Start, string Window)>.Create(
        (left, right) => left.Start == right.Start ? string.CompareOrdinal(left.Window, right.Window) : left.Start.CompareTo(right.Start));

    private sealed class Walk(Window window, Instant from, Instant until)
    {
        private readonly WindowSchedule _schedule = new(window);
        private IEnumerator<Occurrence>? _occurrences;

        public HeldOccurrence Current => new(window, _schedule, _occurrences!.Current);

        public void Advance(PriorityQueue<Walk, (Instant Start, string Window)> queue)
        {
            _occurrences ??= _schedule.Overlapping(from, until).GetEnumerator();
            if (_occurrences.MoveNext()) queue.Enqueue(this, (_occurrences.Current.Start, window.Id));
        }
    }
}
