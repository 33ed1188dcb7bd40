using Governance.BuildingBlocks.Hosting;
using Governance.MaintenanceWindows;

return await GovernanceHost.RunAsync(WindowsService.Definition, args);
