using NodaTime;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>A contract over time.</summary>
/// <param name="Name">`contracts/…`.</param>
/// <param name="States">Its terms, as they were recorded.</param>
internal sealed record ContractFact(string Name, Timeline<ContractState> States)
{
    public ContractState? At(Instant at) => States.At(at);
}

/// <summary>What the rules look at of a contract's terms; its days as instants in its own zone.</summary>
/// <param name="InternalOwner">`parties/…`, or empty.</param>
/// <param name="Components">Those that it covers; empty: whatever the vendor does.</param>
/// <param name="HasServiceLevels">Whether it owes any.</param>
/// <param name="Start">The beginning of its first day.</param>
/// <param name="End">The end of its last, renewals counted; null: none is known.</param>
/// <param name="Terms">The terms around the time looked at, in order.</param>
/// <param name="Obligations">Open ones with a known day.</param>
internal sealed record ContractState(
    string InternalOwner,
    IReadOnlyList<string> Components,
    bool HasServiceLevels,
    Instant Start,
    Instant? End,
    IReadOnlyList<TermFact> Terms,
    IReadOnlyList<ObligationFact> Obligations)
{
    /// <summary>When time changes it.</summary>
    public IEnumerable<Instant> Edges => new[] { (Instant?)Start, End }
        .Concat(Terms.SelectMany(term => new[] { term.NoticePast, term.End }))
        .Concat(Obligations.Select(one => (Instant?)one.Overdue))
        .OfType<Instant>();

    public bool IsInForce(Instant at) => Start <= at && !(End <= at);

    public bool Covers(string component) => Components.Count == 0 || Components.Contains(component);

    /// <summary>Whether it takes the place of one that covered these.</summary>
    public bool CoversAll(IReadOnlyList<string> components) =>
        Components.Count == 0 || (components.Count > 0 && components.All(Components.Contains));
}

/// <summary>A term for which notice can still be missed.</summary>
/// <param name="NoticePast">From when it is too late to end the contract with this term; null: no such day, or notice was given.</param>
/// <param name="LastNotice">The last day for it.</param>
/// <param name="End">The end of the term; null: none.</param>
internal sealed record TermFact(Instant? NoticePast, LocalDate? LastNotice, Instant? End);

/// <param name="Id">Unique in the contract.</param>
/// <param name="What">In words.</param>
/// <param name="Due">The day.</param>
/// <param name="Overdue">The end of that day.</param>
internal sealed record ObligationFact(string Id, string What, LocalDate Due, Instant Overdue);
