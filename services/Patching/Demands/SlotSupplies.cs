using Google.Protobuf;
using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Windows.V1;

namespace Governance.Patching.Demands;

/// <summary>Hears what the calendar offers to a demand.</summary>
internal sealed class SlotSupplies : IEventHandler<PatchingDb, SlotSupplyChanged>
{
    public async Task HandleAsync(WriteUnit<PatchingDb> unit, Delivery<SlotSupplyChanged> delivery, CancellationToken ct)
    {
        var demandId = DemandIdOf(delivery);
        var row = await unit.Db.SlotSupplies.FindAsync([demandId], ct);
        if (row is null) unit.Db.SlotSupplies.Add(row = new SlotSupplyRow { DemandId = demandId, Supply = [] });
        else if (!delivery.Version.Supersedes(new EventVersion(row.Epoch, row.Version), delivery.IsRepublished)) return;
        (row.Epoch, row.Version) = (delivery.Meta.Epoch, delivery.Meta.Version);
        row.Supply = delivery.Meta.Deleted ? [] : delivery.Event.Supply.ToByteArray();
    }

    /// <summary>A supply has the id of its demand.</summary>
    private static string DemandIdOf(Delivery<SlotSupplyChanged> delivery)
    {
        var name = delivery.Event.Supply?.Demand is { Length: > 0 } demand ? demand : delivery.Subject;
        return name[(name.LastIndexOf('/') + 1)..];
    }
}
