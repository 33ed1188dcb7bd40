using NodaTime;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>What is missing at an instant.</summary>
/// <param name="Kind">What.</param>
/// <param name="Detail">In words, with dates.</param>
internal sealed record Finding(Kind Kind, string Detail)
{
    /// <summary>The area's id.</summary>
    public string Area { get; init; } = "";

    /// <summary>`parties/…`.</summary>
    public string Party { get; init; } = "";

    /// <summary>`contracts/…`.</summary>
    public string Contract { get; init; } = "";

    /// <summary>The obligation's id.</summary>
    public string Obligation { get; init; } = "";

    /// <summary>Whatever else it is about.</summary>
    public string Related { get; init; } = "";

    /// <summary>Tells it from what else can be missing of the same subject, whatever the words.</summary>
    public string Key => string.Join('|', Kind, Area, Party, Contract, Obligation, Related);
}

/// <summary>What is missing over a time.</summary>
/// <param name="Finding">As it was at the beginning.</param>
/// <param name="Since">Inclusive.</param>
/// <param name="Until">Exclusive; null: it still is.</param>
internal sealed record Condition(Finding Finding, Instant Since, Instant? Until);

/// <summary>What was and is missing of a subject.</summary>
/// <param name="Conditions">By their beginning.</param>
/// <param name="Next">When time alone may change it; null: never.</param>
/// <param name="Last">The last instant at which anything changed, or could have.</param>
internal sealed record Evaluation(IReadOnlyList<Condition> Conditions, Instant? Next, Instant Last);

/// <summary>
/// Turns rules about an instant into spans: what is recorded changes at known instants only, so that looking at each of these
/// once says when everything began and ended.
/// </summary>
internal static class Sweep
{
    /// <summary>No date of interest lies before.</summary>
    public static readonly Instant Floor = Instant.FromUtc(1990, 1, 1, 0, 0);

    /// <param name="edges">When anything can change, past and future, in any order.</param>
    /// <param name="now">Up to when, inclusive.</param>
    /// <param name="rules">What is missing at an instant.</param>
    public static Evaluation Over(IEnumerable<Instant> edges, Instant now, Func<Instant, IEnumerable<Finding>> rules)
    {
        Instant? next = null;
        var past = new SortedSet<Instant>();
        foreach (var edge in edges)
        {
            if (edge <= now) past.Add(Instant.Max(edge, Floor));
            else if (next is null || edge < next) next = edge;
        }

        var over = new List<Condition>();
        var open = new Dictionary<string, Condition>(StringComparer.Ordinal);
        foreach (var edge in past)
        {
            var found = new Dictionary<string, Finding>(StringComparer.Ordinal);
            foreach (var finding in rules(edge)) found.TryAdd(finding.Key, finding);
            foreach (var (key, condition) in open.Where(one => !found.ContainsKey(one.Key)).ToList())
            {
                open.Remove(key);
                over.Add(condition with { Until = edge });
            }

            foreach (var (key, finding) in found) open.TryAdd(key, new Condition(finding, edge, null));
        }

        return new Evaluation([.. over.Concat(open.Values).OrderBy(condition => condition.Since).ThenBy(
            condition => condition.Finding.Key, StringComparer.Ordinal)], next, past.Count > 0 ? past.Max : Floor);
    }
}
