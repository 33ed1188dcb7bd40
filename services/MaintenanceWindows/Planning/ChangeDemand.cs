using System.Collections.Immutable;
using Governance.Common.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>A change that wants its time.</summary>
internal sealed record ChangeDemand
{
    /// <summary>`components/…`, at least one.</summary>
    public required ImmutableArray<string> Components { get; init; }

    public required string Environment { get; init; }

    public required ChangeKind Kind { get; init; }

    public ChangeType Type { get; init; } = ChangeType.Normal;

    /// <summary>Of what it remedies; unspecified for a release.</summary>
    public Severity Severity { get; init; }

    /// <summary>Zero judges the start only.</summary>
    public Duration Duration { get; init; }

    /// <summary>Kept after it to back it out.</summary>
    public Duration Reserve { get; init; }

    /// <summary>What its rollout still needs after its end; no freeze may start before that is over.</summary>
    public Duration Tail { get; init; }

    public bool Exclusive { get; init; }

    /// <summary>`parties/…`, `users/…` or empty.</summary>
    public string Implementer { get; init; } = "";

    /// <summary>The caller's own booking, which is not in its own way; or empty.</summary>
    public string Booking { get; init; } = "";

    /// <summary>`rollouts/…/stages/…`, an outside reference, or empty.</summary>
    public string Change { get; init; } = "";

    /// <summary>Who approved it, each once.</summary>
    public ImmutableArray<string> Approvers { get; init; } = [];

    /// <summary>The change itself, a moment at least.</summary>
    public Duration Work => Duration > Duration.Zero ? Duration : Duration.Epsilon;

    /// <summary>The time in which it must not meet others: work and reserve.</summary>
    public Duration Footprint => Work + Reserve;
}
