using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Fields;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <content>What people decide about them.</content>
internal sealed partial class RemediationsService
{
    public override Task<Proto.Remediation> MarkNotAffected(MarkNotAffectedRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        faults.Check(
            Enum.IsDefined(request.Justification) && request.Justification != Proto.Assessment.Types.Justification.Unspecified,
            "justification", "A VEX justification such as VULNERABLE_CODE_NOT_PRESENT is required.", "REQUIRED");
        faults.Required(request.ImpactStatement, "impact_statement").Length(request.ImpactStatement, 4 * Texts.Longest, "impact_statement");
        faults.Link(request.Evidence, Texts.Longest, "evidence");
        faults.ThrowIfAny();
        return ChangeRemediation(request, request.Name, request.Etag, context, (remediation, _, unit, _) =>
        {
            SeparationOfDuties.DemandMayApprove(
                unit.Caller, context.Permission(), new Common.V1.ApprovalRecord { Resource = request.Name });
            unit.Because(request.ImpactStatement);
            unit.Record(remediation.Name, Duty.Approved);
            remediation.MarkNotAffected(
                new Proto.Assessment
                {
                    Justification = request.Justification,
                    ImpactStatement = request.ImpactStatement,
                    Evidence = request.Evidence,
                    Assessor = unit.Caller.Person,
                    At = unit.Now.ToTimestamp(),
                },
                unit.Now);
            return Task.CompletedTask;
        });
    }

    public override Task<Proto.Remediation> ResolveRemediation(ResolveRemediationRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Patch, "patch").Length(request.Patch, 200, "patch").Length(
            request.Comment, Texts.Longest, "comment");
        faults.Link(request.Evidence, Texts.Longest, "evidence");
        faults.ThrowIfAny();
        return ChangeRemediation(request, request.Name, request.Etag, context, (remediation, _, unit, _) =>
        {
            unit.Because(request.Comment);
            remediation.Resolve(
                new IsolatedPatch
                {
                    Patch = request.Patch,
                    Evidence = request.Evidence,
                    Comment = request.Comment,
                    Resolver = unit.Caller.Responsible,
                    At = unit.Now.ToTimestamp(),
                },
                unit.Now);
            return Task.CompletedTask;
        });
    }

    public override Task<Proto.Remediation> ReopenRemediation(ReopenRemediationRequest request, ServerCallContext context)
    {
        Texts.Demand(request.Reason, "reason", required: true);
        return ChangeRemediation(request, request.Name, request.Etag, context, async (remediation, assessment, unit, ct) =>
        {
            remediation.DemandClosedByHand();
            remediation.Reopen(request.Reason, unit.Now);
            await assessment.RematchAsync(unit, remediation, ct);
        });
    }

    /// <summary>Changes one remediation; the calendar and its rollout hear of it.</summary>
    private Task<Proto.Remediation> ChangeRemediation(
        IMessage request, string name, string etag, ServerCallContext context,
        Func<Remediation, Assessment, WriteUnit<PatchingDb>, CancellationToken, Task> change)
    {
        var id = NameFields.Id(name, "remediations");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var remediation =
                await unit.Db.Remediations.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
            if (await unit.Db.SightAsync(context, ct) is { } sight && !sight.Contains(remediation.Component)) throw new Missing(name);
            await unit.Db.DemandAsync(context, [remediation.Component], ct);
            unit.CheckEtag(remediation, etag);
            var assessment = await Assessment.OpenAsync(unit, ct);
            if (remediation.HasLapsedAt(unit.Now))
            {
                await assessment.EndExceptionsAsync(
                    unit, [remediation], remediation.Body.ExceptedUntil.ToInstant(), $"{remediation.Body.Exception} expired.", ct);
            }
            await change(remediation, assessment, unit, ct);
            await assessment.StampAsync(ct);
            return remediation;
        }, remediation => remediation.ToProto());
    }
}
