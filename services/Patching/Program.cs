using Governance.BuildingBlocks.Hosting;
using Governance.Patching;

return await GovernanceHost.RunAsync(PatchingDefinition.Value, args);
