using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;

namespace Governance.BuildingBlocks.Tests.Sample;

/// <summary>The two halves: `depot` owns lots, `front` reads its events.</summary>
internal static class SampleServices
{
    public static ServiceEntry DepotEntry { get; } = new("depot", "depot", 0, 0);

    public static ServiceEntry FrontEntry { get; } = new("front", "front", 0, 0);

    public static ServiceEntry ShelfEntry { get; } = new("shelf", "shelf", 0, 0);

    public static ServiceDefinition Depot { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(DepotEntry, service => service
            .Grpc<LotsApi>()
            .Grpc<OperationsApi>());

    public static ServiceDefinition Front { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(FrontEntry, service => service
            .Grpc<OperationsApi>()
            .Copy<LotChanged, LotCopy>(from: DepotEntry)
            .Handle<LotChanged, CountDeliveries>(from: DepotEntry));

    /// <summary>Keeps copies and nothing else: its deliveries share saves.</summary>
    public static ServiceDefinition Shelf { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(ShelfEntry, service => service
            .Copy<LotChanged, LotCopy>(from: DepotEntry));

    public static ServiceDefinition CarelessDepot { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(DepotEntry, service => service.Grpc<CarelessApi>());
}

/// <summary>Counts; a subject that begins with `lots/poison` cannot be handled until it is allowed.</summary>
[SharesCommits]
internal sealed class CountDeliveries : IEventHandler<SampleDb, LotChanged>
{
    public bool PoisonAllowed { get; set; }

    public async Task HandleAsync(WriteUnit<SampleDb> unit, Delivery<LotChanged> delivery, CancellationToken ct)
    {
        if (delivery.Subject.StartsWith("lots/poison", StringComparison.Ordinal) && !PoisonAllowed)
        {
            throw new InvalidOperationException("Poison cannot be handled.");
        }
        if (delivery.IsRepublished) return;
        var row = await unit.Db.Applied.FindAsync([delivery.Subject], ct);
        if (row is null) unit.Db.Applied.Add(row = new Applied { Subject = delivery.Subject });
        row.Count++;
    }
}
