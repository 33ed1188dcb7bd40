using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Deadlines;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Policy = Governance.Patching.Deadlines.Policy;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Policies;

/// <summary>Policies: by when what must be remediated.</summary>
internal sealed partial class PoliciesService(
    Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases, BusinessClock clock) : V1.Policies.PoliciesBase
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

    public override Task<Proto.Policy> CreatePolicy(CreatePolicyRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.Policy, "policy");
        var id = faults.NewId(request.PolicyId, "policy_id");
        var terms = faults.Policy(id, request.Policy ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await DemandCalendarsAsync(unit.Db, terms, ct);
            var policy = Policy.Create(terms, isActive: false, unit.Sequence, unit.Now);
            await unit.AddAsync(policy, ct);
            return policy.ToProto();
        });
    }

    public override Task<Proto.Policy> UpdatePolicy(UpdatePolicyRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        if (request.Policy is null) throw FieldFaults.Single("policy", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = await FindPolicyAsync(unit.Db, request.Policy.Name, ct);
            unit.CheckEtag(policy, request.Policy.Etag);
            var faults = new FieldFaults();
            var terms = faults.Policy(policy.Id, faults.Masked(policy.ToProto(), request.Policy, request.UpdateMask));
            faults.ThrowIfAny();
            await DemandCalendarsAsync(unit.Db, terms, ct);
            policy.Revise(terms, unit.Sequence, unit.Now);
            return policy.ToProto();
        });
    }

    public override Task<Empty> DeletePolicy(DeletePolicyRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = await FindPolicyAsync(unit.Db, request.Name, ct);
            unit.CheckEtag(policy, request.Etag);
            policy.DemandDeletable();
            unit.Db.Remove(policy);
            return new Empty();
        });
    }

    public override Task<Proto.Policy> ActivatePolicy(ActivatePolicyRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = await FindPolicyAsync(unit.Db, request.Name, ct);
            unit.CheckEtag(policy, request.Etag);
            if (policy.IsActive) return policy.ToProto();
            foreach (var other in await unit.Db.Policies.AsTracking().Where(one => one.IsActive).ToListAsync(ct))
            {
                other.Deactivate(unit.Now);
            }
            policy.Activate(unit.Now);
            return policy.ToProto();
        });
    }

    private static async Task<Policy> FindPolicyAsync(PatchingDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "policies");
        return await db.Policies.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }

    private static async Task DemandCalendarsAsync(PatchingDb db, DeadlinePolicy terms, CancellationToken ct)
    {
        var faults = new FieldFaults();
        for (var i = 0; i < terms.Rules.Count; i++)
        {
            var id = terms.Rules[i].Deadline.Calendar;
            if (id.Length > 0 && !await db.Calendars.AnyAsync(one => one.Id == id, ct))
            {
                faults.Add($"policy.rules[{i}].calendar", $"There is no calendars/{id}.", "UNKNOWN_CALENDAR");
            }
        }

        faults.ThrowIfAny();
    }
}
