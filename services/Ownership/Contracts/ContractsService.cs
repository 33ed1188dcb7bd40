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

namespace Governance.Ownership.Contracts;

/// <summary>What vendors have promised.</summary>
internal sealed class ContractsService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, BusinessClock clock)
    : V1.Contracts.ContractsBase
{
    private static readonly Keyset<Contract> ByName = new Keyset<Contract>().By(one => one.Id);

    public override Task<Proto.Contract> CreateContract(CreateContractRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Contract, "contract");
        var id = faults.NewId(request.ContractId, "contract_id");
        var given = request.Contract?.Clone() ?? new();
        if (request.Defaults) ContractDefaults.Fill(given);
        var terms = faults.Contract(given, clock.Now);
        faults.ThrowIfAny();
        context.Demand(new Target(Party: terms.Party));
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var unknown = new FieldFaults();
            await unit.Db.PartiesAsync(unknown, terms, null, ct);
            unknown.ThrowIfAny();
            var contract = Contract.Create(id, terms, unit.Now);
            await unit.AddAsync(contract, ct);
            return (Contract: contract, At: unit.Now);
        }, one => one.Contract.Shown(one.At));
    }

    public override async Task<Proto.Contract> GetContract(GetContractRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var contract = await db.FindContractAsync(request.Name, context, ct);
        if (request.At is null) return contract.Shown(clock.Now);
        var at = request.At.ToInstant();
        var terms = await db.AtAsync(contract, at, ct) ?? throw new Missing($"{contract.Name} at {at}");
        return contract.Shown(terms, at);
    }

    public override async Task<ListContractsResponse> ListContracts(ListContractsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var chosen = db.SeenContracts(context.Reach()).AsNoTracking().Where(one => (one.DeleteTime != null) == request.Deleted);
        var party = NameFields.InFull(request.Party, "parties");
        if (party.Length > 0) chosen = chosen.Where(one => one.Party == party);
        var contracts = await ByName.ListAsync(chosen, page, context.CancellationToken);
        var now = clock.Now;
        return new ListContractsResponse
        {
            Contracts = { contracts.Items.Select(one => one.Shown(now)) },
            NextPageToken = contracts.NextPageToken,
        };
    }

    public override Task<Proto.Contract> UpdateContract(UpdateContractRequest request, ServerCallContext context)
    {
        if (request.Contract is null) throw FieldFaults.Single("contract", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var contract = await unit.LivingContractAsync(request.Contract.Name, request.Contract.Etag, context, ct);
            var faults = new FieldFaults();
            faults.Moment(request.EffectiveTime, "effective_time");
            var terms = faults.Contract(faults.Masked(contract.ToProto(), request.Contract, request.UpdateMask), unit.Now);
            faults.ThrowIfAny();
            await unit.Db.PartiesAsync(faults, terms, contract.Terms, ct);
            faults.ThrowIfAny();
            context.Demand(new Target(Party: terms.Party));
            await unit.ReviseAsync(contract, terms, request.UpdateMask, request.EffectiveTime, ct);
            return (Contract: contract, At: unit.Now);
        }, one => one.Contract.Shown(one.At));
    }

    public override Task<Proto.Contract> DeleteContract(DeleteContractRequest request, ServerCallContext context)
    {
        new FieldFaults().Required(request.Reason, "reason").Length(request.Reason, 1000, "reason").ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var contract = await unit.LivingContractAsync(request.Name, request.Etag, context, ct);
            contract.Delete(request.Reason, unit.Now);
            return (Contract: contract, At: unit.Now);
        }, one => one.Contract.Shown(one.At));
    }
}
