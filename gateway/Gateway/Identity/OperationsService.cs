using Governance.BuildingBlocks.Operators;
using Governance.Common.V1;
using Governance.Gateway.V1;
using Grpc.Core;

namespace Governance.Gateway.Identity;

/// <summary>The gateway's own audit.</summary>
internal sealed class OperationsService(OperationsCalls calls) : Operations.OperationsBase
{
    public override Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context) =>
        calls.ListAuditEntries(request, context);

    public override Task ExportAudit(
        ExportAuditRequest request, IServerStreamWriter<AuditEntry> responseStream, ServerCallContext context) =>
        calls.ExportAudit(request, responseStream, context);

    public override Task<VerifyAuditResponse> VerifyAudit(VerifyAuditRequest request, ServerCallContext context) =>
        calls.VerifyAudit(request, context);

    public override Task<ListApprovalRecordsResponse> ListApprovalRecords(ListApprovalRecordsRequest request, ServerCallContext context) =>
        calls.ListApprovalRecords(request, context);
}
