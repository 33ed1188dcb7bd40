using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Rollouts;

/// <summary>The remediations that a rollout carries.</summary>
internal static class RolloutCargo
{
    /// <summary>The plan's remediations; refused where one is not there, not open, in another rollout, or in no stage.</summary>
    public static async Task<List<Remediation>> LoadAsync(PatchingDb db, string rolloutId, RolloutPlan plan, CancellationToken ct)
    {
        var ids = plan.Remediations.Select(name => name["remediations/".Length..]).ToArray();
        var found = await db.Remediations.AsTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        var faults = new FieldFaults();
        for (var i = 0; i < ids.Length; i++)
        {
            var field = $"rollout.remediations[{i}]";
            if (!found.TryGetValue(ids[i], out var remediation))
            {
                faults.Add(field, $"There is no remediations/{ids[i]}.", "UNKNOWN_REMEDIATION");
            }
            else
            {
                Check(faults, remediation, rolloutId, plan, field);
            }
        }

        faults.ThrowIfAny();
        return [.. ids.Select(id => found[id])];
    }

    /// <summary>Links them, lets go of those that the plan no longer has, and keeps the rollout's index of components.</summary>
    public static async Task CarryAsync(WriteUnit<PatchingDb> unit, StoredRollout stored, List<Remediation> carried, CancellationToken ct)
    {
        var before = await unit.Db.Remediations.AsTracking().Where(one => one.RolloutId == stored.Id).ToListAsync(ct);
        foreach (var remediation in before.Except(carried)) remediation.Carry("", unit.Now);
        foreach (var remediation in carried) remediation.Carry(stored.Name, unit.Now);
        var rows = await unit.Db.RolloutComponents.AsTracking().Where(row => row.RolloutId == stored.Id).ToListAsync(ct);
        var wanted = stored.Current.Plan.Stages.SelectMany(stage => stage.Components).ToHashSet();
        unit.Db.RemoveRange(rows.Where(row => !wanted.Remove(row.Component)));
        unit.Db.AddRange(wanted.Select(component => new RolloutComponentRow { RolloutId = stored.Id, Component = component }));
    }

    private static void Check(FieldFaults faults, Remediation remediation, string rolloutId, RolloutPlan plan, string field)
    {
        if (!remediation.IsPending)
        {
            faults.Add(field, $"{remediation.Name} is {remediation.Status.ToString().ToUpperInvariant()}.", "NOT_OPEN");
        }
        else if (remediation.RolloutId.Length > 0 && remediation.RolloutId != rolloutId)
        {
            faults.Add(field, $"{remediation.Name} is carried by rollouts/{remediation.RolloutId} already.", "IN_ANOTHER_ROLLOUT");
        }
        if (!plan.Stages.Any(stage => stage.Environment == remediation.Environment && stage.Components.Contains(remediation.Component)))
        {
            faults.Add(field, $"No stage changes {remediation.Component} in {remediation.Environment}.", "NOT_COVERED");
        }
    }
}
