using Governance.BuildingBlocks.Hosting;
using Governance.Ownership;

return await GovernanceHost.RunAsync(OwnershipDefinition.Value, args);
