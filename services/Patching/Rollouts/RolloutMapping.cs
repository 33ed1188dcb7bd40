using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Patching.Fields;
using Booking = Governance.Windows.V1.Booking;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>Rollouts as messages.</summary>
internal static class RolloutMapping
{
    public static Proto.Rollout ToProto(this StoredRollout stored)
    {
        var rollout = stored.Current;
        return new Proto.Rollout
        {
            Name = stored.Name,
            DisplayName = rollout.Plan.DisplayName,
            Remediations = { rollout.Plan.Remediations },
            ChangeType = Enum.Parse<ChangeType>(rollout.Plan.ChangeType, ignoreCase: true),
            Kind = Enum.Parse<ChangeKind>(rollout.Plan.Kind, ignoreCase: true),
            Stages = { rollout.Stages.Select(stage => ToProto(stage, stored.Answers.GetValueOrDefault(stage.Plan.Id))) },
            BackOut = new Proto.BackOut { Plan = rollout.Plan.BackOut.Plan, Duration = rollout.Plan.BackOut.Duration.ToMessage() },
            Implementer = rollout.Plan.Implementer,
            Requester = rollout.Requester,
            Editors = { rollout.Editors },
            ApprovalsNeeded = rollout.ApprovalsNeeded,
            Approvals = { stored.ToApprovals() },
            Digest = rollout.Digest,
            State = rollout.State.ToProto(),
            Reason = rollout.Reason,
            Due = stored.Due?.ToTimestamp(),
            Severity = stored.Severity,
            CreateTime = stored.CreateTime.ToTimestamp(),
            UpdateTime = stored.UpdateTime.ToTimestamp(),
            Etag = stored.Etag,
            Template = rollout.Plan.Template,
            TemplateDigest = rollout.TemplateDigest,
            Emergency = rollout.Plan.Emergency is { } emergency ? ToProto(emergency, rollout.OverrideUntil) : null,
            Retrospective = rollout.Retrospective is { } review ? ToProto(review) : null,
        };
    }

    public static IEnumerable<Approval> ToApprovals(this StoredRollout stored) => stored.Current.Approvals.Select(approval => new Approval
    {
        Approver = approval.Approver,
        At = approval.At.ToTimestamp(),
        Source = "governance",
        Roles = { stored.ApproverRoles.GetValueOrDefault(approval.Approver, []) },
        Digest = approval.Digest,
        Comment = approval.Comment,
    });

    public static Proto.Rollout.Types.State ToProto(this RolloutState state) => state switch
    {
        RolloutState.Draft => Proto.Rollout.Types.State.Draft,
        RolloutState.AwaitingApproval => Proto.Rollout.Types.State.AwaitingApproval,
        RolloutState.Scheduled => Proto.Rollout.Types.State.Scheduled,
        RolloutState.InProgress => Proto.Rollout.Types.State.InProgress,
        RolloutState.Soaking => Proto.Rollout.Types.State.Soaking,
        RolloutState.Completed => Proto.Rollout.Types.State.Completed,
        RolloutState.BackedOut => Proto.Rollout.Types.State.BackedOut,
        RolloutState.Halted => Proto.Rollout.Types.State.Halted,
        RolloutState.Cancelled => Proto.Rollout.Types.State.Cancelled,
        RolloutState.BackingOut => Proto.Rollout.Types.State.BackingOut,
        _ => throw new InvalidOperationException($"No such state: {state}."),
    };

    public static ChangeOutcome ToProto(this StageOutcome outcome) => outcome switch
    {
        StageOutcome.Successful => ChangeOutcome.Successful,
        StageOutcome.SuccessfulWithIssues => ChangeOutcome.SuccessfulWithIssues,
        StageOutcome.Unsuccessful => ChangeOutcome.Unsuccessful,
        StageOutcome.BackedOut => ChangeOutcome.BackedOut,
        _ => throw new InvalidOperationException($"No such outcome: {outcome}."),
    };

    public static Proto.Stage.Types.Kind ToProto(this StageKind kind) =>
        kind == StageKind.Staging ? Proto.Stage.Types.Kind.Staging : Proto.Stage.Types.Kind.Production;

    public static Proto.Stage.Types.Gate ToProto(this StageGate gate) => gate switch
    {
        StageGate.Automatic => Proto.Stage.Types.Gate.Automatic,
        StageGate.Verification => Proto.Stage.Types.Gate.Verification,
        StageGate.Approval => Proto.Stage.Types.Gate.Approval,
        _ => throw new InvalidOperationException($"No such gate: {gate}."),
    };

