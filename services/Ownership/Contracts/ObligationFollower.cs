using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Status = Governance.Ownership.V1.Obligation.Types.Status;

namespace Governance.Ownership.Contracts;

/// <summary>Where obligations stand follows from the contracts.</summary>
internal sealed class ObligationFollower : IFollow<OwnershipDb>
{
    public async Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        foreach (var contract in changes.Of<Contract>().Select(change => change.Now).OfType<Contract>())
        {
            var kept = (await unit.LoadAsync<ObligationRow>(row => row.Contract == contract.Id, ct)).ToDictionary(row => row.Id);
            foreach (var row in contract.IsDeleted ? [] : Rows(contract))
            {
                if (kept.Remove(row.Id, out var known)) (known.Party, known.Status, known.Due) = (row.Party, row.Status, row.Due);
                else unit.Db.Obligations.Add(row);
            }

            unit.Db.Obligations.RemoveRange(kept.Values);
        }
    }

    private static IEnumerable<ObligationRow> Rows(Contract contract) => contract.Terms.Obligations.Select(one => new ObligationRow
    {
        Contract = contract.Id,
        Id = one.Id,
        Party = contract.Party,
        Status = one.IsOpen() ? Status.Open : one.Status,
        Due = DayNumber.Of(one.DueOn(contract.Terms)),
    });
}
