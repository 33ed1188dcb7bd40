using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Parties;

/// <summary>Teams and vendors.</summary>
internal sealed class PartiesService(Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases) : V1.Parties.PartiesBase
{
    private static readonly Keyset<Party> ByName = new Keyset<Party>().By(party => party.Id);

    public override Task<Proto.Party> CreateParty(CreatePartyRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Party, "party");
        var id = faults.NewId(request.PartyId, "party_id");
        var terms = faults.Party(request.Party ?? new(), $"parties/{id}");
        faults.ThrowIfAny();
        context.Demand(new Target(Party: $"parties/{id}"));
        DemandDefault(null, terms, context);
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await DemandCalendarAsync(unit.Db, terms, ct);
            var party = Party.Create(id, terms, "", unit.Now);
            await unit.AddAsync(party, ct);
            return party;
        }, party => party.ToProto());
    }

    public override async Task<Proto.Party> GetParty(GetPartyRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var party = await db.FindPartyAsync(request.Name, context, ct);
        if (request.At is null) return party.ToProto();
        var at = request.At.ToInstant();
        return party.ToProto(await db.AtAsync(party, at, ct) ?? throw new Missing($"{party.Name} at {at}"), party.EffectiveFrom);
    }

    public override async Task<ListPartiesResponse> ListParties(ListPartiesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var chosen = db.SeenParties(context.Reach()).AsNoTracking().Where(one => (one.DeleteTime != null) == request.Deleted);
        if (request.Kind != Proto.Party.Types.Kind.Unspecified) chosen = chosen.Where(one => one.Kind == request.Kind);
        if (request.Source.Length > 0) chosen = chosen.Where(one => one.Source == request.Source);
        var parties = await ByName.ListAsync(chosen, page, ct);
        return new ListPartiesResponse { Parties = { parties.Items.Select(one => one.ToProto()) }, NextPageToken = parties.NextPageToken };
    }

    public override Task<Proto.Party> UpdateParty(UpdatePartyRequest request, ServerCallContext context)
    {
        if (request.Party is null) throw FieldFaults.Single("party", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var party = await unit.LivingPartyAsync(request.Party.Name, request.Party.Etag, context, ct);
            var faults = new FieldFaults();
            faults.Moment(request.EffectiveTime, "effective_time");
            var terms = faults.Party(faults.Masked(party.ToProto(), request.Party, request.UpdateMask), party.Name);
            faults.ThrowIfAny();
            DemandDefault(party.Terms, terms, context);
            await DemandCalendarAsync(unit.Db, terms, ct);
            await unit.ReviseAsync(party, terms, request.UpdateMask, request.EffectiveTime, ct);
            return party;
        }, party => party.ToProto());
    }

    public override Task<Proto.Party> DeleteParty(DeletePartyRequest request, ServerCallContext context)
    {
        new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var party = await unit.LivingPartyAsync(request.Name, request.Etag, context, ct);
            party.Delete(request.Reason, unit.Now);
            return party;
        }, party => party.ToProto());
    }

    /// <summary>The party that comes last answers for everybody's components: its own people cannot make it that.</summary>
    private static void DemandDefault(Proto.Party? before, Proto.Party terms, ServerCallContext context)
    {
        if (terms.Labels.ContainsKey(Party.DefaultLabel) != (before?.Labels.ContainsKey(Party.DefaultLabel) ?? false))
        {
            context.Demand(new Target());
        }
    }

    private static async Task DemandCalendarAsync(OwnershipDb db, Proto.Party terms, CancellationToken ct)
    {
        if (terms.SupportHours is not { HolidayCalendar: { Length: > 0 } name }) return;
        var id = name["holidayCalendars/".Length..];
        if (!await db.HolidayCalendars.AnyAsync(one => one.Id == id, ct))
        {
            throw FieldFaults.Single("party.support_hours.holiday_calendar", $"There is no {name}.", "UNKNOWN_CALENDAR");
        }
    }
}
