using System.Globalization;
using Governance.Patching.Advisories;
using Governance.Patching.Deadlines;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>Says why a due date changed, and whether the cause made things worse or better.</summary>
internal static class DueReasons
{
    /// <summary>The rule that decides, in words.</summary>
    public static string RuleOf(DeadlineDecision? decision) => decision switch
    {
        null => "No rule applies.",
        { Due: null } => $"{decision.Rule}: with the next upgrade.",
        _ => $"{decision.Rule}, from {decision.ClockBasis}.",
    };

    /// <param name="before">The remediation as it was; it was assessed before.</param>
    /// <param name="facts">What is known now.</param>
    /// <param name="assessedBy">The stamp of the policy that assessed it last.</param>
    /// <param name="policy">The policy that decides now.</param>
    public static (DueCauses Causes, IReadOnlyList<string> Words) Between(
        Proto.Remediation before, RemediationFacts facts, string assessedBy, PolicyInForce policy)
    {
        var found = new Found();
        var severity = facts.Severity.ToProto();
        found.Compare((int)before.Severity, (int)severity, $"Severity is {Word(severity)}, was {Word(before.Severity)}.");
        found.Compare(
            Rank(before.Kev), Rank(facts.Kev), facts.Kev ? "It is known exploited now." : "It is no longer listed as known exploited.");
        found.Compare(-before.Tier, -(facts.Tier ?? before.Tier), $"The component's tier is {facts.Tier}, was {before.Tier}.");
        if (before.HasInternetExposed)
        {
            var exposed = facts.InternetExposed ?? true;
            found.Compare(
                Rank(before.InternetExposed),
                Rank(exposed),
                exposed ? "The internet reaches the component now." : "The internet no longer reaches the component.");
        }

        Between(before, facts, found);
        if (assessedBy.Length > 0 && assessedBy != policy.Stamp) found.Add(DueCauses.Policy, WordOf(assessedBy, policy.Terms.Id));
        return (found.Causes, found.Words);
    }

    /// <summary>What is not known counts as the worst, as rules take it.</summary>
    private static void Between(Proto.Remediation before, RemediationFacts facts, Found found)
    {
        bool? automatable = before.HasAutomatable ? before.Automatable : null;
        if (automatable != facts.Automatable)
        {
            found.Add(
                Change(Rank(automatable ?? true), Rank(facts.Automatable ?? true)),
                $"Whether it can be automated is {Word(facts.Automatable)}, was {Word(automatable)}.");
        }
        var impact = before.TechnicalImpact.ToImpact();
        if (impact != facts.TechnicalImpact)
        {
            var change = Change((int)(impact ?? TechnicalImpact.Total), (int)(facts.TechnicalImpact ?? TechnicalImpact.Total));
            found.Add(change, $"Technical impact is {Word(facts.TechnicalImpact)}, was {Word(impact)}.");
        }

        decimal? probability = before.HasEpss ? (decimal)before.Epss : null;
        if (probability != facts.Epss)
        {
            found.Add(Change(probability ?? -1, facts.Epss ?? -1), $"EPSS is {Word(facts.Epss)}, was {Word(probability)}.");
        }
    }

    private static string WordOf(string assessedBy, string policy) => assessedBy.StartsWith(policy + "@", StringComparison.Ordinal)
        ? $"policies/{policy} was changed."
        : $"policies/{policy} is in force now.";

    private static int Rank(bool isWorse) => isWorse ? 1 : 0;

    private static DueCauses Change(decimal before, decimal now) =>
        now > before ? DueCauses.Raised : now < before ? DueCauses.Lowered : DueCauses.None;

    private static string Word(Common.V1.Severity severity) =>
        severity == Common.V1.Severity.Unspecified ? "unknown" : severity.ToString().ToUpperInvariant();

    private static string Word(bool? value) => value switch { null => "unknown", true => "yes", false => "no" };

    private static string Word<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture).ToUpperInvariant() ?? "unknown";

    private sealed class Found
    {
        public DueCauses Causes { get; private set; }

        public List<string> Words { get; } = [];

        public void Compare(int before, int now, string words)
        {
            if (before != now) Add(Change(before, now), words);
        }

        public void Add(DueCauses cause, string words)
        {
            Causes |= cause;
            Words.Add(words);
        }
    }
}
