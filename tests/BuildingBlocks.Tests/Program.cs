using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Tests.Sample;

// The tests' assembly is their tiny service's program too, for those that kill it.
return await GovernanceHost.RunAsync(SampleServices.Depot, args);
