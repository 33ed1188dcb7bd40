using Governance.BuildingBlocks.Hosting;
using Governance.MaintenanceWindows;

return await GovernanceHost.RunAsync(WindowsDefinition.Value, args);
