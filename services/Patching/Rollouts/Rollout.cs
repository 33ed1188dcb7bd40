using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;

namespace Governance.Patching.Rollouts;

/// <summary>
/// A rollout and how far it is. Immutable: each verb gives the rollout after it, or throws
/// <see cref="RuleViolation"/> where the rules forbid it. People are compared, never their credentials.
/// </summary>
internal sealed partial record Rollout
{
    /// <summary><c>rollouts/…</c></summary>
    public required string Name { get; init; }

    public required RolloutPlan Plan { get; init; }

    /// <summary>SHA-256 of what is to be approved.</summary>
    public required string Digest { get; init; }

    /// <summary>The person who created it.</summary>
    public required string Requester { get; init; }

    /// <summary>Everyone who edited it.</summary>
    public IReadOnlyList<string> Editors { get; init; } = [];

    /// <summary>How many approvals it needs.</summary>
    public int ApprovalsNeeded { get; init; } = 1;

    /// <summary>Approvals of the present digest.</summary>
    public IReadOnlyList<RolloutApproval> Approvals { get; init; } = [];

    /// <summary>The digest of the template that pre-approved it; empty where none did.</summary>
    public string TemplateDigest { get; init; } = "";

    /// <summary>Until when it may pass freezes; null where it may not.</summary>
    public DateTimeOffset? OverrideUntil { get; init; }

    /// <summary>How long after its last stage an EMERGENCY is to be reviewed.</summary>
    public TimeSpan ReviewWithin { get; init; } = TimeSpan.FromHours(72);

    /// <summary>The review of an EMERGENCY; null before one of its stages ended.</summary>
    public Retrospective? Retrospective { get; init; }

    public RolloutState State { get; init; }

    /// <summary>Why it is in this state; may be empty.</summary>
    public string Reason { get; init; } = "";

    public required IReadOnlyList<RolloutStage> Stages { get; init; }

    /// <summary>Whether nothing can happen to it any more.</summary>
    public bool IsOver => State is RolloutState.Completed or RolloutState.BackedOut or RolloutState.Cancelled;

    /// <summary>Whether its stages may be booked and carried out.</summary>
    public bool IsRunning => State is RolloutState.Scheduled or RolloutState.InProgress or RolloutState.Soaking;

    /// <summary>The stage whose turn it is: the first that is not done; null when all are.</summary>
    public RolloutStage? Current => Stages.FirstOrDefault(stage => !stage.IsDone);

    /// <summary>A new draft. The plan was checked by <see cref="RolloutPlanRules"/>.</summary>
    public static Rollout Create(string name, RolloutPlan plan, string requester, int approvalsNeeded) => new()
    {
        Name = name,
        Plan = plan,
        Digest = RolloutDigest.Of(plan),
        Requester = requester,
        ApprovalsNeeded = approvalsNeeded,
        Stages = [.. plan.Stages.Select(stage => new RolloutStage(stage))],
    };

    /// <summary>
    /// Another plan. It voids the approvals, unless nothing of what they are about changed. What becomes STANDARD is to be
    /// submitted anew: people no longer decide about it.
    /// </summary>
    public Rollout Edit(RolloutPlan plan, string editor, int approvalsNeeded)
    {
        Require(State is RolloutState.Draft
            or RolloutState.AwaitingApproval, "ROLLOUT_NOT_EDITABLE", "Only a draft, or a rollout that awaits approval, can be edited.");
        var digest = RolloutDigest.Of(plan);
        return this with
        {
            Plan = plan,
            Digest = digest,
            State = plan.ChangeType == RolloutPlan.Standard ? RolloutState.Draft : State,
            Editors = Editors.Any(known => SeparationOfDuties.IsSame(known, editor)) ? Editors : [.. Editors, editor],
            ApprovalsNeeded = approvalsNeeded,
            Approvals = digest == Digest ? Approvals.Where(approval => !SeparationOfDuties.IsSame(approval.Approver, editor)).ToList() : [],
            Stages = [.. plan.Stages.Select(stage => new RolloutStage(stage))],
        };
    }

    public RolloutStage Stage(string id) => Stages.FirstOrDefault(stage => stage.Plan.Id == id)
        ?? throw new RuleViolation("NO_SUCH_STAGE", $"{Name} has no stage '{id}'.", ("rollout", Name), ("stage", id));

    /// <summary>The same rollout where the stage is as it was.</summary>
    private Rollout With(RolloutStage stage) => Stages.Contains(stage)
        ? this
        : this with { Stages = [.. Stages.Select(known => known.Plan.Id == stage.Plan.Id ? stage : known)] };

    private void Require(bool holds, string reason, string message, params (string Name, string Value)[] facts)
    {
        if (!holds)
        {
            throw new RuleViolation(reason, message, [("rollout", Name), ("state", State.ToString()), .. facts]);
        }
    }
}