    private static Proto.Stage ToProto(RolloutStage stage, StageAnswer? answer) => new()
    {
        Id = stage.Plan.Id,
        Kind = stage.Plan.Kind.ToProto(),
        Components = { stage.Plan.Components },
        Environment = stage.Plan.Environment,
        Duration = stage.Plan.Duration.ToMessage(),
        Soak = stage.Plan.Soak.ToMessage(),
        Gate = stage.Plan.Gate.ToProto(),
        State = ToProto(stage.State),
        Booking = stage.Booking.RequestedAttempt == 0 ? null : ToProto(stage.Booking, answer),
        Verification = stage.Verification is { } verification ? ToProto(verification) : null,
        Started = stage.Started.ToTimestamp(),
        Ended = stage.Ended.ToTimestamp(),
        SoakUntil = stage.SoakUntil.ToTimestamp(),
        StageBackOut = stage.BackOut is { } backOut ? ToProto(backOut) : null,
        SoakShortening = stage.SoakShortening is { } cut
            ? new() { Reason = cut.Reason, Person = cut.Person, At = cut.At.ToTimestamp() }
            : null,
    };

    private static Proto.StageBackOut ToProto(StageBackOut backOut) => new()
    {
        Reason = backOut.Reason,
        Person = backOut.Person,
        Begun = backOut.Begun.ToTimestamp(),
        Ended = backOut.Ended.ToTimestamp(),
        Evidence = backOut.Evidence,
    };

    private static Proto.Emergency ToProto(EmergencyPlan emergency, DateTimeOffset? until) => new()
    {
        Reason = emergency.Reason,
        SkipStagingReason = emergency.SkipStagingReason,
        OverrideFor = emergency.OverrideFor.ToMessage(),
        OverrideUntil = until.ToTimestamp(),
    };

    private static Proto.Retrospective ToProto(Retrospective review) => new()
    {
        Due = review.Due.ToTimestamp(),
        State = review.State switch
        {
            RetrospectiveState.Pending => Proto.Retrospective.Types.State.Pending,
            RetrospectiveState.Approved => Proto.Retrospective.Types.State.Approved,
            RetrospectiveState.Rejected => Proto.Retrospective.Types.State.Rejected,
            RetrospectiveState.Missed => Proto.Retrospective.Types.State.Missed,
            _ => throw new InvalidOperationException($"No such state: {review.State}."),
        },
        Reviewer = review.Reviewer,
        Comment = review.Comment,
        At = review.At.ToTimestamp(),
        Missed = review.Missed,
    };

    private static Proto.Stage.Types.State ToProto(StageState state) => state switch
    {
        StageState.Pending => Proto.Stage.Types.State.Pending,
        StageState.Booking => Proto.Stage.Types.State.Booking,
        StageState.Scheduled => Proto.Stage.Types.State.Scheduled,
        StageState.Unscheduled => Proto.Stage.Types.State.Unscheduled,
        StageState.Starting => Proto.Stage.Types.State.Starting,
        StageState.InProgress => Proto.Stage.Types.State.InProgress,
        StageState.Soaking => Proto.Stage.Types.State.Soaking,
        StageState.AwaitingVerification => Proto.Stage.Types.State.AwaitingVerification,
        StageState.Completed => Proto.Stage.Types.State.Completed,
        StageState.Failed => Proto.Stage.Types.State.Failed,
        StageState.BackedOut => Proto.Stage.Types.State.BackedOut,
        StageState.Cancelled => Proto.Stage.Types.State.Cancelled,
        StageState.BackingOut => Proto.Stage.Types.State.BackingOut,
        _ => throw new InvalidOperationException($"No such state: {state}."),
    };

    private static Proto.StageBooking ToProto(StageBooking booking, StageAnswer? answer) => new()
    {
        Booking = booking.Name,
        State = booking.State,
        PlannedStart = booking.PlannedStart.ToTimestamp(),
        PlannedEnd = booking.PlannedEnd.ToTimestamp(),
        Window = booking.Window,
        Reason = booking.Reason,
        Remedies = { answer is null ? [] : Booking.Parser.ParseFrom(answer.Booking).Remedies },
        Attempt = booking.AnsweredAttempt,
        RequestedAttempt = booking.RequestedAttempt,
    };

    private static Proto.Verification ToProto(StageVerification verification) => new()
    {
        Result = verification.Passed ? Proto.Verification.Types.Result.Passed : Proto.Verification.Types.Result.Failed,
        Evidence = verification.Evidence,
        Comment = verification.Comment,
        Verifier = verification.Verifier,
        At = verification.At.ToTimestamp(),
    };
}
