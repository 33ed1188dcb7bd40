using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// An RRULE value of RFC 5545 §3.3.10 as written, checked by itself. What it means depends on a start and a zone:
/// see <see cref="RecurrenceSet"/>. Lists are sorted and without repetitions; an empty list means the part is absent.
/// </summary>
internal sealed record RecurrenceRule
{
    public required Frequency Frequency { get; init; }

    /// <summary>1 when unset.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How many instances; EXDATE does not give them back.</summary>
    public int? Count { get; init; }

    /// <summary>The last moment at which an instance may start, inclusive.</summary>
    public CivilTime? Until { get; init; }

    /// <summary>0 to 59; a written 60 is held as 59 (RFC 5545 §3.3.12).</summary>
    public ImmutableArray<int> BySecond { get; init; } = [];

    public ImmutableArray<int> ByMinute { get; init; } = [];

    public ImmutableArray<int> ByHour { get; init; } = [];

    public ImmutableArray<WeekdayOrdinal> ByDay { get; init; } = [];

    public ImmutableArray<int> ByMonthDay { get; init; } = [];

    public ImmutableArray<int> ByYearDay { get; init; } = [];

    public ImmutableArray<int> ByWeekNo { get; init; } = [];

    public ImmutableArray<int> ByMonth { get; init; } = [];

    public ImmutableArray<int> BySetPos { get; init; } = [];

    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>Whether periods are shorter than a day, so that they are counted in elapsed time.</summary>
    public bool IsSubDaily => Frequency < Frequency.Daily;

    /// <summary>Reads a rule, with or without <c>RRULE:</c>; otherwise all faults, each naming its part.</summary>
    public static bool TryParse(string text, out RecurrenceRule? rule, out IReadOnlyList<RuleFault> faults)
    {
        var parser = new RuleParser();
        rule = parser.Parse(text);
        faults = parser.Faults;
        return rule is not null;
    }

    /// <summary>The canonical text: parts in RFC 5545's order, lists sorted, defaults left out.</summary>
    public override string ToString() => RuleText.Format(this);
}
