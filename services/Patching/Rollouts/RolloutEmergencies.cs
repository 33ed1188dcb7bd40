using Governance.BuildingBlocks.Security;

namespace Governance.Patching.Rollouts;

internal enum RetrospectiveState
{
    Pending,

    /// <summary>It was right to act as an emergency.</summary>
    Approved,

    /// <summary>It was not.</summary>
    Rejected,

    /// <summary>Not reviewed before it was due, and not since.</summary>
    Missed,
}

/// <summary>The review of an EMERGENCY afterwards.</summary>
/// <param name="Due">To be reviewed before this instant.</param>
internal sealed record Retrospective(DateTimeOffset Due)
{
    public RetrospectiveState State { get; init; }

    /// <summary>Empty before it was reviewed.</summary>
    public string Reviewer { get; init; } = "";

    public string Comment { get; init; } = "";

    public DateTimeOffset? At { get; init; }

    /// <summary>Not reviewed in time: a violation that a late review does not take back.</summary>
    public bool Missed { get; init; }
}

/// <content>What an EMERGENCY may, and owes afterwards.</content>
internal sealed partial record Rollout
{
    /// <summary>When time alone changes it next: a soak ends, a review is due; null: never.</summary>
    public DateTimeOffset? NextMoment
    {
        get
        {
            var soaks = IsOver ? [] : Stages.Where(stage => stage.State == StageState.Soaking).Select(stage => stage.SoakUntil);
            return soaks.Append(Retrospective is { State: RetrospectiveState.Pending } review ? review.Due : null).Min();
        }
    }

    /// <summary>Ends a soak before its time; the gate still holds.</summary>
    public Rollout ShortenSoak(string stageId, SoakShortening shortening)
    {
        var stage = Stage(stageId);
        Require(Plan.IsEmergency, "NOT_AN_EMERGENCY", "Only an EMERGENCY may shorten a soak.", ("stage", stageId));
        Require(
            !IsOver && stage.State == StageState.Soaking, "STAGE_NOT_SOAKING", $"Stage '{stageId}' is {stage.State}.", ("stage", stageId));
        return With(stage with { SoakUntil = shortening.At, SoakShortening = shortening }).DueForReview().Elapse(shortening.At);
    }

    /// <summary>The review afterwards, by somebody who had no hand in it.</summary>
    public Rollout Review(string reviewer, bool approved, string comment, DateTimeOffset now)
    {
        if (Retrospective is not { } review)
        {
            Require(false, "NOTHING_TO_REVIEW", "Only an EMERGENCY is reviewed, once one of its stages has ended.");
            return this;
        }

        Require(IsOver, "ROLLOUT_NOT_OVER", "It is reviewed once it is completed, backed out or cancelled.");
        Require(review.At is null, "REVIEWED_ALREADY", $"{review.Reviewer} reviewed it already.", ("person", review.Reviewer));
        var involvement = ApprovalRule.Involvement(this, reviewer)
            ?? (Approvals.Any(approval => SeparationOfDuties.IsSame(approval.Approver, reviewer)) ? "approved" : null);
        Require(
            involvement is null,
            "SELF_APPROVAL",
            $"{reviewer} {involvement} it and so cannot review it.",
            ("person", reviewer),
            ("duty", involvement ?? ""));
        return this with
        {
            Retrospective = review with
            {
                State = approved ? RetrospectiveState.Approved : RetrospectiveState.Rejected,
                Reviewer = reviewer,
                Comment = comment,
                At = now,
                Missed = review.Missed || review.Due <= now,
            },
        };
    }

    /// <summary>The review is due some time after the last stage: each further one moves it, until it is missed or done.</summary>
    private Rollout DueForReview()
    {
        var last = Stages.Max(stage => stage.BackOut?.Ended ?? stage.SoakUntil ?? stage.Ended);
        return Plan.IsEmergency && last is { } end && (Retrospective is null or { State: RetrospectiveState.Pending })
            ? this with { Retrospective = new Retrospective(end + ReviewWithin) }
            : this;
    }

    private Rollout MissReview(DateTimeOffset now) => Retrospective is { State: RetrospectiveState.Pending } review && review.Due <= now
        ? this with { Retrospective = review with { State = RetrospectiveState.Missed, Missed = true } }
        : this;
}
