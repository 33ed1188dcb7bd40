using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Demands;

/// <summary>Keeps demands in step with the remediations that a write touched, and judges these by what the calendar said.</summary>
internal static class SlotDemands
{
    /// <summary>What a patch takes unless its rollout says otherwise.</summary>
    public static readonly Duration UsualDuration = Duration.FromHours(1);

    public static async Task SettleAsync(this WriteUnit<PatchingDb> unit, IReadOnlyCollection<DemandKey> touched, CancellationToken ct)
    {
        if (touched.Count == 0) return;
        var ids = touched.Select(key => key.Id).ToArray();
        var demands =
            await unit.Db.SlotDemands.AsTracking().Where(demand => ids.Contains(demand.Id)).ToDictionaryAsync(demand => demand.Id, ct);
        var supplies = await unit.Db.SlotSupplies.AsNoTracking().Where(supply => ids.Contains(supply.DemandId)).ToDictionaryAsync(
            supply => supply.DemandId, ct);
        var open = await unit.WaitingAsync(touched, ct);
        foreach (var key in touched)
        {
            var waiting = open[key].ToList();
            var demand = await KeepAsync(unit, key, demands.GetValueOrDefault(key.Id), waiting, ct);
            if (demand is not null && supplies.TryGetValue(key.Id, out var supply)) Feasibilities.Judge(demand, supply, waiting, unit.Now);
        }
    }

    /// <summary>All that have no slot yet, of many places at once: asking the tracker costs as much for one place as for all.</summary>
    private static async Task<ILookup<DemandKey, Remediation>> WaitingAsync(
        this WriteUnit<PatchingDb> unit, IReadOnlyCollection<DemandKey> touched, CancellationToken ct)
    {
        foreach (var some in touched.GroupBy(key => key.Component).Chunk(500))
        {
            var components = some.Select(keys => keys.Key).ToArray();
            var environments = some.SelectMany(keys => keys).Select(key => key.Environment).Distinct().ToArray();
            await unit.Db.Remediations.AsTracking()
                .Where(remediation =>
                    components.Contains(remediation.Component) && environments.Contains(remediation.Environment) && remediation.IsOpen)
                .LoadAsync(ct);
        }

        return unit.Db.Remediations.Local.Where(remediation => remediation.Status == V1.Remediation.Types.State.Open)
            .ToLookup(remediation => new DemandKey(remediation.Component, remediation.Environment, remediation.Severity));
    }

    /// <summary>The remediations of a place that have no slot yet, those of this write included.</summary>
    public static async Task<List<Remediation>> WaitingAsync(
        this WriteUnit<PatchingDb> unit, string component, string environment, CancellationToken ct)
    {
        await unit.Db.Remediations.AsTracking()
            .Where(remediation => remediation.Component == component && remediation.Environment == environment && remediation.IsOpen)
            .LoadAsync(ct);
        return
        [
            .. unit.Db.Remediations.Local.Where(remediation =>
                remediation.Component == component
                    && remediation.Environment == environment
                    && remediation.Status == V1.Remediation.Types.State.Open),
        ];
    }

    private static async Task<SlotDemand?> KeepAsync(
        WriteUnit<PatchingDb> unit, DemandKey key, SlotDemand? demand, List<Remediation> waiting, CancellationToken ct)
    {
        if (waiting.Count == 0)
        {
            if (demand is not null) unit.Db.Remove(demand);
            return null;
        }

        var due = EarliestDue(waiting, unit.Now);
        var duration = await LongestAsync(unit.Db, key, waiting, ct);
        if (demand is not null)
        {
            demand.Ask(duration, due, unit.Now);
            return demand;
        }

        await unit.AddAsync(SlotDemand.Create(key, duration, due, unit.Now), ct);
        return null;
    }

    /// <summary>What is late already can be kept by no slot: it does not hide whether the others can.</summary>
    private static Instant EarliestDue(List<Remediation> waiting, Instant now) =>
        waiting.Select(remediation => remediation.Due)
            .Where(due => due > now)
            .DefaultIfEmpty(waiting.Min(remediation => remediation.Due))
            .Min();

    private static async Task<Duration> LongestAsync(PatchingDb db, DemandKey key, List<Remediation> waiting, CancellationToken ct)
    {
        var longest = UsualDuration;
        foreach (var id in waiting.Select(remediation => remediation.RolloutId).Where(id => id.Length > 0).Distinct())
        {
            var rollout = await db.Rollouts.FindAsync([id], ct);
            foreach (var stage in rollout?.Current.Plan.Stages ?? [])
            {
                if (stage.Environment == key.Environment && stage.Components.Contains(key.Component))
                {
                    longest = Duration.Max(longest, Duration.FromTimeSpan(stage.Duration));
                }
            }
        }

        return longest;
    }
}
