using Grpc.Core;

namespace Governance.Patching.Tests.Service;

/// <summary>One caller's clients, one for each resource.</summary>
internal sealed class PatchingClients(CallInvoker calls)
{
    public V1.Advisories.AdvisoriesClient Advisories => new(calls);

    public V1.Calendars.CalendarsClient Calendars => new(calls);

    public V1.Compliance.ComplianceClient Compliance => new(calls);

    public V1.Exceptions.ExceptionsClient Exceptions => new(calls);

    public V1.Feeds.FeedsClient Feeds => new(calls);

    public V1.Inventory.InventoryClient Inventory => new(calls);

    public V1.Lifecycles.LifecyclesClient Lifecycles => new(calls);

    public V1.Policies.PoliciesClient Policies => new(calls);

    public V1.Remediations.RemediationsClient Remediations => new(calls);

    public V1.RolloutProposals.RolloutProposalsClient RolloutProposals => new(calls);

    public V1.Rollouts.RolloutsClient Rollouts => new(calls);

    public V1.RolloutTemplates.RolloutTemplatesClient RolloutTemplates => new(calls);

    public V1.Vectors.VectorsClient Vectors => new(calls);
}
