using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Fields;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <content>What moves them.</content>
internal sealed partial class RolloutsService
{
    private const string ApprovePermission = "patching.approve";

    public override Task<Proto.Rollout> SubmitRollout(SubmitRolloutRequest request, ServerCallContext context) =>
        ChangeRollout(request, request.Name, request.Etag, context, async (stored, unit, ct) =>
        {
            await RolloutCargo.LoadAsync(unit.Db, stored.Id, stored.Current.Plan, ct);
            unit.Record(stored.Name, Duty.Requested);
            var submitted = stored.Current.Plan.ChangeType == RolloutPlan.Standard
                ? stored.Current.SubmitPreApproved(await PreApproval.DemandAsync(unit.Db, stored.Current, stored.Severity, ct))
                : stored.Current.Submit();
            stored.Step(submitted, "SUBMITTED", unit.Now);
        });

    public override Task<Proto.Rollout> ApproveRollout(ApproveRolloutRequest request, ServerCallContext context) =>
        ChangeRollout(request, request.Name, request.Etag, context, async (stored, unit, ct) =>
        {
            new FieldFaults().Length(request.Comment, Texts.Longest, "comment").ThrowIfAny();
            SeparationOfDuties.DemandMayApprove(unit.Caller, context.Permission(), stored.ToApprovalRecord());
            Digests.DemandRead(stored.Name, stored.Current.Digest, request.Digest);
            var facts = await unit.Db.FactsAsync(stored.Current.Plan.AllComponents(), ct);
            var needed = ApprovalRule.Needed(stored.Current.Plan, name => facts[name].Tier);
            unit.Because(request.Comment);
            unit.Record(stored.Name, Duty.Approved);
            var approved = stored.Current.Approve(unit.Caller.Person, request.Comment, unit.Now.ToDateTimeOffset(), needed);
            stored.ApprovedBy(unit.Caller.Person, unit.Caller.RolesFor(context.Permission()));
            stored.Step(approved, "APPROVED", unit.Now);
        });

    public override Task<Proto.Rollout> RejectRollout(RejectRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "REJECTED", context, (rollout, unit) =>
        {
            Texts.Demand(request.Reason, "reason", required: true);
            SeparationOfDuties.DemandMayApprove(
                unit.Caller, context.Permission(), new Common.V1.ApprovalRecord { Resource = request.Name });
            return rollout.Reject(request.Reason);
        });

    public override Task<Proto.Rollout> HoldRollout(HoldRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "HELD", context, (rollout, _) =>
        {
            Texts.Demand(request.Reason, "reason", required: true);
            return rollout.Hold(request.Reason);
        });

    public override Task<Proto.Rollout> ResumeRollout(ResumeRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "RESUMED", context, (rollout, _) => rollout.Resume());

    public override Task<Proto.Rollout> VerifyRollout(VerifyRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "VERIFIED", context, (rollout, unit) =>
        {
            var given = request.Verification ?? new Proto.Verification();
            var faults = new FieldFaults().Required(request.Verification, "verification").Required(given.Evidence, "verification.evidence")
                .Length(given.Evidence, Texts.Longest, "verification.evidence").Length(
                    given.Comment, Texts.Longest, "verification.comment");
            faults.Check(
                given.Result is Proto.Verification.Types.Result.Passed or Proto.Verification.Types.Result.Failed,
                "verification.result", "PASSED or FAILED is required.", "REQUIRED");
            faults.ThrowIfAny();
            var stage = request.Stage.Length > 0 ? request.Stage : LastEnded(rollout);
            var passed = given.Result == Proto.Verification.Types.Result.Passed;
            var isApprover = !unit.Caller.IsKey && unit.Caller.Holds(ApprovePermission);
            return rollout.Verify(
                stage,
                new StageVerification(passed, given.Evidence, given.Comment, unit.Caller.Responsible, unit.Now.ToDateTimeOffset()),
                isApprover);
        });

    public override Task<Proto.Rollout> AdvanceRollout(AdvanceRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "ADVANCED", context, (rollout, unit) =>
        {
            var faults = new FieldFaults();
            var outcome = faults.Outcome(request.Outcome, "outcome");
            faults.Check(
                request.Reason.Length == 0 || request.Reason.Trim().Length is >= EmergencyPlan.ShortestReason and <= Texts.Longest,
                "reason", $"Must have {EmergencyPlan.ShortestReason} to {Texts.Longest} characters.", "REASON_TOO_SHORT");
            faults.ThrowIfAny();
            return Advance(rollout, request, outcome, unit);
        });

