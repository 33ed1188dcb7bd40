using NodaTime;
using NodaTime.Text;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>All that decides on the gaps of one party and its contracts.</summary>
/// <param name="Party">The party.</param>
/// <param name="Duties">When it has any duty, assigned or as owner.</param>
/// <param name="Unwatched">When it has one where no team of ours is accountable; looked up for vendors alone.</param>
internal sealed record PartyCase(PartyFact Party, IReadOnlyList<Span> Duties, IReadOnlyList<Span> Unwatched)
{
    public bool HasDuty(Instant at) => Duties.Any(span => span.Contains(at));
}

/// <summary>What can be missing of a party and its contracts.</summary>
internal static class PartyRules
{
    public static Evaluation Evaluate(PartyCase facts, Instant now) => Sweep.Over(Edges(facts), now, at => At(facts, at));

    private static IEnumerable<Instant> Edges(PartyCase facts) =>
        facts.Party.Edges.Concat(facts.Duties.SelectMany(span => span.Edges)).Concat(facts.Unwatched.SelectMany(span => span.Edges));

    private static IEnumerable<Finding> At(PartyCase facts, Instant at) =>
        Contacts(facts, at)
            .Concat(InternalOwner(facts, at))
            .Concat(facts.Party.Contracts.SelectMany(contract => OfContract(facts, contract, at)));

    private static IEnumerable<Finding> Contacts(PartyCase facts, Instant at)
    {
        if (facts.Party.At(at) is { Contacts.Count: 0 } && facts.HasDuty(at))
        {
            yield return new Finding(
                Kind.OwnerWithoutContact, $"{facts.Party.Name} has duties and no contact at {at}.")
            { Party = facts.Party.Name };
        }
    }

    private static IEnumerable<Finding> InternalOwner(PartyCase facts, Instant at)
    {
        if (facts.Party.At(at) is not { Kind: PartyKind.Vendor } || !facts.Unwatched.Any(span => span.Contains(at))) yield break;
        if (facts.Party.Contracts.Any(contract => contract.At(at) is { InternalOwner.Length: > 0 } terms && terms.IsInForce(at)))
        {
            yield break;
        }
        yield return new Finding(
            Kind.VendorWithoutInternalOwner,
            $"{facts.Party.Name} has duties; since {at} no contract in force names an internal owner, and no team is accountable there.")
        { Party = facts.Party.Name };
    }

    private static IEnumerable<Finding> OfContract(PartyCase facts, ContractFact contract, Instant at)
    {
        if (contract.At(at) is not { } terms) yield break;
        Finding Of(Kind kind, string detail) => new(kind, detail) { Party = facts.Party.Name, Contract = contract.Name };
        if (terms.IsInForce(at) && terms.Terms.FirstOrDefault(term => term.NoticePast <= at && !(term.End <= at)) is { } term)
        {
            yield return Of(Kind.ContractPastNotice, $"{contract.Name} could be given notice until {Day(term.LastNotice)}; nobody "
                + $"did{(term.End is { } end ? $", and its term goes on until {end}" : "")}.");
        }
        if (terms.End <= at && (terms.Components.Count > 0 || facts.HasDuty(at)) && !IsReplaced(facts, contract, terms, at))
        {
            yield return Of(Kind.ContractExpired, $"{contract.Name} ended at {terms.End}, and no contract in force takes its place.");
        }
        if (terms.IsInForce(at) && !terms.HasServiceLevels)
        {
            yield return Of(
                Kind.ContractWithoutServiceLevels, $"{contract.Name} is in force since {terms.Start} and owes no service levels.");
        }
        foreach (var overdue in terms.Obligations.Where(one => one.Overdue <= at))
        {
            yield return Of(
                Kind.ObligationOverdue,
                $"{overdue.What} was due on {Day(overdue.Due)} under {contract.Name}.") with
            { Obligation = overdue.Id };
        }
    }

    private static bool IsReplaced(
        PartyCase facts, ContractFact contract, ContractState terms, Instant at) => facts.Party.Contracts.Any(other =>
        other.Name != contract.Name && other.At(at) is { } theirs && theirs.IsInForce(at) && theirs.CoversAll(terms.Components));

    private static string Day(LocalDate? day) => day is { } date ? LocalDatePattern.Iso.Format(date) : "";
}
