using Governance.Ownership.Contracts;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Contract = Governance.Ownership.Contracts.Contract;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Insights;

/// <summary>How much depends on a vendor, and how its contracts stand.</summary>
internal static class VendorAssessments
{
    private const int MostDuties = 1000;

    /// <param name="db">To read from.</param>
    /// <param name="party">The vendor, `parties/…`.</param>
    /// <param name="now">The business clock's.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<VendorAssessment> AssessVendorAsync(this OwnershipDb db, string party, Instant now, CancellationToken ct)
    {
        var duties = await db.DutiesAsync(party, now, now, ct);
        var total = await WeightOfAllAsync(db, ct);
        var part = VendorWeights.Of(duties, party).PartOf(total, duties.Areas.Count);
        var held = duties.Components.Where(one => duties.Holds(one, party)).ToList();
        var sole = held.Where(one => duties.IsSole(one, party)).ToList();
        var contracts = await db.Contracts.AsNoTracking()
            .Where(one => one.Party == party && one.DeleteTime == null)
            .OrderBy(one => one.Id)
            .ToListAsync(ct);
        return new VendorAssessment
        {
            Party = party,
            WorkShare = Math.Round(part.Work, 6),
            AccountableShare = Math.Round(part.Accountable, 6),
            TotalWeight = total,
            Held = { held.Take(MostDuties).Select(one => Held(duties, one, party)) },
            HeldCount = held.Count,
            SoleComponents = { sole.Take(MostDuties).Select(one => one.Name) },
            SoleCount = sole.Count,
            Contracts = { contracts.Select(one => Health(one, now)) },
            WithoutContract = contracts.All(one => one.Terms.StateAt(now) != Proto.Contract.Types.State.InForce),
        };
    }

    private static async Task<long> WeightOfAllAsync(OwnershipDb db, CancellationToken ct)
    {
        var tiers = await db.Components.Where(one => one.DeleteTime == null)
            .GroupBy(one => one.Tier)
            .Select(group => new { Tier = group.Key, Count = group.Count() })
            .ToListAsync(ct);
        return tiers.Sum(tier => (long)WeighedComponent.WeightOf(tier.Tier) * tier.Count);
    }

    private static HeldComponent Held(DutyTable duties, WeighedComponent component, string party) => new()
    {
        Component = component.Name,
        Tier = component.Tier,
        Owner = component.Owner == party,
        AccountableAreas = { duties.Areas.Where(area => duties.AccountableFor(component, area) == party) },
        ResponsibleAreas = { duties.Areas.Where(area => duties.With(component, area, Duty.Responsible).Contains(party)) },
    };

    private static ContractHealth Health(Contract contract, Instant now)
    {
        var terms = contract.Terms;
        var today = terms.DayAt(now);
        return new ContractHealth
        {
            Contract = contract.Name,
            State = terms.StateAt(now),
            FinalDate = Terms.Text(terms.FinalDate()),
            PastNoticeDate = terms.IsPastNoticeAt(now),
            WithoutServiceLevels = terms.ServiceLevels.Count == 0,
            WithoutInternalOwner = terms.InternalOwner.Length == 0,
            OverdueObligations = { terms.Obligations.Where(one => one.IsOverdue(terms, today)).Select(one => one.Id) },
        };
    }
}
