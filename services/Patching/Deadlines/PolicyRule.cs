using Governance.Patching.Advisories;

namespace Governance.Patching.Deadlines;

/// <summary>One rule: when it applies, and by when it makes a remediation due.</summary>
/// <param name="Id">Slug, unique in its policy.</param>
/// <param name="When">All of it must hold.</param>
/// <param name="Deadline">What then follows.</param>
internal sealed record PolicyRule(string Id, RuleConditions When, RuleDeadline Deadline)
{
    /// <summary>Whether it asks for a forensic triage, also where another rule is stricter.</summary>
    public bool ForensicTriage { get; init; }
}

/// <summary>
/// Conditions; those that are unset hold always. Where the fact is not known, a condition on exposure, automation or
/// impact holds: the strictest rule wins, so the worst is assumed until somebody knows better.
/// </summary>
internal sealed record RuleConditions
{
    public static readonly RuleConditions Always = new();

    /// <summary>Any of these; empty: any.</summary>
    public IReadOnlyList<SeverityBand> Severities { get; init; } = [];

    public bool? Kev { get; init; }

    /// <summary>The probability of exploitation is at least this, 0 to 1; an unknown probability is below it.</summary>
    public decimal? EpssAtLeast { get; init; }

    public bool? InternetExposed { get; init; }

    /// <summary>Any of these component tiers, 1 the most critical; empty: any.</summary>
    public IReadOnlyList<int> Tiers { get; init; } = [];

    /// <summary>Any of these environments; empty: any.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    public bool? Automatable { get; init; }

    public TechnicalImpact? TechnicalImpact { get; init; }

    public bool Hold(RemediationFacts facts) =>
        (Severities.Count == 0 || Severities.Contains(facts.Severity)) &&
        (Kev is null || Kev == facts.Kev) &&
        (EpssAtLeast is null || facts.Epss >= EpssAtLeast) &&
        MayBe(InternetExposed, facts.InternetExposed) &&
        (Tiers.Count == 0 || facts.Tier is null || Tiers.Contains(facts.Tier.Value)) &&
        (Environments.Count == 0 || Environments.Contains(facts.Environment, StringComparer.OrdinalIgnoreCase)) &&
        MayBe(Automatable, facts.Automatable) &&
        MayBe(TechnicalImpact, facts.TechnicalImpact);

    private static bool MayBe<T>(T? wanted, T? known)
        where T : struct =>
        wanted is null || known is null || wanted.Value.Equals(known.Value);
}

/// <summary>SSVC's technical impact.</summary>
internal enum TechnicalImpact
{
    Partial,
    Total,
}
