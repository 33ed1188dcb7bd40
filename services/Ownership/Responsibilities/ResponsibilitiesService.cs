using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Responsibilities;

/// <summary>Which party answers for which area of a component.</summary>
internal sealed class ResponsibilitiesService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, BusinessClock clock)
    : V1.Responsibilities.ResponsibilitiesBase
{
    private static readonly Keyset<Responsibility> ByName = new Keyset<Responsibility>().By(one => one.Id);

    public override Task<Proto.Responsibility> CreateResponsibility(CreateResponsibilityRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Responsibility, "responsibility");
        var given = request.Responsibility ?? new();
        var id = faults.NewId(request.ResponsibilityId, "responsibility_id");
        var component = NameFields.InFull(given.Component, "components");
        faults.Name(component, "components", "responsibility.component");
        var area = NameFields.InFull(given.Area, "areas");
        faults.Name(area, "areas", "responsibility.area");
        var terms = ResponsibilityTerms.Read(faults, given);
        faults.ThrowIfAny();
        area = area["areas/".Length..];
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await DemandKnownAsync(unit.Db, component, area, terms.Party, context, ct);
            if (request.Replace && terms.Duty == Proto.Responsibility.Types.Duty.Accountable)
            {
                terms = terms with { From = terms.From ?? unit.Now };
                await Accountables.ReplaceAsync(unit, component, area, terms, ct);
            }

            await Accountables.DemandAloneAsync(unit, id, component, area, terms, ct);
            var responsibility = Responsibility.Create(id, component, area, terms, "", unit.Now);
            await unit.AddAsync(responsibility, ct);
            return responsibility;
        }, responsibility => responsibility.ToProto());
    }

    public override async Task<Proto.Responsibility> GetResponsibility(GetResponsibilityRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context, clock.Now, context.CancellationToken)).ToProto();
    }

    public override async Task<ListResponsibilitiesResponse> ListResponsibilities(
        ListResponsibilitiesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await ByName.ListAsync(Chosen(db, request, context, clock.Now).AsNoTracking(), page, ct);
        return new ListResponsibilitiesResponse
        {
            Responsibilities = { found.Items.Select(one => one.ToProto()) },
            NextPageToken = found.NextPageToken,
        };
    }

    public override Task<Proto.Responsibility> UpdateResponsibility(UpdateResponsibilityRequest request, ServerCallContext context)
    {
        if (request.Responsibility is null) throw FieldFaults.Single("responsibility", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var one = await LivingAsync(unit, request.Responsibility.Name, request.Responsibility.Etag, context, ct);
            var faults = new FieldFaults();
            var wanted = faults.Masked(one.ToProto(), request.Responsibility, request.UpdateMask);
            faults.Check(
                NameFields.InFull(wanted.Component, "components") == one.Component,
                "responsibility.component",
                "Cannot change; create another responsibility.",
                "IMMUTABLE");
            faults.Check(
                NameFields.InFull(wanted.Area, "areas") == $"areas/{one.Area}",
                "responsibility.area",
                "Cannot change; create another responsibility.",
                "IMMUTABLE");
            var terms = ResponsibilityTerms.Read(faults, wanted);
            faults.ThrowIfAny();
            await DemandKnownAsync(unit.Db, one.Component, one.Area, terms.Party, context, ct);
            await Accountables.DemandAloneAsync(unit, one.Id, one.Component, one.Area, terms, ct);
            one.Revise(terms, unit.Now);
            return one;
        }, one => one.ToProto());
    }

    public override Task<Proto.Responsibility> DeleteResponsibility(DeleteResponsibilityRequest request, ServerCallContext context)
    {
        new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var one = await LivingAsync(unit, request.Name, request.Etag, context, ct);
            one.Delete(request.Reason, unit.Now);
            return one;
        }, one => one.ToProto());
    }

    private static async Task<Responsibility> LivingAsync(
        WriteUnit<OwnershipDb> unit, string name, string etag, ServerCallContext context, CancellationToken ct)
    {
        var one = await FindAsync(unit.Db, name, context, unit.Now, ct);
        if (one.IsDeleted) throw new Missing(name);
        unit.CheckEtag(one, etag);
        context.Demand((await unit.Db.FindComponentAsync(one.Component, context, unit.Now, ct)).Target);
        return one;
    }

    private static async Task<Responsibility> FindAsync(
        OwnershipDb db, string name, ServerCallContext context, Instant now, CancellationToken ct)
    {
        var id = NameFields.Id(name, "responsibilities");
        var one = await db.Responsibilities.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var seen = context.Reach().Everything
            || await db.SeenComponents(context.Reach(), now).AnyAsync(component => "components/" + component.Id == one.Component, ct);
        return seen ? one : throw new Missing(name);
    }

    /// <summary>Refuses what does not exist, each by its field, and components outside of the caller's roles.</summary>
    private static async Task DemandKnownAsync(
        OwnershipDb db, string component, string area, string party, ServerCallContext context, CancellationToken ct)
    {
        var (componentId, partyId) = (component["components/".Length..], party["parties/".Length..]);
        var found = await db.Components.SingleOrDefaultAsync(one => one.Id == componentId && one.DeleteTime == null, ct);
        var faults =
            new FieldFaults().Check(found is not null, "responsibility.component", $"There is no {component}.", "UNKNOWN_COMPONENT");
        faults.Check(
            await db.Areas.AnyAsync(one => one.Id == area, ct), "responsibility.area", $"There is no areas/{area}.", "UNKNOWN_AREA");
        faults.Check(await db.Parties.AnyAsync(
            one => one.Id == partyId && one.DeleteTime == null, ct), "responsibility.party", $"There is no {party}.", "UNKNOWN_PARTY");
        faults.ThrowIfAny();
        context.Demand(found!.Target);
    }

    private static IQueryable<Responsibility> Chosen(
        OwnershipDb db, ListResponsibilitiesRequest request, ServerCallContext context, Instant now)
    {
        var reach = context.Reach();
        var chosen = db.Responsibilities.Where(one => one.DeleteTime == null);
        if (!reach.Everything)
        {
            chosen = chosen.Where(one => db.SeenComponents(reach, now).Any(component => "components/" + component.Id == one.Component));
        }
        var (component, party) = (NameFields.InFull(request.Component, "components"), NameFields.InFull(request.Party, "parties"));
        var area = request.Area.StartsWith("areas/", StringComparison.Ordinal) ? request.Area["areas/".Length..] : request.Area;
        if (component.Length > 0) chosen = chosen.Where(one => one.Component == component);
        if (party.Length > 0) chosen = chosen.Where(one => one.Party == party);
        if (area.Length > 0) chosen = chosen.Where(one => one.Area == area);
        if (request.At is null) return chosen;
        var at = request.At.ToInstant();
        return chosen.Where(one => (one.From == null || one.From <= at) && (one.Until == null || one.Until > at));
    }
}
