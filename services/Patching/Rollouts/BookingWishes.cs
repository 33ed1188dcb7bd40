using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Patching.Fields;
using Governance.Patching.Persistence;
using NodaTime;
using Proto = Governance.Patching.V1;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.Patching.Rollouts;

/// <summary>Tells MaintenanceWindows what each stage wants. Every new wish has a higher attempt; the same one is told once.</summary>
internal static class BookingWishes
{
    public static async Task PublishAsync(WriteUnit<PatchingDb> unit, StoredRollout stored, Instant? deadline, CancellationToken ct)
    {
        var wishes = stored.Current.Stages.Where(stage => stage.Booking.RequestedAttempt > 0).ToList();
        if (wishes.Count == 0) return;
        var known = (await unit.LoadAsync<BookingRequest>(one => one.RolloutId == stored.Id, ct)).ToDictionary(one => one.StageId);
        foreach (var stage in wishes)
        {
            if (!known.TryGetValue(stage.Plan.Id, out var request))
            {
                request = BookingRequest.Create(stored.Id, stage.Plan.Id);
                request.Want(Wish(stored, stage, deadline), unit.Now);
                await unit.AddAsync(request, ct);
            }
            else if (request.Body.Attempt < stage.Booking.RequestedAttempt)
            {
                request.Want(Wish(stored, stage, deadline), unit.Now);
            }
        }
    }

    private static Proto.BookingRequest Wish(StoredRollout stored, RolloutStage stage, Instant? deadline)
    {
        var (rollout, plan) = (stored.Current, stored.Current.Plan);
        var wanted = WantedOf(stage);
        return new Proto.BookingRequest
        {
            Stage = $"{stored.Name}/stages/{stage.Plan.Id}",
            Rollout = stored.Name,
            Attempt = stage.Booking.RequestedAttempt,
            Wanted = wanted,
            Components = { stage.Plan.Components },
            Environment = stage.Plan.Environment,
            Kind = Enum.Parse<ChangeKind>(plan.Kind, ignoreCase: true),
            ChangeType = Enum.Parse<ChangeType>(plan.ChangeType, ignoreCase: true),
            Severity = stored.Severity,
            Duration = stage.Plan.Duration.ToMessage(),
            BackOutReserve = plan.BackOut.Duration.ToMessage(),
            RolloutTail = rollout.TailAfter(stage.Plan.Id).ToMessage(),
            NotBefore = stage.Booking.NotBefore.ToTimestamp(),
            Deadline = deadline?.ToTimestamp(),
            Requester = rollout.Requester,
            Implementer = plan.Implementer,
            Approvals = { stored.ToApprovals() },
            DisplayName = $"{(plan.DisplayName.Length > 0 ? plan.DisplayName : stored.Name)}: {stage.Plan.Id}",
            Outcome = stage.Outcome?.ToProto() ?? ChangeOutcome.Unspecified,
            Reason = wanted is Wanted.Completed or Wanted.Cancelled ? rollout.Reason : "",
            EmergencyOverride = OverrideOf(rollout),
        };
    }

    /// <summary>One decision settled both: what approved the rollout approved that it passes freezes.</summary>
    private static Proto.EmergencyOverride? OverrideOf(
        Rollout rollout) => rollout is { Plan.Emergency: { } emergency, OverrideUntil: { } until }
        ? new Proto.EmergencyOverride { Reason = emergency.Reason, ExpireTime = until.ToTimestamp(), Digest = rollout.Digest }
        : null;

    private static Wanted WantedOf(RolloutStage stage) => stage switch
    {
        { State: StageState.Cancelled } => Wanted.Cancelled,
        { Ended: not null } => Wanted.Completed,
        { HasBegun: true } => Wanted.Started,
        _ => Wanted.Booked,
    };
}
