namespace Governance.Patching.Rollouts;

/// <summary>An open remediation, as far as planning needs it.</summary>
/// <param name="Name"><c>remediations/…</c></param>
/// <param name="Component"><c>components/…</c></param>
/// <param name="Environment">The environment's id.</param>
/// <param name="Packages">The packages that it fixes; at least one.</param>
/// <param name="Due">Due at this instant, inclusive.</param>
/// <param name="Tier">The component's tier: 1, the most critical, to 4.</param>
/// <param name="System">The component's system; may be empty.</param>
/// <param name="FirstSlot">The first permitted slot; null where the calendar has not said.</param>
internal sealed record ProposalItem(
    string Name,
    string Component,
    string Environment,
    IReadOnlyList<ProposalFix> Packages,
    DateTimeOffset Due,
    int Tier,
    string System,
    DateTimeOffset? FirstSlot);

/// <param name="Package">Purl without version.</param>
/// <param name="Installed">The version that is installed.</param>
/// <param name="Fix">The lowest version that fixes it.</param>
internal sealed record ProposalFix(string Package, string Installed, string Fix);

/// <summary>One rollout that meets the deadlines of what it carries.</summary>
/// <param name="Plan">The draft.</param>
/// <param name="Due">The earliest deadline of what it carries.</param>
/// <param name="Forecast">When its stages can be, in their order.</param>
/// <param name="Fixes">The packages and the versions that fix them.</param>
internal sealed record Proposal(RolloutPlan Plan, DateTimeOffset Due, IReadOnlyList<StageForecast> Forecast, IReadOnlyList<string> Fixes);

/// <param name="Stage">The stage's id.</param>
/// <param name="Start">Not before this instant.</param>
/// <param name="End">When its work ends at the earliest.</param>
/// <param name="Watched">When its soak ends at the earliest.</param>
internal sealed record StageForecast(string Stage, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Watched);

/// <summary>A remediation that no proposal carries.</summary>
/// <param name="Remediation"><c>remediations/…</c></param>
/// <param name="Reason">UPPER_SNAKE_CASE.</param>
/// <param name="Detail">In words.</param>
internal sealed record Leftover(string Remediation, string Reason, string Detail);

/// <param name="Now">The present instant.</param>
/// <param name="StagingEnvironment">Where everything is tried first.</param>
/// <param name="MaxRollouts">At most so many.</param>
internal sealed record ProposalTerms(DateTimeOffset Now, string StagingEnvironment, int MaxRollouts);

internal sealed record ProposalAnswer(IReadOnlyList<Proposal> Proposals, IReadOnlyList<Leftover> Leftovers);
