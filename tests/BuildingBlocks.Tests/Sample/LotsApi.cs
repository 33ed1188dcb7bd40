using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Tests.Sample;

internal sealed class LotsApi(Writes<SampleDb> writes, Imports<SampleDb> imports, IDbContextFactory<SampleDb> databases) : Lots.LotsBase
{
    private static readonly Keyset<StoredLot> ByCreation = new Keyset<StoredLot>()
        .By(lot => lot.CreateTime, descending: true)
        .By(lot => lot.Id);

    public override Task<Lot> CreateLot(CreateLotRequest request, ServerCallContext context) =>
        writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                Check(request);
                context.Demand(new Target(Component: request.Lot.Component));
                var lot = StoredLot.Create(request.LotId, request.Lot, unit.Caller, unit.Now);
                await unit.AddAsync(lot, ct);
                unit.Record(lot.Name, Duty.Requested);
                return lot;
            },
            lot => lot.ToProto());

    public override async Task<Lot> GetLot(GetLotRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context.CancellationToken)).ToProto();
    }

    public override async Task<ListLotsResponse> ListLots(ListLotsRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var reach = context.Reach();
        var lots = db.Lots.AsNoTracking();
        if (!reach.Everything) lots = lots.Where(lot => reach.Components.Contains(lot.Component));
        if (request.Component.Length > 0) lots = lots.Where(lot => lot.Component == request.Component);
        var page = await ByCreation.ListAsync(lots, PageToken.Read(request, most: 50, unset: 10), context.CancellationToken);
        return new ListLotsResponse { NextPageToken = page.NextPageToken, Lots = { page.Items.Select(lot => lot.ToProto()) } };
    }

    public override Task<Lot> UpdateLot(UpdateLotRequest request, ServerCallContext context) =>
        ChangeAsync(request, context, request.Lot.Name, (lot, unit) =>
        {
            unit.CheckEtag(lot, request.Lot.Etag);
            lot.Update(request.Lot, unit.Now);
        });

    public override Task<Lot> DeleteLot(DeleteLotRequest request, ServerCallContext context) =>
        ChangeAsync(request, context, request.Name, (lot, unit) => lot.Delete(request.Reason, unit.Now));

    public override Task<Lot> EraseLot(DeleteLotRequest request, ServerCallContext context) =>
        ChangeAsync(request, context, request.Name, (lot, unit) => unit.Db.Remove(lot));

    public override Task<Lot> ApproveLot(ApproveLotRequest request, ServerCallContext context) =>
        ChangeAsync(request, context, request.Name, (lot, unit) =>
        {
            lot.Approve(unit.Caller, context.Permission(), unit.Now);
            unit.Record(lot.Name, Duty.Approved);
        });

    public override Task<Lot> Reserve(ReserveRequest request, ServerCallContext context) =>
        ChangeAsync(request, context, request.Name, (lot, unit) => lot.Reserve(unit.Now));

    public override Task<Lot> Break(GetLotRequest request, ServerCallContext context) =>
        ChangeAsync(request, context, request.Name, (lot, _) => lot.ForgetToSay());

    public override async Task<ImportLotsResponse> ImportLots(
        IAsyncStreamReader<ImportLotsRequest> requestStream, ServerCallContext context)
    {
        await using var upload =
            await ImportUpload<ImportLotsRequest>.OpenAsync(requestStream, request => request.Document, context.CancellationToken);
        var tally = new ImportTally();
        var component = upload.Parameters.Component;
        await imports.RunAsync(context, "lots", LinesAsync(
            upload, tally), (unit, lines, counted, ct) => ApplyAsync(component, unit, lines, counted, ct), tally);
        return new ImportLotsResponse { Summary = tally.ToSummary() };
    }

    public override async Task WatchLot(GetLotRequest request, IServerStreamWriter<Lot> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(await GetLot(request, context), context.CancellationToken);
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    private static void Check(CreateLotRequest request) => new FieldFaults()
        .Slug(request.LotId, "lot_id")
        .Required(request.Lot?.DisplayName, "lot.display_name")
        .Check(request.Lot?.Capacity >= 0, "lot.capacity", "Is negative.", "NEGATIVE")
        .ThrowIfAny();

    private static async Task<StoredLot> FindAsync(SampleDb db, string name, CancellationToken ct) =>
        await db.Lots.FindAsync([name.Split('/')[^1]], ct) ?? throw new Missing(name);

    private static async IAsyncEnumerable<string> LinesAsync(Stream upload, ImportTally tally)
    {
        using var reader = new StreamReader(upload);
        for (var line = 1; await reader.ReadLineAsync() is { } text; line++)
        {
            if (text.StartsWith('#')) tally.Reject($"line {line}", text, "Is a comment.");
            else yield return text;
        }
    }

    private static async Task ApplyAsync(
        string component, WriteUnit<SampleDb> unit, IReadOnlyList<string> lines, ImportTally tally, CancellationToken ct)
    {
        foreach (var line in lines)
        {
            if (await unit.Db.Lots.FindAsync([line], ct) is not null)
            {
                tally.Unchanged();
                continue;
            }

            await unit.AddAsync(
                StoredLot.Create(line, new Lot { DisplayName = line, Capacity = 1, Component = component }, unit.Caller, unit.Now), ct);
            tally.Created();
        }
    }

    private Task<Lot> ChangeAsync(
        Google.Protobuf.IMessage request, ServerCallContext context, string name, Action<StoredLot, WriteUnit<SampleDb>> change) =>
        writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                var lot = await FindAsync(unit.Db, name, ct);
                context.Demand(new Target(Component: lot.Component));
                change(lot, unit);
                return lot;
            },
            lot => lot.ToProto());
}
