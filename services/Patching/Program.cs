using Governance.BuildingBlocks.Hosting;
using Governance.Patching;

return await GovernanceHost.RunAsync(PatchingService.Definition, args);
