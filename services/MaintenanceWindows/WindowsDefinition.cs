using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.ChangePolicies;
using Governance.MaintenanceWindows.Checks;
using Governance.MaintenanceWindows.Demands;
using Governance.MaintenanceWindows.Feeds;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Imports;
using Governance.MaintenanceWindows.Neighbours;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.ProviderMaintenances;
using Governance.MaintenanceWindows.Reevaluation;
using Governance.MaintenanceWindows.Windows;
using Governance.Ownership.V1;
using Governance.Patching.V1;
using Calendar = Governance.MaintenanceWindows.Planning.Calendar;

namespace Governance.MaintenanceWindows;

/// <summary>When may it change: what the service is made of.</summary>
public static class WindowsDefinition
{
    /// <summary>For its own program, for the Suite and for tests.</summary>
    public static ServiceDefinition Value { get; } =
        ServiceDefinition.Create<WindowsDb, SqliteWindowsDb, SqlServerWindowsDb>(ServiceCatalog.Windows, service => service
            .Grpc<WindowsService>()
            .Grpc<OccurrencesService>()
            .Grpc<RecurrencesService>()
            .Grpc<FreezesService>()
            .Grpc<OverridesService>()
            .Grpc<ChangesService>()
            .Grpc<SlotsService>()
            .Grpc<BookingsService>()
            .Grpc<ChangePoliciesService>()
            .Grpc<CalendarFeedsService>()
            .Grpc<ProviderMaintenancesService>()
            .Grpc<CalendarsService>()
            .Grpc<OperationsService>()
            .Http(FeedEndpoint.Map)
            .Copy<ComponentChanged, ComponentCopy>(ServiceCatalog.Ownership)
            .Copy<PartyChanged, PartyCopy>(ServiceCatalog.Ownership)
            .Copy<SlotDemandChanged, SlotDemandCopy, SlotSupplies>(ServiceCatalog.Patching)
            .Handle<BookingRequestChanged, BookingRequests>(ServiceCatalog.Patching)
            .Follow<CalendarFollower>(typeof(ICalendarPart), typeof(Booking))
            .Republish<SupplySource>()
            .Services(services => services
                .AddSingleton<LastStamp>()
                .AddSingleton<Calendar>()
                .AddSingleton<FeedEndpoint>()
                .AddSingleton<MaintenanceImporter>()
                .AddSingleton<CalendarImporter>()
                .AddHostedService<ReevaluationWorker>()
                .AddHostedService<DefaultPolicy>()));
}
