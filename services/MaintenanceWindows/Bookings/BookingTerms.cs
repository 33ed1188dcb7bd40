using System.Collections.Immutable;
using Governance.Common.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>What is asked for: the change and its limits in time.</summary>
internal sealed record BookingTerms
{
    public string DisplayName { get; init; } = "";

    /// <summary><c>rollouts/…/stages/…</c> or an outside reference.</summary>
    public string Change { get; init; } = "";

    public string ChangeUrl { get; init; } = "";

    public ChangeType ChangeType { get; init; } = ChangeType.Normal;

    /// <summary><c>components/…</c>, at least one.</summary>
    public ImmutableArray<string> Components { get; init; } = [];

    public string Environment { get; init; } = "";

    public ChangeKind Kind { get; init; }

    /// <summary>Of what it remedies; unspecified for a release.</summary>
    public Severity Severity { get; init; }

    /// <summary><c>parties/…</c>, <c>users/…</c> or empty.</summary>
    public string Implementer { get; init; } = "";

    public Duration Duration { get; init; }

    public Duration BackOutReserve { get; init; }

    /// <summary>What its rollout still needs after its end.</summary>
    public Duration RolloutTail { get; init; }

    public bool Exclusive { get; init; }

    public Instant? NotBefore { get; init; }

    /// <summary>It ends at or before this instant.</summary>
    public Instant? Deadline { get; init; }

    /// <summary>The recorded change that it backs out, or empty.</summary>
    public string BacksOut { get; init; } = "";

    public Instant? CommitTime { get; init; }
}
