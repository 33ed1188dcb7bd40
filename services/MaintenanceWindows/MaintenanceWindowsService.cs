using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Requests;
using Governance.MaintenanceWindows.Imports;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.ProviderMaintenances;
using Microsoft.EntityFrameworkCore;
using Contract = Governance.Windows.V1.MaintenanceWindows.MaintenanceWindowsBase;

namespace Governance.MaintenanceWindows;

/// <summary>The service's calls; each feature folder holds its own.</summary>
internal sealed partial class MaintenanceWindowsService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases, BusinessClock clock, Calendar calendar,
    MaintenanceImporter maintenanceImports, CalendarImporter calendarImports) : Contract;
