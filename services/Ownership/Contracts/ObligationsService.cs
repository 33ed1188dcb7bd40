using Google.Protobuf.WellKnownTypes;
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
using NodaTime;
using Proto = Governance.Ownership.V1;
using Status = Governance.Ownership.V1.Obligation.Types.Status;

namespace Governance.Ownership.Contracts;

/// <summary>What contracts oblige to, across contracts.</summary>
internal sealed class ObligationsService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, BusinessClock clock)
    : V1.Obligations.ObligationsBase
{
    private static readonly Keyset<ObligationRow> ByDue =
        new Keyset<ObligationRow>().By(row => row.Due).By(row => row.Contract).By(row => row.Id);

    public override Task<Proto.Contract> FulfilObligation(FulfilObligationRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Obligation, "obligation");
        faults.Required(request.Evidence, "evidence").Length(request.Evidence, 1000, "evidence");
        faults.Date(request.DoneDate, "done_date");
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var contract = await unit.LivingContractAsync(request.Name, request.Etag, context, ct);
            var terms = Fulfilled(contract.Terms.Clone(), contract.Name, request, unit.Now);
            await unit.ReviseAsync(contract, terms, new FieldMask { Paths = { "obligations" } }, null, ct);
            return (Contract: contract, At: unit.Now);
        }, one => one.Contract.Shown(one.At));
    }

    public override async Task<ListObligationsResponse> ListObligations(ListObligationsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await ByDue.ListAsync(Chosen(db, request, context).AsNoTracking(), page, ct);
        var ids = rows.Items.Select(row => row.Contract).Distinct().ToArray();
        var contracts =
            await db.Contracts.AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        return new ListObligationsResponse
        {
            Obligations = { rows.Items.Select(row => Shown(row, contracts[row.Contract].Terms, clock.Now)) },
            NextPageToken = rows.NextPageToken,
        };
    }

    private static IQueryable<ObligationRow> Chosen(OwnershipDb db, ListObligationsRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        var before = faults.Date(request.DueBefore, "due_before");
        faults.Check(System.Enum.IsDefined(request.Status), "status", $"{(int)request.Status} is no status.", "UNKNOWN_VALUE").ThrowIfAny();
        var (reach, chosen) = (context.Reach(), db.Obligations.AsQueryable());
        var parties = reach.Parties.ToArray();
        if (!reach.Everything) chosen = chosen.Where(row => parties.Contains(row.Party));
        var (party, contract) = (NameFields.InFull(request.Party, "parties"), NameFields.InFull(request.Contract, "contracts"));
        if (party.Length > 0) chosen = chosen.Where(row => row.Party == party);
        var id = contract.Length > 0 ? NameFields.Id(contract, "contracts", "contract") : "";
        if (id.Length > 0) chosen = chosen.Where(row => row.Contract == id);
        if (request.Status != Status.Unspecified) chosen = chosen.Where(row => row.Status == request.Status);
        if (before is null) return chosen;
        var due = DayNumber.Of(before);
        return chosen.Where(row => row.Due < due);
    }

    private static ContractObligation Shown(ObligationRow row, Proto.Contract terms, Instant now)
    {
        var one = terms.Obligations.Single(one => one.Id == row.Id);
        return new ContractObligation
        {
            Contract = $"contracts/{row.Contract}",
            Party = row.Party,
            Obligation = one,
            DueDate = Terms.Text(DayNumber.ToDate(row.Due)),
            Overdue = one.IsOverdue(terms, terms.DayAt(now)),
        };
    }

    private static Proto.Contract Fulfilled(Proto.Contract terms, string name, FulfilObligationRequest request, Instant now)
    {
        var faults = new FieldFaults();
        var one = terms.Obligations.SingleOrDefault(one => one.Id == request.Obligation)
            ?? throw FieldFaults.Single("obligation", $"{name} has no obligation '{request.Obligation}'.", "UNKNOWN_OBLIGATION");
        if (!one.IsOpen())
        {
            throw new RuleViolation(
                "OBLIGATION_NOT_OPEN",
                $"{request.Obligation} of {name} is {one.Status.ToString().ToUpperInvariant()} already.",
                ("contract", name),
                ("obligation", request.Obligation));
        }
        (one.Status, one.Evidence, one.DoneDate) = (Status.Done, request.Evidence, request.DoneDate);
        var fulfilled = faults.Contract(terms, now);
        faults.ThrowIfAny();
        return fulfilled;
    }
}
