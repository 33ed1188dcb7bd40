using System.Collections.Immutable;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>What people decide about a window: checked by itself, replaced as a whole.</summary>
internal sealed record WindowTerms
{
    public string DisplayName { get; init; } = "";

    /// <summary><c>parties/…</c>, <c>users/…</c> or empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Civil time of the first occurrence, <c>2026-01-13T22:00:00</c>.</summary>
    public required string Start { get; init; }

    public required Duration Duration { get; init; }

    public DurationPolicy DurationPolicy { get; init; }

    /// <summary>An RRULE value; empty when it is held once.</summary>
    public string Recurrence { get; init; } = "";

    /// <summary>Civil times held besides the rule's.</summary>
    public ImmutableArray<string> Rdates { get; init; } = [];

    /// <summary>Civil starts not held.</summary>
    public ImmutableArray<string> Exdates { get; init; } = [];

    public GapPolicy GapPolicy { get; init; }

    public OverlapPolicy OverlapPolicy { get; init; }

    public Scope Scope { get; init; } = new();

    /// <summary>Empty: all kinds.</summary>
    public ImmutableArray<ChangeKind> AllowedKinds { get; init; } = [];

    /// <summary>Changes at once; null is unlimited.</summary>
    public int? Capacity { get; init; }

    public Duration Cutoff { get; init; }

    public Duration NoticePeriod { get; init; }

    /// <summary>Occurrences start on or after this local date.</summary>
    public LocalDate? EffectiveFrom { get; init; }

    /// <summary>Occurrences start on or before this local date.</summary>
    public LocalDate? EffectiveUntil { get; init; }

    /// <summary>Whether bookings that no longer fit are unscheduled at once instead of moved.</summary>
    public bool UnschedulesDisplaced { get; init; }

    public RecurrenceInput ToInput() => new()
    {
        Recurrence = Recurrence,
        TimeZone = TimeZone,
        Start = Start,
        Duration = Duration,
        RDates = Rdates,
        ExDates = Exdates,
        GapPolicy = GapPolicy,
        OverlapPolicy = OverlapPolicy,
        DurationPolicy = DurationPolicy,
    };
}
