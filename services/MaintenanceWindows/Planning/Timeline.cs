using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Bookings that have something in common, by start. Immutable; a change copies this timeline only.</summary>
internal sealed class Timeline
{
    private readonly ImmutableArray<BookedChange> _planned;
    private readonly ImmutableArray<BookedChange> _running;
    private readonly Duration _longest;

    private Timeline(ImmutableArray<BookedChange> planned, ImmutableArray<BookedChange> running, Duration longest) =>
        (_planned, _running, _longest) = (planned, running, longest);

    public static Timeline Empty { get; } = new([], [], Duration.Zero);

    public bool IsEmpty => _planned.IsEmpty && _running.IsEmpty;

    public IEnumerable<BookedChange> All => _running.Concat(_planned);

    public static Timeline From(IEnumerable<BookedChange> bookings)
    {
        var parts = bookings.ToLookup(booking => booking.Running);
        ImmutableArray<BookedChange> planned =
            [.. parts[false].OrderBy(b => b.Start).ThenBy(b => b.Name, StringComparer.Ordinal)];
        return new(planned, [.. parts[true]], planned.Aggregate(Duration.Zero, Longer));
    }

    public Timeline Add(BookedChange booking) => booking.Running
        ? new(_planned, _running.Add(booking), _longest)
        : new(_planned.Insert(FirstFrom(booking.Start), booking), _running, Longer(_longest, booking));

    public Timeline Remove(BookedChange booking)
    {
        if (booking.Running) return new(_planned, _running.RemoveAll(one => one.Name == booking.Name), _longest);
        for (var i = FirstFrom(booking.Start); i < _planned.Length && _planned[i].Start == booking.Start; i++)
        {
            if (_planned[i].Name == booking.Name) return new(_planned.RemoveAt(i), _running, _longest);
        }
        return this;
    }

    /// <summary>Adds the bookings that are in the way somewhere in `[from, until)`, except the caller's own.</summary>
    public void Gather(Instant from, Instant until, Instant now, string own, List<BookedChange> into)
    {
        foreach (var booking in _running)
        {
            if (booking.Start < until && booking.InTheWayUntil(now) > from && booking.Name != own) into.Add(booking);
        }
        for (var i = FirstFrom(from.Earlier(_longest)); i < _planned.Length && _planned[i].Start < until; i++)
        {
            if (_planned[i].BusyUntil > from && _planned[i].Name != own) into.Add(_planned[i]);
        }
    }

    private static Duration Longer(Duration longest, BookedChange booking) =>
        Duration.Max(longest, booking.BusyUntil - booking.Start);

    private int FirstFrom(Instant instant)
    {
        int low = 0, high = _planned.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_planned[middle].Start < instant) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
