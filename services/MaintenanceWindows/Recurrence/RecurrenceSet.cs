using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// What a recurrence means: a rule, a start, a zone, extra and excepted dates, and the policies where clocks change.
/// Immutable and safe for many readers. Every question enters at the time it asks about; none walks there from the start.
/// All intervals are inclusive at their beginning and exclusive at their end.
/// </summary>
internal sealed class RecurrenceSet
{
    private readonly RuleStarts? _starts;
    private readonly List<long> _rdates;
    private readonly List<long> _exdates;

    internal RecurrenceSet(
        CivilTime start,
        long startUnix,
        ZoneRules rules,
        RuleStarts? starts,
        OccurrenceLength length,
        (List<long> Extra, List<long> Excepted) dates)
    {
        (Start, Rules, Length) = (start, rules, length);
        _starts = starts;
        (_rdates, _exdates) = dates;
        StartInstant = Instant.FromUnixTimeSeconds(startUnix);
    }

    /// <summary>The start as written.</summary>
    public CivilTime Start { get; }

    /// <summary>The instant that the start means, whether its rule holds it or not.</summary>
    public Instant StartInstant { get; }

    public ZoneRules Rules { get; }

    public OccurrenceLength Length { get; }

    /// <summary>The version of the time-zone database that the answers come from.</summary>
    public static string TzdbVersion => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>Reads an input; null, with all faults, when it is refused.</summary>
    public static RecurrenceSet? TryCreate(RecurrenceInput input, out IReadOnlyList<InputFault> faults)
    {
        var reader = new RecurrenceReader(input);
        var set = reader.Read();
        faults = reader.Faults;
        return set;
    }

    /// <summary>A walk over the occurrences that start at or after an instant: nothing is allocated for an occurrence.</summary>
    public OccurrenceWalk From(Instant instant) => Between(instant.CeilingSeconds(), CalendarMath.LastSecond);

    /// <summary>Occurrences that start in [<paramref name="from"/>, <paramref name="until"/>).</summary>
    public IEnumerable<Occurrence> OccurrencesBetween(Instant from, Instant until)
    {
        var walk = Between(from.CeilingSeconds(), until.CeilingSeconds() - 1);
        while (walk.MoveNext())
        {
            yield return walk.Current;
        }
    }

    /// <summary>Occurrences that share any time with [<paramref name="from"/>, <paramref name="until"/>), by start.</summary>
    public IEnumerable<Occurrence> OccurrencesOverlapping(Instant from, Instant until)
    {
        var walk = Between(EarliestStartOfWhatEndsAfter(from), until.CeilingSeconds() - 1);
        while (walk.MoveNext())
        {
            var occurrence = walk.Current;
            if (occurrence.End > from || occurrence.Start >= from)
            {
                yield return occurrence;
            }
        }
    }

    /// <summary>The first occurrence that starts after an instant, or null.</summary>
    public Occurrence? NextAfter(Instant instant) => First(From(instant.Plus(Duration.Epsilon)));

    /// <summary>The first occurrence that starts at or after an instant, or null.</summary>
    public Occurrence? NextAtOrAfter(Instant instant) => First(From(instant));

    /// <summary>The last occurrence that starts at or before an instant, or null.</summary>
    public Occurrence? LastStartingAtOrBefore(Instant instant)
    {
        var high = Math.Min(instant.ToUnixTimeSeconds(), LastPossible);
        var low = FirstPossible;
        if (low > high)
        {
            return null;
        }
        for (var span = _starts?.TypicalGap ?? high - low; high >= low; span *= 4)
        {
            var from = Math.Max(low, span > high - low ? low : high - span);
            if (LastBetween(from, high) is { } found)
            {
                return found;
            }
            if (from == low)
            {
                return null;
            }
            high = from - 1;
        }

        return null;
    }

    /// <summary>The occurrence that is open at an instant, the latest start if several are; null when none is.</summary>
    public Occurrence? OpenAt(Instant instant)
    {
        var last = LastStartingAtOrBefore(instant);
        return last is { } occurrence && occurrence.End > instant ? last : null;
    }

    /// <summary>The rule worked out; null when the recurrence is its start and RDATEs alone.</summary>
    internal RuleStarts? RuleStarts => _starts;

    internal IReadOnlyList<long> RDates => _rdates;

    internal IReadOnlyList<long> ExDates => _exdates;

    /// <summary>
    /// Occurrences that start from one unix second to another, both inclusive; clock changes on the way are written to the log.
    /// </summary>
    internal OccurrenceWalk Between(long from, long to, List<GapEvent>? log = null) =>
        new(_starts?.Between(from, to, log), (_rdates, _exdates), Rules, Length, (from, to));

    /// <summary>The earliest that an occurrence may start which ends after an instant.</summary>
    internal long EarliestStartOfWhatEndsAfter(Instant instant) => instant.ToUnixTimeSeconds() - Length.Longest;

    private long FirstPossible => Math.Min(_starts?.FirstHeld ?? long.MaxValue, _rdates.Count > 0 ? _rdates[0] : long.MaxValue);

    private long LastPossible => Math.Max(_starts?.Last ?? long.MinValue, _rdates.Count > 0 ? _rdates[^1] : long.MinValue);

    private Occurrence? LastBetween(long from, long until)
    {
        Occurrence? last = null;
        for (var walk = Between(from, until); walk.MoveNext();)
        {
            last = walk.Current;
        }
        return last;
    }

    private static Occurrence? First(OccurrenceWalk walk) => walk.MoveNext() ? walk.Current : null;
}
