using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Governance.Patching.Rollouts;
using NodaTime;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Demands;

/// <summary>What open remediations ask of the calendar, and whether its answers let them keep their deadlines.</summary>
internal sealed class DemandFollower : IFollow<PatchingDb>
{
    /// <summary>What a patch takes unless its rollout says otherwise.</summary>
    private static readonly Duration UsualDuration = Duration.FromHours(1);

    public async Task FollowAsync(WriteUnit<PatchingDb> unit, Changes changes, CancellationToken ct)
    {
        var keys = await ConcernedAsync(unit, changes, ct);
        if (keys.Count == 0) return;
        string[] ids = [.. keys.Select(key => key.Id)];
        var demands = (await unit.LoadAsync<SlotDemand>(demand => ids.Contains(demand.Id), ct)).ToDictionary(demand => demand.Id);
        var supplies = (await unit.LoadAsync<SlotSupplyRow>(row => ids.Contains(row.DemandId), ct)).ToDictionary(row => row.DemandId);
        var open = await WaitingAsync(unit, keys, ct);
        foreach (var key in keys)
        {
            var waiting = open[key].ToList();
            var demand = await KeepAsync(unit, key, demands.GetValueOrDefault(key.Id), waiting, ct);
            if (demand is not null && supplies.TryGetValue(key.Id, out var supply)) Feasibilities.Judge(demand, supply, waiting, unit.Now);
        }
    }

    /// <summary>The demands of what remediations were and are, of what moved rollouts carry, and of what was answered.</summary>
    private static async Task<HashSet<DemandKey>> ConcernedAsync(WriteUnit<PatchingDb> unit, Changes changes, CancellationToken ct)
    {
        var keys = changes.Of<Remediation>().SelectMany(change => change.BeforeAndNow(KeyOf)).ToHashSet();
        string[] rollouts = [.. changes.Of<StoredRollout>().Select(change => change.Subject.Id)];
        if (rollouts.Length > 0)
        {
            var carried = await unit.LoadAsync<Remediation>(one => rollouts.Contains(one.RolloutId), ct);
            keys.UnionWith(carried.Where(one => one.IsPending).Select(KeyOf));
        }

        string[] answered = [.. changes.Of<SlotSupplyRow>().Select(change => change.Subject.DemandId)];
        if (answered.Length > 0)
        {
            var asked = await unit.LoadAsync<SlotDemand>(demand => answered.Contains(demand.Id), ct);
            keys.UnionWith(asked.Select(demand => new DemandKey(demand.Component, demand.Environment, demand.Severity)));
        }

        return keys;
    }

    private static DemandKey KeyOf(Remediation one) => new(one.Component, one.Environment, one.Severity);

    /// <summary>All that have no slot yet.</summary>
    private static async Task<ILookup<DemandKey, Remediation>> WaitingAsync(
        WriteUnit<PatchingDb> unit, HashSet<DemandKey> keys, CancellationToken ct)
    {
        var found = new List<Remediation>();
        foreach (var some in keys.GroupBy(key => key.Component).Chunk(500))
        {
            var components = some.Select(keys => keys.Key).ToArray();
            var environments = some.SelectMany(keys => keys).Select(key => key.Environment).Distinct().ToArray();
            found.AddRange(await unit.LoadAsync<Remediation>(
                one => components.Contains(one.Component) && environments.Contains(one.Environment) && one.IsOpen, ct));
        }

        return found.Where(one => one.Status == State.Open).ToLookup(KeyOf);
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
