using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Contracts.TimeEntries;

/// <summary>Time spent under contracts.</summary>
internal sealed class TimeEntriesService(
    Imports<OwnershipDb> imports, IDbContextFactory<OwnershipDb> databases)
    : V1.TimeEntries.TimeEntriesBase
{
    private static readonly Keyset<TimeEntryRow> ByDay = new Keyset<TimeEntryRow>().By(row => row.Day).By(row => row.Id);

    public override async Task<ImportTimeEntriesResponse> ImportTimeEntries(
        IAsyncStreamReader<ImportTimeEntriesRequest> requestStream, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var upload = await ImportUpload<ImportTimeEntriesRequest>.OpenAsync(requestStream, message => message.Document, ct);
        var contract = await BilledContractAsync(upload.Parameters, context);
        var tally = new ImportTally();
        try
        {
            var rows = await TimeEntryReader.OpenAsync(upload, upload.Parameters.Format, ct);
            var entries = TimeEntryImport.EntriesAsync(rows, new TimeEntryFields(contract.Id, contract.Terms), tally, ct);
            if (upload.Parameters.ValidateOnly) await CompareAsync(entries, tally, ct);
            else await imports.RunAsync(context, $"{contract.Name}/timeEntries", entries, KeepAsync, tally);
        }
        catch (InvalidDataException unreadable)
        {
            throw FieldFaults.Single("document", unreadable.Message, "INVALID_DOCUMENT");
        }

        var summary = tally.ToSummary();
        return new ImportTimeEntriesResponse
        {
            Created = summary.Created,
            Updated = summary.Updated,
            Unchanged = summary.Unchanged,
            Rejected = { summary.Rejected },
            RejectedCount = summary.RejectedCount,
        };
    }

    public override async Task<ListTimeEntriesResponse> ListTimeEntries(ListTimeEntriesRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var contract = await db.FindContractAsync(request.Parent, context, context.CancellationToken, "parent");
        var faults = new FieldFaults();
        var (from, until) =
            (DayNumber.Of(faults.Date(request.FromDate, "from_date")), DayNumber.Of(faults.Date(request.UntilDate, "until_date")));
        faults.ThrowIfAny();
        var chosen = db.TimeEntries.AsNoTracking().Where(row => row.Contract == contract.Id && row.Day < until);
        if (from != DayNumber.None) chosen = chosen.Where(row => row.Day >= from);
        if (request.WorkType.Length > 0) chosen = chosen.Where(row => row.WorkType == request.WorkType);
        var component = NameFields.InFull(request.Component, "components");
        if (component.Length > 0) chosen = chosen.Where(row => row.Component == component);
        var entries = await ByDay.ListAsync(chosen, page, context.CancellationToken);
        return new ListTimeEntriesResponse
        {
            TimeEntries = { entries.Items.Select(row => row.ToProto()) },
            NextPageToken = entries.NextPageToken,
        };
    }

    private static async Task KeepAsync(
        WriteUnit<OwnershipDb> unit, IReadOnlyList<TimeEntryRow> entries, ImportTally tally, CancellationToken ct)
    {
        foreach (var changed in await TimeEntryImport.TakeAsync(unit.Db, entries, tally, ct))
        {
            unit.Record(changed.Name, after: changed.ContentDigest);
        }
    }

    /// <summary>Counts what would be new or different, in a database that is not saved.</summary>
    private async Task CompareAsync(IAsyncEnumerable<TimeEntryRow> entries, ImportTally tally, CancellationToken ct)
    {
        await foreach (var batch in entries.Chunk(500).WithCancellation(ct))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await TimeEntryImport.TakeAsync(db, batch, tally, ct);
        }
    }

    private async Task<Contract> BilledContractAsync(ImportTimeEntriesRequest parameters, ServerCallContext context)
    {
        new FieldFaults()
            .Check(Enum.IsDefined(parameters.Format), "format", $"{(int)parameters.Format} is no format.", "UNKNOWN_VALUE")
            .ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var contract = await db.FindContractAsync(parameters.Parent, context, context.CancellationToken, "parent");
        return contract.IsDeleted ? throw new Missing(parameters.Parent) : contract;
    }
}
