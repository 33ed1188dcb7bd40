using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Escalation;

/// <summary>Who is told next when nobody answers.</summary>
internal sealed class EscalationPoliciesService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases)
    : V1.EscalationPolicies.EscalationPoliciesBase
{
    private static readonly Keyset<EscalationPolicy> ByName = new Keyset<EscalationPolicy>().By(policy => policy.Id);

    public override Task<Proto.EscalationPolicy> CreateEscalationPolicy(CreateEscalationPolicyRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.EscalationPolicy, "escalation_policy");
        var id = faults.NewId(request.EscalationPolicyId, "escalation_policy_id");
        var terms = faults.EscalationPolicy(request.EscalationPolicy ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = EscalationPolicy.Create(id, terms, unit.Now);
            await unit.AddAsync(policy, ct);
            return policy;
        }, policy => policy.ToProto());
    }

    public override async Task<Proto.EscalationPolicy> GetEscalationPolicy(GetEscalationPolicyRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var policy = await FindAsync(db, request.Name, ct);
        if (request.At is null) return policy.ToProto();
        var at = request.At.ToInstant();
        return policy.ToProto(await db.AtAsync(policy, at, ct) ?? throw new Missing($"{policy.Name} at {at}"), policy.EffectiveFrom);
    }

    public override async Task<ListEscalationPoliciesResponse> ListEscalationPolicies(
        ListEscalationPoliciesRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var policies = await ByName.ListAsync(
            db.EscalationPolicies.AsNoTracking().Where(one => one.DeleteTime == null), page, context.CancellationToken);
        return new ListEscalationPoliciesResponse
        {
            EscalationPolicies = { policies.Items.Select(one => one.ToProto()) },
            NextPageToken = policies.NextPageToken,
        };
    }

    public override Task<Proto.EscalationPolicy> UpdateEscalationPolicy(UpdateEscalationPolicyRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        if (request.EscalationPolicy is null) throw FieldFaults.Single("escalation_policy", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = await LivingAsync(unit, request.EscalationPolicy.Name, request.EscalationPolicy.Etag, ct);
            var faults = new FieldFaults();
            faults.Moment(request.EffectiveTime, "effective_time");
            var terms = faults.EscalationPolicy(faults.Masked(policy.ToProto(), request.EscalationPolicy, request.UpdateMask));
            faults.ThrowIfAny();
            await unit.ReviseAsync(policy, terms, request.UpdateMask, request.EffectiveTime, ct);
            return policy;
        }, policy => policy.ToProto());
    }

    public override Task<Proto.EscalationPolicy> DeleteEscalationPolicy(DeleteEscalationPolicyRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = await LivingAsync(unit, request.Name, request.Etag, ct);
            policy.Delete(request.Reason, unit.Now);
            return policy;
        }, policy => policy.ToProto());
    }

    private static async Task<EscalationPolicy> LivingAsync(WriteUnit<OwnershipDb> unit, string name, string etag, CancellationToken ct)
    {
        var policy = await FindAsync(unit.Db, name, ct);
        if (policy.IsDeleted) throw new Missing(name);
        unit.CheckEtag(policy, etag);
        return policy;
    }

    private static async Task<EscalationPolicy> FindAsync(OwnershipDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "escalationPolicies");
        return await db.EscalationPolicies.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }
}
