using Governance.BuildingBlocks.Hosting;
using Governance.Gateway;

return await GovernanceHost.RunAsync(GatewayService.Definition, args);
