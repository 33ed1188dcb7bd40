using Governance.BuildingBlocks.Hosting;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Imports.Codeowners;
using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Notifications;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Governance.Ownership.Responsibilities;
using Governance.Patching.V1;
using Governance.Windows.V1;

namespace Governance.Ownership;

/// <summary>Who: what the service is made of.</summary>
public static class OwnershipService
{
    /// <summary>For its own program, for the Suite and for tests.</summary>
    public static ServiceDefinition Definition { get; } =
        ServiceDefinition.Create<OwnershipDb, SqliteOwnershipDb, SqlServerOwnershipDb>(ServiceCatalog.Ownership, service => service
            .Grpc<OwnershipCalls>()
            .Grpc<OperationsService>()
            .Copy<RolloutChanged, WatchedRollout, Watching<WatchedRollout>>(ServiceCatalog.Patching)
            .Copy<RemediationChanged, WatchedRemediation, Watching<WatchedRemediation>>(ServiceCatalog.Patching)
            .Copy<RemediationExceptionChanged, WatchedException, Watching<WatchedException>>(ServiceCatalog.Patching)
            .Copy<FeedChanged, WatchedFeed, Watching<WatchedFeed>>(ServiceCatalog.Patching)
            .Copy<BookingChanged, WatchedBooking, Watching<WatchedBooking>>(ServiceCatalog.Windows)
            .Copy<OverrideChanged, WatchedOverride, Watching<WatchedOverride>>(ServiceCatalog.Windows)
            .Services(services => services
                .AddSingleton(DefaultParty.Read(Environment.GetEnvironmentVariable))
                .AddSingleton<PartyDirectory>()
                .AddSingleton<TrailEnds>()
                .AddSingleton<OwnerResolver>()
                .AddSingleton<CodeownersBook>()
                .AddSingleton<GapKeeper>()
                .AddHostedService<AreaSeed>()
                .AddHostedService<HolidayCalendarSeed>()
                .AddHostedService<ClockWorker>()
                .AddNotifications()));
}
