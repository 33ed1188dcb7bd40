using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Operators;

/// <summary>
/// What every service offers to its operators and auditors; each package's Operations class passes its calls on to it. Log, chain and
/// queues are of everything that the service holds: a role on a part of it does not do.
/// </summary>
public abstract class OperationsCalls
{
    /// <summary>The audit log, newest first.</summary>
    public abstract Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context);

    /// <summary>Proves the audit chain.</summary>
    public abstract Task<VerifyAuditResponse> VerifyAudit(VerifyAuditRequest request, ServerCallContext context);

    /// <summary>The audit log, oldest first, for an outsider to verify.</summary>
    public abstract Task ExportAudit(ExportAuditRequest request, IServerStreamWriter<AuditEntry> entries, ServerCallContext context);

    /// <summary>Who requested, edited, implements and approved, violations first.</summary>
    public abstract Task<ListApprovalRecordsResponse> ListApprovalRecords(ListApprovalRecordsRequest request, ServerCallContext context);

    /// <summary>Outbox, deliveries and dead letters.</summary>
    public abstract Task<EventStatus> GetEventStatus(GetEventStatusRequest request, ServerCallContext context);

    /// <summary>Runs dead letters through the handlers again.</summary>
    public abstract Task<ResendDeadLettersResponse> ResendDeadLetters(ResendDeadLettersRequest request, ServerCallContext context);

    /// <summary>Publishes every resource and tombstone again.</summary>
    public abstract Task<RepublishResponse> Republish(RepublishRequest request, ServerCallContext context);
}

/// <inheritdoc/>
internal sealed class OperationsCalls<TDb>(
    IDbContextFactory<TDb> databases,
    Writes<TDb> writes,
    Republisher<TDb> republisher,
    DeadLetters<TDb> letters,
    AuditHeads<TDb> heads) : OperationsCalls
    where TDb : GovernanceDbContext
{
    public override async Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return await AuditQueries.EntriesAsync(db, request, context.CancellationToken);
    }

    public override async Task<VerifyAuditResponse> VerifyAudit(VerifyAuditRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var answer = await AuditVerifier.VerifyAsync(db, heads.Service, context.CancellationToken);
        answer.Head = heads.Sign(await db.Ledger.AsNoTracking().SingleAsync(context.CancellationToken));
        return answer;
    }

    public override async Task ExportAudit(ExportAuditRequest request, IServerStreamWriter<AuditEntry> entries, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await foreach (var entry in AuditQueries.ExportAsync(db, request.FromSequence).WithCancellation(context.CancellationToken))
        {
            await entries.WriteAsync(entry, context.CancellationToken);
        }
    }

    public override async Task<ListApprovalRecordsResponse> ListApprovalRecords(
        ListApprovalRecordsRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return await AuditQueries.ApprovalsAsync(db, request, context.CancellationToken);
    }

    public override async Task<EventStatus> GetEventStatus(GetEventStatusRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return await EventQueries.StatusAsync(db, context.CancellationToken);
    }

    public override Task<ResendDeadLettersResponse> ResendDeadLetters(ResendDeadLettersRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return letters.ResendAsync(request.EventIds, context.CancellationToken);
    }

    public override async Task<RepublishResponse> Republish(RepublishRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var total = await republisher.CountAsync(context.CancellationToken);
        return await writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                var run = await republisher.BeginAsync(unit, ct);
                unit.Record($"republishes/{run}", after: Digests.Of(run));
                return new RepublishResponse { Run = run, Total = checked((int)total) };
            });
    }
}