    public override Task<Proto.Rollout> RollBackRollout(RollBackRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "ROLLED_BACK", context, (rollout, unit) =>
        {
            new FieldFaults().Length(request.Reason, Texts.Longest, "reason").Length(request.Evidence, Texts.Longest, "evidence")
                .Check(!request.All || request.Stages.Count == 0, "all", "Excludes `stages`.", "EXCLUSIVE")
                .ThrowIfAny();
            var stages = request.All ? rollout.Stages.Where(stage => stage.CanBackOut).Select(stage => stage.Plan.Id) : request.Stages;
            return rollout.RollBack(
                [.. stages.Distinct()], request.Reason, request.Evidence, unit.Caller.Responsible, unit.Now.ToDateTimeOffset());
        });

    public override Task<Proto.Rollout> ReviewRollout(ReviewRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "REVIEWED", context, (rollout, unit) =>
        {
            Texts.Demand(request.Comment, "comment", required: true);
            SeparationOfDuties.DemandMayApprove(
                unit.Caller, context.Permission(), new Common.V1.ApprovalRecord { Resource = request.Name });
            unit.Because(request.Comment);
            unit.Record(request.Name, Duty.Approved);
            return rollout.Review(unit.Caller.Person, request.Approved, request.Comment, unit.Now.ToDateTimeOffset());
        });

    public override Task<Proto.Rollout> CancelRollout(CancelRolloutRequest request, ServerCallContext context) =>
        StepRollout(request, request.Name, request.Etag, "CANCELLED", context, (rollout, _) =>
        {
            Texts.Demand(request.Reason, "reason", required: false);
            return rollout.Cancel(request.Reason);
        });

    private Task<Proto.Rollout> StepRollout(
        IMessage request,
        string name,
        string etag,
        string verb,
        ServerCallContext context,
        Func<Rollout, WriteUnit<PatchingDb>, Rollout> step) =>
        ChangeRollout(request, name, etag, context, (stored, unit, _) =>
        {
            stored.Step(step(stored.Current, unit), verb, unit.Now);
            return Task.CompletedTask;
        });

    /// <summary>The next step: start what has its slot, end what is under way, ask again for what has none.</summary>
    private static Rollout Advance(Rollout rollout, AdvanceRolloutRequest request, StageOutcome outcome, WriteUnit unit)
    {
        var stage = request.Stage.Length > 0 ? rollout.Stage(request.Stage) : rollout.Current;
        if (stage is null) throw new RuleViolation("ROLLOUT_OVER", $"{rollout.Name} is done.", ("rollout", rollout.Name));
        var id = stage.Plan.Id;
        return stage.State switch
        {
            StageState.InProgress => rollout.End(id, outcome, unit.Now.ToDateTimeOffset()),
            StageState.Soaking when request.Reason.Length > 0 =>
                rollout.ShortenSoak(id, new SoakShortening(request.Reason, unit.Caller.Responsible, unit.Now.ToDateTimeOffset())),
            StageState.Unscheduled => rollout.RequestAgain(id),
            StageState.Soaking or StageState.AwaitingVerification => throw new RuleViolation(
                "STAGE_BEING_WATCHED",
                stage.State == StageState.Soaking
                    ? $"Stage '{id}' is watched until {stage.SoakUntil:u}."
                    : $"Stage '{id}' waits for its verification.",
                ("rollout", rollout.Name), ("stage", id)),
            StageState.BackingOut => throw new RuleViolation(
                "STAGE_BACKING_OUT",
                $"Stage '{id}' is being undone: end that by rolling it back with evidence.",
                ("rollout", rollout.Name),
                ("stage", id)),
            _ => rollout.RequestStart(id),
        };
    }

    private static string LastEnded(Rollout rollout) =>
        rollout.Stages.LastOrDefault(stage => stage.Ended is not null)?.Plan.Id
        ?? throw new RuleViolation(
            "STAGE_NOT_ENDED", $"No stage of {rollout.Name} has ended: there is nothing to verify.", ("rollout", rollout.Name));
}
