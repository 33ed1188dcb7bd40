using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using NodaTime;
using ClosedBy = Governance.Patching.V1.Remediation.Types.ClosedBy;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Rollouts;

/// <summary>
/// A rollout asks for slots, its remediations follow it, and by when it is due follows from them. One that is over is changed by its own
/// verbs only, whatever becomes of what it carried.
/// </summary>
internal sealed class RolloutFollower : IFollow<PatchingDb>
{
    public async Task FollowAsync(WriteUnit<PatchingDb> unit, Changes changes, CancellationToken ct)
    {
        var moved = changes.Of<StoredRollout>().Select(change => change.Subject.Id).ToHashSet();
        var carrying = changes.Of<Remediation>().SelectMany(change => change.BeforeAndNow(one => one.RolloutId)).Where(id => id.Length > 0);
        foreach (var ids in moved.Union(carrying).ToList().Chunk(500))
        {
            var carried = (await unit.LoadAsync<Remediation>(one => ids.Contains(one.RolloutId), ct)).ToLookup(one => one.RolloutId);
            foreach (var stored in await unit.LoadAsync<StoredRollout>(one => ids.Contains(one.Id), ct))
            {
                if (moved.Contains(stored.Id) || !stored.Current.IsOver) await FollowAsync(unit, stored, [.. carried[stored.Id]], ct);
            }
        }
    }

    private static async Task FollowAsync(
        WriteUnit<PatchingDb> unit, StoredRollout stored, IReadOnlyCollection<Remediation> carried, CancellationToken ct)
    {
        var open = carried.Where(one => one.IsOpen).ToList();
        var pending = carried.Where(one => one.IsPending).ToList();
        var undone = carried.Where(one => IsUndone(stored, one)).ToList();
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
    }

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
