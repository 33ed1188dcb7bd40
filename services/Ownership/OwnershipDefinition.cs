using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.Ownership.Apis;
using Governance.Ownership.Components;
using Governance.Ownership.Contracts;
using Governance.Ownership.Contracts.Statements;
using Governance.Ownership.Contracts.TimeEntries;
using Governance.Ownership.Escalation;
using Governance.Ownership.History;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Imports;
using Governance.Ownership.Imports.Codeowners;
using Governance.Ownership.Insights;
using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Notifications;
using Governance.Ownership.Notifications.Delivery;
using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Governance.Ownership.Responsibilities;
using Governance.Ownership.ScheduleImports;
using Governance.Patching.V1;
using Governance.Windows.V1;

namespace Governance.Ownership;

/// <summary>Who: what the service is made of.</summary>
public static class OwnershipDefinition
{
    /// <summary>For its own program, for the Suite and for tests.</summary>
    public static ServiceDefinition Value { get; } =
        ServiceDefinition.Create<OwnershipDb, SqliteOwnershipDb, SqlServerOwnershipDb>(ServiceCatalog.Ownership, service => service
            .Grpc<ComponentsService>()
            .Grpc<SystemsService>()
            .Grpc<ApisService>()
            .Grpc<PartiesService>()
            .Grpc<AreasService>()
            .Grpc<ResponsibilitiesService>()
            .Grpc<ContractsService>()
            .Grpc<ObligationsService>()
            .Grpc<TimeEntriesService>()
            .Grpc<StatementsService>()
            .Grpc<HolidayCalendarsService>()
            .Grpc<EscalationPoliciesService>()
            .Grpc<RevisionsService>()
            .Grpc<OwnersService>()
            .Grpc<CatalogsService>()
            .Grpc<CodeownersService>()
            .Grpc<SchedulesService>()
            .Grpc<InsightsService>()
            .Grpc<OwnershipGapsService>()
            .Grpc<NotificationRulesService>()
            .Grpc<NotificationsService>()
            .Grpc<WebhookEndpointsService>()
            .Grpc<OperationsService>()
            .Copy<RolloutChanged, WatchedRollout, Watching<WatchedRollout>>(ServiceCatalog.Patching)
            .Copy<RemediationChanged, WatchedRemediation, Watching<WatchedRemediation>>(ServiceCatalog.Patching)
            .Copy<RemediationExceptionChanged, WatchedException, Watching<WatchedException>>(ServiceCatalog.Patching)
            .Copy<FeedChanged, WatchedFeed, Watching<WatchedFeed>>(ServiceCatalog.Patching)
            .Copy<BookingChanged, WatchedBooking, Watching<WatchedBooking>>(ServiceCatalog.Windows)
            .Copy<OverrideChanged, WatchedOverride, Watching<WatchedOverride>>(ServiceCatalog.Windows)
            .Follow<RelationFollower>(typeof(Component), typeof(RelationRow))
            .Follow<PartyAliasFollower>(typeof(Party), typeof(PartyAliasRow))
            .Follow<ObligationFollower>(typeof(Contract))
            .Follow<ContractSituationFollower>(typeof(Contract))
            .Follow<GapSituationFollower>(typeof(Gap))
            .Follow<RuleFollower>(typeof(Rule))
            .Follow<EndedSituationFollower>(typeof(Situation))
            .Follow<SilencedRuleFollower>(typeof(Rule))
            .Follow<DirectoryFollower>(
                typeof(Party), typeof(Contract), typeof(HolidayCalendar), typeof(EscalationPolicy), typeof(RevisionRow))
            .Follow<GapMarkFollower>(
                typeof(Component), typeof(Responsibility), typeof(Party), typeof(Contract), typeof(EscalationPolicy),
                typeof(HolidayCalendar), typeof(Area), typeof(RevisionRow), typeof(GapMarkRow))
            .Services(services => services
                .AddSingleton(DefaultParty.Read(Environment.GetEnvironmentVariable))
                .AddSingleton<PartyDirectory>()
                .AddSingleton<TrailEnds>()
                .AddSingleton<OwnerResolver>()
                .AddSingleton<CodeownersCache>()
                .AddSingleton<GapKeeper>()
                .AddHostedService<AreaSeed>()
                .AddHostedService<HolidayCalendarSeed>()
                .AddHostedService<ClockWorker>()
                .AddNotifications()));
}
