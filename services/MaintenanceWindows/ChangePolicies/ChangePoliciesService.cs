using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.ChangePolicies;

/// <summary>Change policies: create, change, delete.</summary>
internal sealed class ChangePoliciesService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases)
    : Proto.ChangePolicies.ChangePoliciesBase
{
    public override Task<Proto.ChangePolicy> CreateChangePolicy(CreateChangePolicyRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.ChangePolicy, "change_policy");
        var id = faults.NewId(request.ChangePolicyId, "change_policy_id");
        var terms = faults.ChangePolicy(request.ChangePolicy ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await ScopeGuard.DemandAsync(context, unit.Db, terms.Scope, ct);
            var policy = ChangePolicy.Create(id, terms, unit.Now);
            await unit.AddAsync(policy, ct);
            return await WithUnknownAsync(policy.ToProto(), unit.Db, ct);
        });
    }

    public override async Task<Proto.ChangePolicy> GetChangePolicy(GetChangePolicyRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var policy = await FindPolicyAsync(db, request.Name, context, ct);
        return await WithUnknownAsync(policy.ToProto(), db, ct);
    }

    public override async Task<ListChangePoliciesResponse> ListChangePolicies(ListChangePoliciesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var sees = await ScopeGuard.SightAsync(context, db, ct);
        var policies = await NamedPage.ListAsync(db.ChangePolicies.AsNoTracking(), page, policy => sees(policy.Terms.Scope), ct);
        return new ListChangePoliciesResponse
        {
            ChangePolicies = { policies.Items.Select(policy => policy.ToProto()) },
            NextPageToken = policies.NextPageToken,
        };
    }

    public override Task<Proto.ChangePolicy> UpdateChangePolicy(UpdateChangePolicyRequest request, ServerCallContext context)
    {
        if (request.ChangePolicy is null) throw FieldFaults.Single("change_policy", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = await PolicyToChangeAsync(unit, request.ChangePolicy.Name, request.ChangePolicy.Etag, context, ct);
            var faults = new FieldFaults();
            var terms = faults.ChangePolicy(faults.Masked(policy.ToProto(), request.ChangePolicy, request.UpdateMask));
            faults.ThrowIfAny();
            await ScopeGuard.DemandAsync(context, unit.Db, terms.Scope, ct);
            policy.Revise(terms, unit.Now);
            return await WithUnknownAsync(policy.ToProto(), unit.Db, ct);
        });
    }

    public override Task<Empty> DeleteChangePolicy(DeleteChangePolicyRequest request, ServerCallContext context) =>
        writes.RunAsync(request, context, async (unit, ct) =>
        {
            var policy = await PolicyToChangeAsync(unit, request.Name, request.Etag, context, ct);
            policy.DemandDeletable();
            unit.Db.ChangePolicies.Remove(policy);
            return new Empty();
        });

    private static async Task<ChangePolicy> PolicyToChangeAsync(
        WriteUnit<WindowsDb> unit, string name, string etag, ServerCallContext context, CancellationToken ct)
    {
        var policy = await FindPolicyAsync(unit.Db, name, context, ct);
        await ScopeGuard.DemandAsync(context, unit.Db, policy.Terms.Scope, ct);
        unit.CheckEtag(policy, etag);
        return policy;
    }

    private static async Task<ChangePolicy> FindPolicyAsync(WindowsDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "changePolicies");
        var policy = await db.ChangePolicies.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var sees = await ScopeGuard.SightAsync(context, db, ct);
        return sees(policy.Terms.Scope) ? policy : throw new Missing(name);
    }

    private static async Task<Proto.ChangePolicy> WithUnknownAsync(Proto.ChangePolicy message, WindowsDb db, CancellationToken ct)
    {
        message.UnknownComponents.AddRange(await ScopeGuard.UnknownAsync(db, message.Scope, ct));
        return message;
    }
}
