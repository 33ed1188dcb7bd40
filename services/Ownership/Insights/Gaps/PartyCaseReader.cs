using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Reads what decides on the gaps of parties and their contracts.</summary>
internal sealed class PartyCaseReader(OwnershipDb db, PartyShelf shelf)
{
    private readonly DutyReader _duties = new(db);

    public async Task<List<PartyCase>> ReadAsync(IReadOnlyList<string> names, Interval range, CancellationToken ct)
    {
        var parties = await new PartyReader(db, shelf).ReadAsync(names, range, ct);
        var contracts = await new ContractReader(db).ReadAsync(names, range, ct);
        var duties = await _duties.DutiesAsync(names, ct);
        var open = await Timelines.ReadAsync(
            names, some => db.Gaps
                .Where(gap => some.Contains(gap.Subject) && gap.CloseTime == null && gap.Kind == Kind.VendorWithoutInternalOwner)
                .Select(gap => gap.Subject), ct);
        var all = new List<PartyCase>(names.Count);
        foreach (var name in names)
        {
            var party = parties[name] with { Contracts = [.. contracts[name]] };
            all.Add(new PartyCase(
                party,
                [.. duties[name]],
                open.Contains(name) || NeedsWatching(party, range) ? await _duties.UnwatchedAsync(name, range.End, ct) : []));
        }

        return all;
    }

    /// <summary>A vendor, unless one contract named an internal owner all the time.</summary>
    private static bool NeedsWatching(PartyFact party, Interval range) =>
        party.States?.Values.Any(state => state.Kind == PartyKind.Vendor) == true
        && !party.Contracts.Any(contract => contract.At(range.Start) is { InternalOwner.Length: > 0 } terms
            && terms.IsInForce(range.Start) && terms.IsInForce(range.End) && ReferenceEquals(terms, contract.At(range.End)));
}
