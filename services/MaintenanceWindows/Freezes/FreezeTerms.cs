using System.Collections.Immutable;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>What people decide about a freeze: checked by itself, replaced as a whole.</summary>
internal sealed record FreezeTerms
{
    public string DisplayName { get; init; } = "";

    public Scope Scope { get; init; } = new();

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Civil time or date (midnight), inclusive.</summary>
    public required string Start { get; init; }

    /// <summary>Civil time or date (midnight), exclusive; empty when <see cref="Duration"/> says it.</summary>
    public string End { get; init; } = "";

    /// <summary>Elapsed time; null when <see cref="End"/> says it.</summary>
    public Duration? Duration { get; init; }

    /// <summary>An RRULE value; empty when it holds once.</summary>
    public string Recurrence { get; init; } = "";

    /// <summary>Civil times held besides the rule's.</summary>
    public ImmutableArray<string> Rdates { get; init; } = [];

    /// <summary>Civil starts not held.</summary>
    public ImmutableArray<string> Exdates { get; init; } = [];

    public required string Reason { get; init; }

    /// <summary>What may pass without an override.</summary>
    public ImmutableArray<FreezeExemption> Exemptions { get; init; } = [];

    /// <summary>Null: nobody may let anything pass.</summary>
    public OverridePolicy? OverridePolicy { get; init; }

    /// <summary>An end by the clock keeps its local time at every occurrence; a duration is elapsed time.</summary>
    public RecurrenceInput ToInput() => new()
    {
        Recurrence = Recurrence,
        TimeZone = TimeZone,
        Start = Start,
        Duration = Duration ?? LengthByTheClock(),
        RDates = Rdates,
        ExDates = Exdates,
        DurationPolicy = Duration is null ? DurationPolicy.WallClock : DurationPolicy.Exact,
    };

    private Duration? LengthByTheClock() =>
        CivilTime.TryParse(Start, out var start, out _) && CivilTime.TryParse(End, out var end, out _)
            ? NodaTime.Duration.FromSeconds(end.Seconds - start.Seconds)
            : null;
}

/// <summary>What may pass: these kinds (none: all) from this severity on.</summary>
internal sealed record FreezeExemption(ImmutableArray<ChangeKind> Kinds, Severity MinimumSeverity);

/// <summary>Who may request an override (no role: everyone who may write), and how many approvals it needs.</summary>
internal sealed record OverridePolicy(ImmutableArray<string> Roles, int ApprovalsNeeded);
