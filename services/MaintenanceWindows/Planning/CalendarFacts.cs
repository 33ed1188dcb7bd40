using Governance.MaintenanceWindows.ChangePolicies;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.ProviderMaintenances;
using Governance.MaintenanceWindows.Recurrence;
using Governance.MaintenanceWindows.Windows;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Resources as the calendar sees them.</summary>
internal static class CalendarFacts
{
    /// <summary>Freezes are few and seldom: more than the 400 days that a search looks ahead are kept.</summary>
    private static readonly Duration FreezesAhead = Duration.FromDays(460);

    public static WindowFacts Of(Window window)
    {
        var terms = window.Terms;
        var schedule = new WindowSchedule(terms);
        return new(window.Name, schedule.Zone, ScopeFacts.From(
            terms.Scope), KindSet.Of(terms.AllowedKinds), new((from, until) => Ranges(schedule.Overlapping(from, until))))
        {
            Capacity = terms.Capacity,
            Cutoff = terms.Cutoff,
            Notice = terms.NoticePeriod,
            HeldFrom = window.PausedFrom is null ? TimeArithmetic.Earliest : window.PausedUntil ?? TimeArithmetic.Latest,
            MovesDisplaced = !terms.UnschedulesDisplaced,
        };
    }

    public static FreezeFacts Of(Freeze freeze, IEnumerable<Override> approved)
    {
        var terms = freeze.Terms;
        var schedule = new FreezeSchedule(terms);
        return new(freeze.Name, terms.Reason, schedule.Zone, ScopeFacts.From(terms.Scope), Times(schedule))
        {
            Exemptions = [.. terms.Exemptions.Select(one => new ExemptionFacts(KindSet.Of(one.Kinds), one.MinimumSeverity))],
            OverrideRoles = terms.OverridePolicy?.Roles,
            Overrides = [.. approved.Select(Of)],
        };
    }

    /// <summary>Null when it restricts nothing: it is cancelled, deleted, or was over before it began.</summary>
    public static MaintenanceFacts? Of(ProviderMaintenance maintenance)
    {
        var (terms, held) = (maintenance.Terms, maintenance.Held);
        return held is not { } range
            ? null
            : new(maintenance.Name, terms.DisplayName, maintenance.Party, terms.Components, terms.Environments, new(
                range.Start, range.End), !terms.Warns);
    }

    public static PolicyFacts Of(ChangePolicy policy) => new(
        policy.Name,
        ScopeFacts.From(policy.Terms.Scope),
        KindSet.Of(policy.Terms.Kinds),
        policy.Terms.WindowRequired,
        policy.Terms.ApprovalsNeeded);

    public static OverrideFacts Of(Override one) => new(
        one.Name, one.Terms.Components, one.Terms.Environments, KindSet.Of(one.Terms.Kinds), one.Terms.Change, one.Terms.ExpireTime);

    private static OccurrenceCache Times(FreezeSchedule schedule) =>
        schedule.Recurs ? new((from, until) => Ranges(schedule.Overlapping(from, until)), FreezesAhead)
        : schedule.Only is { } only ? OccurrenceCache.Once(new(only.Start, only.End))
        : OccurrenceCache.Fixed([]);

    private static IEnumerable<TimeRange> Ranges(IEnumerable<Occurrence> occurrences) =>
        occurrences.Select(one => new TimeRange(one.Start, one.End));
}
