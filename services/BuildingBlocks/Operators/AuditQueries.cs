using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Operators;

/// <summary>Reads the audit log and the approval records, page by page.</summary>
internal static class AuditQueries
{
    private static readonly Keyset<AuditRow> NewestFirst = new Keyset<AuditRow>().By(entry => entry.Sequence, descending: true);

    private static readonly Keyset<ApprovalRow> ViolationsFirst = new Keyset<ApprovalRow>()
        .By(row => row.Violations, descending: true)
        .By(row => row.UpdateTime, descending: true)
        .By(row => row.Resource);

    public static async Task<ListAuditEntriesResponse> EntriesAsync(
        GovernanceDbContext db, ListAuditEntriesRequest request, CancellationToken ct)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (request.Resource.Length > 0) entries = entries.Where(entry => entry.Resource == request.Resource);
        if (request.Actor.Length > 0) entries = entries.Where(entry => entry.Principal == request.Actor || entry.Person == request.Actor);
        if (request.Action.Length > 0) entries = entries.Where(entry => entry.Action == request.Action);
        if (request.From?.ToInstant() is { } from) entries = entries.Where(entry => entry.Time >= from);
        if (request.Until?.ToInstant() is { } until) entries = entries.Where(entry => entry.Time < until);

        var page = await NewestFirst.ListAsync(entries, PageToken.Read(request), ct);
        var answer = new ListAuditEntriesResponse { NextPageToken = page.NextPageToken };
        answer.Entries.AddRange(page.Items.Select(ToProto));
        return answer;
    }

    public static async Task<ListApprovalRecordsResponse> ApprovalsAsync(
        GovernanceDbContext db, ListApprovalRecordsRequest request, CancellationToken ct)
    {
        var page = await ViolationsFirst.ListAsync(db.ApprovalRecords.AsNoTracking(), PageToken.Read(request), ct);
        var answer = new ListApprovalRecordsResponse { NextPageToken = page.NextPageToken };
        answer.Records.AddRange(page.Items.Select(row => ApprovalRecord.Parser.ParseFrom(row.Record)));
        return answer;
    }

    public static IAsyncEnumerable<AuditEntry> ExportAsync(GovernanceDbContext db, long fromSequence) =>
        db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Sequence >= fromSequence)
            .OrderBy(entry => entry.Sequence)
            .AsAsyncEnumerable()
            .Select(ToProto);

    private static AuditEntry ToProto(AuditRow row)
    {
        var entry = new AuditEntry
        {
            Sequence = row.Sequence,
            Time = Timestamp.FromDateTimeOffset(row.Time.ToDateTimeOffset()),
            Actor = new Actor { Principal = row.Principal, Person = row.Person },
            Action = row.Action,
            Resource = row.Resource,
            BeforeDigest = row.BeforeDigest,
            AfterDigest = row.AfterDigest,
            Reason = row.Reason,
            CorrelationId = row.CorrelationId,
            PreviousHash = row.PreviousHash,
            Hash = row.Hash,
            Duty = row.Duty,
        };
        if (row.Roles.Length > 0) entry.Roles.AddRange(row.Roles.Split(','));
        return entry;
    }
}
