namespace Governance.Patching.Rollouts;

/// <summary>What a rollout is to do: all that an approval is about.</summary>
/// <param name="DisplayName">For people.</param>
/// <param name="ChangeType">How it is authorised, by the name that the protos give it: NORMAL, STANDARD or EMERGENCY.</param>
/// <param name="Kind">What kind of change, by the name that the protos give it: PATCH, UPGRADE …</param>
/// <param name="Remediations">What it remedies, <c>remediations/…</c>; may be empty for an upgrade.</param>
/// <param name="Stages">In order: staging stages, then production stages.</param>
/// <param name="BackOut">How it is undone.</param>
/// <param name="Implementer">Who does it; empty when nobody is named yet.</param>
internal sealed record RolloutPlan(
    string DisplayName,
    string ChangeType,
    string Kind,
    IReadOnlyList<string> Remediations,
    IReadOnlyList<StagePlan> Stages,
    BackOutPlan BackOut,
    string Implementer)
{
    /// <summary>Pre-approved by its template.</summary>
    public const string Standard = "STANDARD";

    /// <summary>Approved by one decision, reviewed afterwards.</summary>
    public const string Urgent = "EMERGENCY";

    /// <summary>What pre-approves a STANDARD rollout, <c>rolloutTemplates/…</c>; else empty.</summary>
    public string Template { get; init; } = "";

    /// <summary>What an EMERGENCY asks for; else null.</summary>
    public EmergencyPlan? Emergency { get; init; }

    public bool IsEmergency => ChangeType == Urgent;

    /// <summary>The components of all stages, each once. A method: a property would be kept and count in the digest.</summary>
    public IEnumerable<string> AllComponents() => Stages.SelectMany(stage => stage.Components).Distinct();
}

/// <param name="Reason">Why it cannot wait.</param>
/// <param name="SkipStagingReason">Why production is changed without staging; empty where it is not.</param>
/// <param name="OverrideFor">How long after its approval it may pass freezes.</param>
internal sealed record EmergencyPlan(string Reason, string SkipStagingReason, TimeSpan OverrideFor)
{
    /// <summary>A reason shorter than this says nothing that an auditor could use.</summary>
    public const int ShortestReason = 20;

    public bool SkipsStaging => SkipStagingReason.Length > 0;
}

/// <param name="Id">Slug, unique in the rollout.</param>
/// <param name="Kind">Before production, or production.</param>
/// <param name="Components"><c>components/…</c>, at least one.</param>
/// <param name="Environment">The environment's id.</param>
/// <param name="Duration">How long the change takes.</param>
/// <param name="Soak">How long it is watched before the next stage.</param>
/// <param name="Gate">What the next stage waits for, once the soak is over.</param>
internal sealed record StagePlan(
    string Id,
    StageKind Kind,
    IReadOnlyList<string> Components,
    string Environment,
    TimeSpan Duration,
    TimeSpan Soak,
    StageGate Gate);

/// <param name="Plan">The steps; required where production is changed.</param>
/// <param name="Duration">Time kept for it after each stage.</param>
internal sealed record BackOutPlan(string Plan, TimeSpan Duration);

internal enum StageKind
{
    Staging,
    Production,
}

internal enum StageGate
{
    /// <summary>Nothing more than the soak.</summary>
    Automatic,

    /// <summary>Evidence that it works.</summary>
    Verification,

    /// <summary>An approver's word, with evidence.</summary>
    Approval,
}
