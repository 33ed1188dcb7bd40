using Governance.BuildingBlocks.Hosting;
using Governance.Gateway;

return await GovernanceHost.RunAsync(GatewayDefinition.Value, args);
