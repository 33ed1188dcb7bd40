using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>
/// The occurrences of one window or freeze, kept for some weeks around what was last asked for, since questions
/// come in mostly about today. Safe for concurrent readers: a piece is replaced as a whole.
/// </summary>
/// <param name="overlapping">Occurrences that overlap `[from, until)`, by start, computed lazily.</param>
/// <param name="ahead">How far ahead they are kept; 45 days when unset.</param>
internal sealed class OccurrenceCache(Func<Instant, Instant, IEnumerable<TimeRange>> overlapping, Duration? ahead = null)
{
    private const int KeptAtMost = 4096;
    private static readonly Duration Before = Duration.FromDays(2);
    private readonly Duration _ahead = ahead ?? Duration.FromDays(45);
    private volatile Piece? _kept;

    /// <summary>Held once.</summary>
    public static OccurrenceCache Once(TimeRange range) => Fixed([range]);

    /// <summary>Held at these times and no others.</summary>
    /// <param name="ranges">By start.</param>
    public static OccurrenceCache Fixed(TimeRange[] ranges)
    {
        var piece = Piece.Of(TimeArithmetic.Earliest, TimeArithmetic.Latest, ranges);
        return new((from, until) => ranges.Where(range => range.Overlaps(from, until))) { _kept = piece };
    }

    /// <summary>
    /// Occurrences near `[from, until)`, by start. All that overlap it are in; the caller skips the few that do not.
    /// </summary>
    public ReadOnlySpan<TimeRange> Near(Instant from, Instant until)
    {
        var piece = _kept;
        if (piece is null || from < piece.From || until > piece.Until) _kept = piece = Load(from, until);
        var first = piece.FirstFrom(from.Earlier(piece.Longest));
        var end = piece.FirstFrom(until);
        return piece.Items.AsSpan(first, Math.Max(0, end - first));
    }

    /// <summary>
    /// Occurrences that overlap `[from, until)`, by start, piece by piece, so that a far end costs nothing until it is reached.
    /// </summary>
    public IEnumerable<TimeRange> Overlapping(Instant from, Instant until)
    {
        var piece = _kept is { } kept && from >= kept.From && from < kept.Until ? kept : _kept = Load(from, from);
        var index = piece.FirstFrom(from.Earlier(piece.Longest));
        var begin = TimeArithmetic.Earliest;
        while (true)
        {
            for (; index < piece.Items.Length; index++)
            {
                var item = piece.Items[index];
                if (item.Start >= until) yield break;
                if (item.End > from && item.Start >= begin) yield return item;
            }
            if (piece.Until >= until) yield break;
            begin = piece.Until;
            piece = Ahead(begin, begin);
            index = 0;
        }
    }

    private Piece Load(Instant from, Instant until) => Ahead(from.Earlier(Before), until, from);

    private Piece Ahead(Instant from, Instant must, Instant? around = null)
    {
        var wish = (around ?? from).Later(_ahead);
        if (must > wish) wish = must;
        var items = new List<TimeRange>();
        foreach (var item in overlapping(from, wish))
        {
            if (items.Count >= KeptAtMost && item.Start > must && item.Start > items[^1].Start && item.Start > (around ?? from))
            {
                return Piece.Of(from, item.Start, [.. items]);
            }
            items.Add(item);
        }
        return Piece.Of(from, wish, [.. items]);
    }

    /// <summary>All occurrences that overlap `[From, Until)`.</summary>
    private sealed record Piece(Instant From, Instant Until, TimeRange[] Items, Duration Longest)
    {
        public static Piece Of(Instant from, Instant until, TimeRange[] items)
        {
            var longest = Duration.Zero;
            foreach (var item in items)
            {
                if (item.Length > longest) longest = item.Length;
            }
            return new(from, until, items, longest);
        }

        /// <summary>The index of the first item that starts at or after an instant.</summary>
        public int FirstFrom(Instant instant)
        {
            int low = 0, high = Items.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Items[middle].Start < instant) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
