using Governance.BuildingBlocks.Hosting;
using Governance.Ownership.V1;
using Governance.Patching.Advisories;
using Governance.Patching.Demands;
using Governance.Patching.Feeds;
using Governance.Patching.Lifecycles;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.Policies;
using Governance.Patching.Remediations;
using Governance.Patching.Rollouts;
using Governance.Windows.V1;

namespace Governance.Patching;

/// <summary>What must change, and by when: what the service is made of.</summary>
public static class PatchingService
{
    /// <summary>For its own program, for the Suite and for tests.</summary>
    public static ServiceDefinition Definition { get; } =
        ServiceDefinition.Create<PatchingDb, SqlitePatchingDb, SqlServerPatchingDb>(ServiceCatalog.Patching, service => service
            .Grpc<PatchingCalls>()
            .Grpc<OperationsService>()
            .Copy<ComponentChanged, ComponentCopy, ComponentReaction>(ServiceCatalog.Ownership)
            .Handle<BookingChanged, BookingAnswers>(ServiceCatalog.Windows)
            .Handle<SlotSupplyChanged, SlotSupplies>(ServiceCatalog.Windows)
            .Services(services => services
                .AddSingleton<AdvisoryImporter>()
                .AddSingleton<LifecycleImporter>()
                .AddSingleton(RolloutOptions.Read(Environment.GetEnvironmentVariable))
                .AddFeeds()
                .AddHostedService<PolicySeed>()
                .AddHostedService<ClockWorker>()));
}
