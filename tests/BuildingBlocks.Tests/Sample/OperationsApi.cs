using Governance.BuildingBlocks.Operators;
using Governance.Common.V1;
using Governance.Sample.V1;
using Grpc.Core;

namespace Governance.BuildingBlocks.Tests.Sample;

internal sealed class OperationsApi(OperationsCalls calls) : Operations.OperationsBase
{
    public override Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context) =>
        calls.ListAuditEntries(request, context);

    public override Task<VerifyAuditResponse> VerifyAudit(VerifyAuditRequest request, ServerCallContext context) =>
        calls.VerifyAudit(request, context);

    public override Task ExportAudit(
        ExportAuditRequest request, IServerStreamWriter<AuditEntry> responseStream, ServerCallContext context) =>
        calls.ExportAudit(request, responseStream, context);

    public override Task<ListApprovalRecordsResponse> ListApprovalRecords(ListApprovalRecordsRequest request, ServerCallContext context) =>
        calls.ListApprovalRecords(request, context);

    public override Task<EventStatus> GetEventStatus(GetEventStatusRequest request, ServerCallContext context) =>
        calls.GetEventStatus(request, context);

    public override Task<ResendDeadLettersResponse> ResendDeadLetters(ResendDeadLettersRequest request, ServerCallContext context) =>
        calls.ResendDeadLetters(request, context);

    public override Task<RepublishResponse> Republish(RepublishRequest request, ServerCallContext context) =>
        calls.Republish(request, context);
}

internal sealed class CarelessApi : Careless.CarelessBase;
