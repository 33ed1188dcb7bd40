using Governance.BuildingBlocks.Writing;
using Governance.Patching.Demands;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ClosedBy = Governance.Patching.V1.Remediation.Types.ClosedBy;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Rollouts;

/// <summary>What follows from a rollout's change, in the same commit: slots are asked for, remediations follow.</summary>
internal static class RolloutFollowing
{
    public static async Task BecomeAsync(
        this WriteUnit<PatchingDb> unit, StoredRollout stored, Rollout next, string verb, CancellationToken ct)
    {
        stored.Become(next.RequestSlots(unit.Now.ToDateTimeOffset()), verb, unit.Now);
        await unit.SettleAsync(await unit.FollowAsync(stored, await unit.CarriedAsync(stored.Id, ct), ct), ct);
    }

    /// <summary>What became of a rollout's remediations apart from it: by when it is due follows.</summary>
    public static async Task<IReadOnlyCollection<DemandKey>> RefreshAsync(
        this WriteUnit<PatchingDb> unit, string rolloutId, CancellationToken ct) =>
        await unit.Db.Rollouts.FindAsync([rolloutId], ct) is { Current.IsOver: false } stored
            ? await unit.FollowAsync(stored, await unit.CarriedAsync(rolloutId, ct), ct)
            : [];

    /// <summary>Brings its booking requests and its remediations in step with the rollout.</summary>
    /// <returns>The demands that are to be settled.</returns>
    public static async Task<IReadOnlyCollection<DemandKey>> FollowAsync(
        this WriteUnit<PatchingDb> unit, StoredRollout stored, IReadOnlyCollection<Remediation> carried, CancellationToken ct)
    {
        var open = carried.Where(one => one.IsOpen).ToList();
        var pending = carried.Where(one => one.IsPending).ToList();
        var undone = carried.Where(one => IsUndone(stored, one)).ToList();
        var touched = pending.Concat(undone).Select(one => new DemandKey(one.Component, one.Environment, one.Severity)).ToHashSet();
        stored.Serve(
            open.Count == 0 ? stored.Due : open.Min(one => one.Due),
            open.Count == 0 ? stored.Severity : open.Max(one => one.Severity),
            unit.Now);
        await BookingWishes.PublishAsync(unit, stored, DeadlineOf(open, unit.Now), ct);
        foreach (var remediation in undone) remediation.Reopen($"{stored.Name} was rolled back.", unit.Now);
        foreach (var remediation in pending)
        {
            if (stored.Status is RolloutState.Cancelled or RolloutState.BackedOut) remediation.Carry("", unit.Now);
            else if (stored.Status == RolloutState.Completed) remediation.Remediate(ClosedBy.Rollout, EvidenceOf(stored), unit.Now);
            else if (remediation.IsOpen) remediation.Follow(StateOf(stored.Current, remediation), unit.Now);
        }

        return touched;
    }

    private static Task<List<Remediation>> CarriedAsync(this WriteUnit<PatchingDb> unit, string rolloutId, CancellationToken ct) =>
        unit.Db.Remediations.AsTracking().Where(one => one.RolloutId == rolloutId).ToListAsync(ct);

    /// <summary>The earliest due instant that can still be kept. What is late already is to be done as soon as possible.</summary>
    private static Instant? DeadlineOf(List<Remediation> open, Instant now)
    {
        var ahead = open.Select(one => one.Due).Where(due => due > now && due < Remediation.NoDue).ToList();
        return ahead.Count == 0 ? null : ahead.Min();
    }

    /// <summary>What this rollout remedied, and no longer does.</summary>
    private static bool IsUndone(StoredRollout stored, Remediation remediation) =>
        remediation.Status == State.Remediated
        && remediation.Body.ClosedBy == ClosedBy.Rollout
        && stored.Current.IsUndone(remediation.Component, remediation.Environment);

    private static State StateOf(Rollout rollout, Remediation remediation)
    {
        if (rollout.IsUndone(remediation.Component, remediation.Environment)) return State.Open;
        if (rollout.Stages.Any(stage => stage.HasBegun)) return State.InProgress;
        return rollout.Stages.All(stage => stage.State == StageState.Scheduled) ? State.Scheduled : State.Open;
    }

    private static string EvidenceOf(StoredRollout stored)
    {
        var verified = stored.Current.Stages.Where(stage => stage.Verification is not null)
            .Select(stage => $" {stage.Plan.Id} verified by {stage.Verification!.Verifier}: {stage.Verification.Evidence}");
        return $"{stored.Name} was completed.{string.Concat(verified)}";
    }
}
