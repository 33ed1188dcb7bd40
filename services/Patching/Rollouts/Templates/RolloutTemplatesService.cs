using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Fields;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Rollouts.Templates;

/// <summary>Templates that pre-approve rollouts.</summary>
internal sealed class RolloutTemplatesService(
    Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases) : V1.RolloutTemplates.RolloutTemplatesBase
{
    private static readonly Keyset<StoredTemplate> ByTemplateName = new Keyset<StoredTemplate>().By(template => template.Id);

    public override Task<RolloutTemplate> CreateRolloutTemplate(CreateRolloutTemplateRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.RolloutTemplate, "rollout_template");
        var id = faults.NewId(request.RolloutTemplateId, "rollout_template_id");
        var terms = faults.Terms(request.RolloutTemplate ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await DemandWithinAsync(unit.Db, context, terms, ct);
            var template = StoredTemplate.Create(id, terms, unit.Caller.Responsible, unit.Now);
            await unit.AddAsync(template, ct);
            return template.ToProto();
        });
    }

    public override async Task<RolloutTemplate> GetRolloutTemplate(GetRolloutTemplateRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindTemplateAsync(db, request.Name, context.CancellationToken)).ToProto();
    }

    public override async Task<ListRolloutTemplatesResponse> ListRolloutTemplates(
        ListRolloutTemplatesRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var query = db.RolloutTemplates.AsNoTracking();
        if (!request.ShowRetired) query = query.Where(template => template.DeleteTime == null);
        var templates = await ByTemplateName.ListAsync(query, page, context.CancellationToken);
        return new ListRolloutTemplatesResponse
        {
            RolloutTemplates = { templates.Items.Select(template => template.ToProto()) },
            NextPageToken = templates.NextPageToken,
        };
    }

    public override Task<RolloutTemplate> UpdateRolloutTemplate(UpdateRolloutTemplateRequest request, ServerCallContext context)
    {
        if (request.RolloutTemplate is null) throw FieldFaults.Single("rollout_template", "Is required.", "REQUIRED");
        return ChangeTemplate(request, request.RolloutTemplate.Name, request.RolloutTemplate.Etag, context, async (template, unit, ct) =>
        {
            var faults = new FieldFaults();
            var terms = faults.Terms(faults.Masked(template.ToProto(), request.RolloutTemplate, request.UpdateMask));
            faults.ThrowIfAny();
            await DemandWithinAsync(unit.Db, context, terms, ct);
            template.Edit(terms, unit.Caller.Responsible, unit.Now);
        });
    }

    public override Task<RolloutTemplate> DeleteRolloutTemplate(DeleteRolloutTemplateRequest request, ServerCallContext context) =>
        ChangeTemplate(request, request.Name, request.Etag, context, (template, unit, _) =>
        {
            Texts.Demand(request.Reason, "reason", required: false);
            template.Retire(request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    public override Task<RolloutTemplate> SubmitRolloutTemplate(SubmitRolloutTemplateRequest request, ServerCallContext context) =>
        ChangeTemplate(request, request.Name, request.Etag, context, (template, unit, _) =>
        {
            unit.Record(template.Name, Duty.Requested);
            template.Submit(unit.Now);
            return Task.CompletedTask;
        });

    public override Task<RolloutTemplate> ApproveRolloutTemplate(ApproveRolloutTemplateRequest request, ServerCallContext context) =>
        ChangeTemplate(request, request.Name, request.Etag, context, (template, unit, _) =>
        {
            Texts.Demand(request.Comment, "comment", required: false);
            SeparationOfDuties.DemandMayApprove(unit.Caller, context.Permission(), template.ToApprovalRecord());
            Digests.DemandRead(template.Name, template.Digest, request.Digest);
            unit.Because(request.Comment);
            unit.Record(template.Name, Duty.Approved);
            var approval = new RolloutApproval(unit.Caller.Person, unit.Now.ToDateTimeOffset(), template.Digest, request.Comment);
            template.Approve(approval, unit.Caller.RolesFor(context.Permission()), unit.Now);
            return Task.CompletedTask;
        });

    public override Task<RolloutTemplate> RejectRolloutTemplate(RejectRolloutTemplateRequest request, ServerCallContext context) =>
        ChangeTemplate(request, request.Name, request.Etag, context, (template, unit, _) =>
        {
            Texts.Demand(request.Reason, "reason", required: true);
            SeparationOfDuties.DemandMayApprove(
                unit.Caller, context.Permission(), new Common.V1.ApprovalRecord { Resource = request.Name });
            template.Reject(request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    private Task<RolloutTemplate> ChangeTemplate(
        IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Func<StoredTemplate, WriteUnit<PatchingDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "rolloutTemplates");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var template = await FindTemplateAsync(unit.Db, name, ct);
            await DemandWithinAsync(unit.Db, context, template.Terms, ct);
            unit.CheckEtag(template, etag);
            await change(template, unit, ct);
            return template.ToProto();
        });
    }

    private static async Task<StoredTemplate> FindTemplateAsync(PatchingDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "rolloutTemplates");
        return await db.RolloutTemplates.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }

    /// <summary>Refuses unless the caller holds the RPC's permission on all that the template lets be changed.</summary>
    private static async Task DemandWithinAsync(PatchingDb db, ServerCallContext context, TemplateTerms terms, CancellationToken ct)
    {
        await db.DemandAsync(context, terms.Components, ct);
        context.Demand(terms.Systems.Select(system => new Target(System: system)));
        if (terms.Components.Count + terms.Systems.Count == 0) context.Demand(new Target());
    }
}
