using Governance.BuildingBlocks.Hosting;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Governance.Ownership.Responsibilities;

namespace Governance.Ownership;

/// <summary>Who: what the service is made of.</summary>
public static class OwnershipService
{
    /// <summary>For its own program, for the Suite and for tests.</summary>
    public static ServiceDefinition Definition { get; } =
        ServiceDefinition.Create<OwnershipDb, SqliteOwnershipDb, SqlServerOwnershipDb>(ServiceCatalog.Ownership, service => service
            .Grpc<OwnershipCalls>()
            .Grpc<OperationsService>()
            .Services(services => services
                .AddSingleton(DefaultParty.Read(Environment.GetEnvironmentVariable))
                .AddSingleton<PartyDirectory>()
                .AddSingleton<TrailEnds>()
                .AddSingleton<OwnerResolver>()
                .AddSingleton<GapKeeper>()
                .AddHostedService<AreaSeed>()
                .AddHostedService<HolidayCalendarSeed>()
                .AddHostedService<ClockWorker>()));
}
