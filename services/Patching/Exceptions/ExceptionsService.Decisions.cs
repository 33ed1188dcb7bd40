using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Patching.Fields;
using Governance.Patching.V1;
using Grpc.Core;

namespace Governance.Patching.Exceptions;

/// <content>What approvers say of them.</content>
internal sealed partial class ExceptionsService
{
    public override Task<RemediationException> ApproveException(ApproveExceptionRequest request, ServerCallContext context) =>
        ChangeException(request, request.Name, request.Etag, context, async (stored, unit, ct) =>
        {
            Texts.Demand(request.Comment, "comment", required: false);
            SeparationOfDuties.DemandMayApprove(unit.Caller, context.Permission(), stored.ToApprovalRecord());
            Digests.DemandRead(stored.Name, stored.Body.Digest, request.Digest);
            unit.Because(request.Comment);
            unit.Record(stored.Name, Duty.Approved);
            var approval = new Approval
            {
                Approver = unit.Caller.Person,
                At = unit.Now.ToTimestamp(),
                Source = "governance",
                Roles = { unit.Caller.RolesFor(context.Permission()) },
                Digest = stored.Body.Digest,
                Comment = request.Comment,
            };
            await ExceptionEffects.ApproveAsync(unit, stored, approval, ct);
        });

    public override Task<RemediationException> RejectException(RejectExceptionRequest request, ServerCallContext context) =>
        ChangeException(request, request.Name, request.Etag, context, (stored, unit, _) =>
        {
            Texts.Demand(request.Reason, "reason", required: true);
            SeparationOfDuties.DemandMayApprove(unit.Caller, context.Permission(), new ApprovalRecord { Resource = request.Name });
            unit.Record(stored.Name, Duty.Rejected);
            stored.Reject(request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    public override Task<RemediationException> RevokeException(RevokeExceptionRequest request, ServerCallContext context) =>
        ChangeException(request, request.Name, request.Etag, context, (stored, unit, ct) =>
        {
            Texts.Demand(request.Reason, "reason", required: true);
            return ExceptionEffects.RevokeAsync(unit, stored, request.Reason, ct);
        });

    public override Task<RemediationException> ReviewException(ReviewExceptionRequest request, ServerCallContext context) =>
        ChangeException(request, request.Name, request.Etag, context, (stored, unit, _) =>
        {
            Texts.Demand(request.Comment, "comment", required: true);
            SeparationOfDuties.DemandMayApprove(
                unit.Caller,
                context.Permission(),
                new ApprovalRecord { Resource = stored.Name, Requester = stored.Body.Requester, Editors = { stored.Body.Editors } });
            stored.DemandInForce();
            var faults = new FieldFaults();
            if (faults.Moment(request.NextReviewTime, "next_review_time") is { } next)
            {
                faults.Review(next, stored.Expiry, unit.Now, "next_review_time");
            }
            faults.ThrowIfAny();
            unit.Because(request.Comment);
            stored.Review(unit.Caller.Person, request.Comment, request.NextReviewTime?.ToInstant().ToTimestamp(), unit.Now);
            return Task.CompletedTask;
        });
}
