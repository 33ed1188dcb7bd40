using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Contracts;

/// <summary>Finds contracts as the caller may see them: everybody's, or those of the vendors on which a role is held.</summary>
internal static class ContractFinder
{
    /// <exception cref="Missing">There is none, or the caller's roles do not reach it.</exception>
    public static async Task<Contract> FindContractAsync(
        this OwnershipDb db, string name, ServerCallContext context, CancellationToken ct, string field = "name")
    {
        var id = NameFields.Id(name, "contracts", field);
        var contract = await db.Contracts.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        return contract is not null && context.Reach().Covers(contract.Target) ? contract : throw new Missing(name);
    }

    /// <summary>One that the caller may change.</summary>
    /// <exception cref="Missing">There is none, or it is deleted.</exception>
    public static async Task<Contract> LivingContractAsync(
        this WriteUnit<OwnershipDb> unit, string name, string etag, ServerCallContext context, CancellationToken ct)
    {
        var contract = await unit.Db.FindContractAsync(name, context, ct);
        context.Demand(contract.Target);
        if (contract.IsDeleted) throw new Missing(name);
        unit.CheckEtag(contract, etag);
        return contract;
    }

    /// <summary>Adds a fault for each party that the terms name anew and that does not exist or is of the wrong kind.</summary>
    public static async Task PartiesAsync(
        this OwnershipDb db, FieldFaults faults, Proto.Contract terms, Proto.Contract? before, CancellationToken ct)
    {
        if (terms.Party != before?.Party)
        {
            await db.PartyAsync(faults, terms.Party, PartyKind.Vendor, "contract.party", ct);
        }
        if (terms.InternalOwner.Length > 0 && terms.InternalOwner != before?.InternalOwner)
        {
            await db.PartyAsync(faults, terms.InternalOwner, PartyKind.Team, "contract.internal_owner", ct);
        }
    }

    private static async Task PartyAsync(
        this OwnershipDb db, FieldFaults faults, string name, PartyKind kind, string field, CancellationToken ct)
    {
        var id = name["parties/".Length..];
        var party = await db.Parties.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.DeleteTime == null, ct);
        faults.Check(party is not null, field, $"There is no {name}.", "UNKNOWN_PARTY");
        var word = kind.ToString().ToUpperInvariant();
        faults.Check(
            party is null || party.Kind == kind || party.Kind == PartyKind.Unspecified, field, $"{name} is no {word}.", $"NOT_A_{word}");
    }
}
