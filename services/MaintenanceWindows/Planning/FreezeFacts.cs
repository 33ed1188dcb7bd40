using System.Collections.Immutable;
using Governance.Common.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>A freeze as the calendar sees it. Lifted freezes are not in the calendar.</summary>
/// <param name="Name">`freezes/…`.</param>
/// <param name="Reason">Why.</param>
/// <param name="Zone">Its time zone.</param>
/// <param name="Scope">What is frozen.</param>
/// <param name="Occurrences">When.</param>
internal sealed record FreezeFacts(
    string Name, string Reason, DateTimeZone Zone, ScopeFacts Scope, OccurrenceCache Occurrences) : IScoped
{
    /// <summary>What may pass without an override.</summary>
    public ImmutableArray<ExemptionFacts> Exemptions { get; init; } = [];

    /// <summary>The roles that may request an override; null when nobody may.</summary>
    public ImmutableArray<string>? OverrideRoles { get; init; }

    /// <summary>The approved overrides.</summary>
    public ImmutableArray<OverrideFacts> Overrides { get; init; } = [];

    public bool CanBeOverridden => OverrideRoles is not null;

    public bool Exempts(ChangeDemand demand) => Exemptions.Any(exemption => exemption.Passes(demand.Kind, demand.Severity));

    /// <summary>The approved override that lets this change pass the longest; null when there is none.</summary>
    public OverrideFacts? OverrideFor(ChangeDemand demand, string component)
    {
        OverrideFacts? best = null;
        foreach (var one in Overrides)
        {
            if (one.Passes(demand, component) && (best is null || one.ExpireTime > best.ExpireTime)) best = one;
        }
        return best;
    }
}

/// <summary>What may pass a freeze: these kinds, at or above this severity.</summary>
internal sealed record ExemptionFacts(KindSet Kinds, Severity MinimumSeverity)
{
    public bool Passes(ChangeKind kind, Severity severity) => Kinds.Has(kind) && severity >= MinimumSeverity;
}

/// <summary>An approved way through a freeze.</summary>
/// <param name="Name">`freezes/…/overrides/…`.</param>
/// <param name="Components">Exactly these.</param>
/// <param name="Environments">These; all when empty.</param>
/// <param name="Kinds">These kinds.</param>
/// <param name="Change">Only this booking, rollout or outside reference; any when empty.</param>
/// <param name="ExpireTime">Until when, exclusive.</param>
internal sealed record OverrideFacts(
    string Name,
    ImmutableArray<string> Components,
    ImmutableArray<string> Environments,
    KindSet Kinds,
    string Change,
    Instant ExpireTime)
{
    public bool Passes(ChangeDemand demand, string component) =>
        Components.Contains(component)
        && (Environments.IsEmpty || Environments.Contains(demand.Environment))
        && Kinds.Has(demand.Kind)
        && IsFor(demand);

    private bool IsFor(ChangeDemand demand) =>
        Change.Length == 0
        || Change == demand.Change
        || (Change == demand.Booking && demand.Booking.Length > 0)
        || demand.Change.StartsWith(Change + "/", StringComparison.Ordinal);
}
