using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Contracts;
using Governance.Ownership.Insights;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Contract = Governance.Ownership.Contracts.Contract;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Party = Governance.Ownership.Parties.Party;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership;

internal sealed partial class OwnershipCalls
{
    private const int MostDuties = 1000;

    public override async Task<VendorAssessment> AssessVendor(AssessVendorRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var party = await SeenPartyAsync(db, request.Name, context, ct);
        if (party.Kind == Proto.Party.Types.Kind.Team) throw new RuleViolation("NOT_A_VENDOR", $"{party.Name} is a TEAM; vendors are assessed.", ("party", party.Name));
        var now = clock.Now;
        var book = await db.DutiesAsync(party.Name, now, now, ct);
        var total = await WeightOfAllAsync(db, ct);
        var part = VendorWeights.Of(book, party.Name).PartOf(total, book.Areas.Count);
        var held = book.Components.Where(one => book.Holds(one, party.Name)).ToList();
        var sole = held.Where(one => book.IsSole(one, party.Name)).ToList();
        var contracts = await db.Contracts.AsNoTracking().Where(one => one.Party == party.Name && one.DeleteTime == null).OrderBy(one => one.Id).ToListAsync(ct);
        return new VendorAssessment
        {
            Party = party.Name,
            WorkShare = Math.Round(part.Work, 6),
            AccountableShare = Math.Round(part.Accountable, 6),
            TotalWeight = total,
            Held = { held.Take(MostDuties).Select(one => Held(book, one, party.Name)) },
            HeldCount = held.Count,
            SoleComponents = { sole.Take(MostDuties).Select(one => one.Name) },
            SoleCount = sole.Count,
            Contracts = { contracts.Select(one => Health(one, now)) },
            WithoutContract = contracts.All(one => one.Terms.StateAt(now) != Proto.Contract.Types.State.InForce),
        };
    }

    private static async Task<Party> SeenPartyAsync(OwnershipDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "parties");
        var party = await db.Parties.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.DeleteTime == null, ct);
        return party is not null && context.Reach().Covers(party.Target) ? party : throw new Missing(name);
    }

    private static async Task<long> WeightOfAllAsync(OwnershipDb db, CancellationToken ct)
    {
        var tiers = await db.Components.Where(one => one.DeleteTime == null).GroupBy(one => one.Tier).Select(group => new { Tier = group.Key, Count = group.Count() }).ToListAsync(ct);
        return tiers.Sum(tier => (long)WeighedComponent.WeightOf(tier.Tier) * tier.Count);
    }

    private static HeldComponent Held(DutyBook book, WeighedComponent component, string party) => new()
    {
        Component = component.Name,
        Tier = component.Tier,
        Owner = component.Owner == party,
        AccountableAreas = { book.Areas.Where(area => book.AccountableFor(component, area) == party) },
        ResponsibleAreas = { book.Areas.Where(area => book.With(component, area, Duty.Responsible).Contains(party)) },
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
