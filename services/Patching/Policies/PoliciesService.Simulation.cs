using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Paging;
using Governance.Patching.Deadlines;
using Governance.Patching.Neighbours;
using Governance.Patching.V1;
using Grpc.Core;

namespace Governance.Patching.Policies;

/// <content>What another policy would change.</content>
internal sealed partial class PoliciesService
{
    public override async Task<SimulatePolicyResponse> SimulatePolicy(SimulatePolicyRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var policy = await FindPolicyAsync(db, request.Name, ct);
        var (terms, stamp) = (policy.Terms, policy.Stamp);
        if (request.Policy is not null)
        {
            var faults = new FieldFaults();
            terms = faults.Policy(policy.Id, request.Policy);
            faults.ThrowIfAny();
            await DemandCalendarsAsync(db, terms, ct);
            stamp = Deadlines.Policy.StampOf(policy.Id, long.MaxValue);
        }

        var simulation = new PolicySimulation(await PolicyInForce.OfAsync(db, terms, stamp, ct), clock.Now, page);
        await simulation.RunAsync(db, await db.SightAsync(context, ct), ct);
        return simulation.ToResponse();
    }
}
