using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>A recurrence as a caller writes it, unchecked.</summary>
internal sealed record RecurrenceInput
{
    /// <summary>An RRULE value; empty: the start and the rdates alone.</summary>
    public string Recurrence { get; init; } = "";

    /// <summary>An IANA zone; empty: UTC.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>A civil time, or a date for all-day.</summary>
    public string Start { get; init; } = "";

    /// <summary>How long an occurrence is. Unset: a day by the clock when the start is a date, otherwise nothing.</summary>
    public Duration? Duration { get; init; }

    /// <summary>Starts held besides the rule's, in the same form as the start, or with Z.</summary>
    public IReadOnlyList<string> RDates { get; init; } = [];

    /// <summary>Starts not held, matched as instants.</summary>
    public IReadOnlyList<string> ExDates { get; init; } = [];

    public GapPolicy GapPolicy { get; init; }

    public OverlapPolicy OverlapPolicy { get; init; }

    public DurationPolicy DurationPolicy { get; init; }
}

/// <summary>Why an input is refused: the field (<c>exdates[2]</c>) and the reason, which names the part of a rule.</summary>
internal sealed record InputFault(string Field, string Reason)
{
    public override string ToString() => $"{Field}: {Reason}";
}
