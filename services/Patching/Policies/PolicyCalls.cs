using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Requests;
using Governance.Patching.Policies;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Policy = Governance.Patching.Policies.Policy;
using Proto = Governance.Patching.V1;

namespace Governance.Patching;

internal sealed partial class PatchingCalls
{
    private static readonly Keyset<Policy> ByPolicyName = new Keyset<Policy>().By(policy => policy.Id);

    public override async Task<Proto.Policy> GetPolicy(GetPolicyRequest request, ServerCallContext context)
    {
        var id = NameFields.Id(request.Name, "policies");
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var policy = await db.Policies.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, context.CancellationToken);
        return (policy ?? throw new Missing(request.Name)).ToProto();
    }

    public override async Task<ListPoliciesResponse> ListPolicies(ListPoliciesRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var policies = await ByPolicyName.ListAsync(db.Policies.AsNoTracking(), page, context.CancellationToken);
        return new ListPoliciesResponse
        {
            Policies = { policies.Items.Select(policy => policy.ToProto()) },
            NextPageToken = policies.NextPageToken,
        };
    }
}
