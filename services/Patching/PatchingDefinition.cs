using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.Ownership.V1;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Cvss;
using Governance.Patching.Calendars;
using Governance.Patching.Compliance;
using Governance.Patching.Demands;
using Governance.Patching.Exceptions;
using Governance.Patching.Feeds;
using Governance.Patching.Inventory;
using Governance.Patching.Lifecycles;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.Policies;
using Governance.Patching.Remediations;
using Governance.Patching.Rollouts;
using Governance.Patching.Rollouts.Proposals;
using Governance.Patching.Rollouts.Templates;
using Governance.Windows.V1;

namespace Governance.Patching;

/// <summary>What must change, and by when: what the service is made of.</summary>
public static class PatchingDefinition
{
    /// <summary>For its own program, for the Suite and for tests.</summary>
    public static ServiceDefinition Value { get; } =
        ServiceDefinition.Create<PatchingDb, SqlitePatchingDb, SqlServerPatchingDb>(ServiceCatalog.Patching, service => service
            .Grpc<AdvisoriesService>()
            .Grpc<VectorsService>()
            .Grpc<InventoryService>()
            .Grpc<LifecyclesService>()
            .Grpc<PoliciesService>()
            .Grpc<CalendarsService>()
            .Grpc<RemediationsService>()
            .Grpc<ComplianceService>()
            .Grpc<ExceptionsService>()
            .Grpc<RolloutsService>()
            .Grpc<RolloutProposalsService>()
            .Grpc<RolloutTemplatesService>()
            .Grpc<FeedsService>()
            .Grpc<OperationsService>()
            .Copy<ComponentChanged, ComponentCopy, ComponentReaction>(ServiceCatalog.Ownership)
            .Handle<BookingChanged, BookingAnswers>(ServiceCatalog.Windows)
            .Handle<SlotSupplyChanged, SlotSupplies>(ServiceCatalog.Windows)
            .Follow<WorsenedFollower>(typeof(Remediation))
            .Follow<RolloutFollower>(typeof(StoredRollout), typeof(Remediation))
            .Follow<DemandFollower>(typeof(Remediation), typeof(StoredRollout), typeof(SlotSupplyRow))
            .Services(services => services
                .AddSingleton<IAdvisoryReaction, Reactions>()
                .AddSingleton<IInventoryReaction, Reactions>()
                .AddSingleton<ILifecycleReaction, Reactions>()
                .AddSingleton<AdvisoryImporter>()
                .AddSingleton<LifecycleImporter>()
                .AddSingleton(RolloutOptions.Read(Environment.GetEnvironmentVariable))
                .AddFeeds()
                .AddHostedService<PolicySeed>()
                .AddHostedService<ClockWorker>()));
}
