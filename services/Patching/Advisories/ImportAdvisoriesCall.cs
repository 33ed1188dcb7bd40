using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Requests;
using Governance.BuildingBlocks.Security;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Advisories.Osv;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using SourceDocument = Governance.Patching.Advisories.SourceDocument;

namespace Governance.Patching;

internal sealed partial class PatchingCalls
{
    private const int CheckedAtOnce = 500;

    public override async Task<ImportAdvisoriesResponse> ImportAdvisories(
        IAsyncStreamReader<ImportAdvisoriesRequest> requestStream, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var upload = await ImportUpload<ImportAdvisoriesRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        var import = new AdvisoryImport(upload.Parameters, context);
        switch (upload.Parameters.Format)
        {
            case AdvisoryFormat.Osv:
                await RunAsync(import, ReadOsvAsync(upload, import.Tally, context.CancellationToken), import.TakeAsync);
                break;
            case AdvisoryFormat.Kev:
                await ImportKevAsync(import, upload);
                break;
            default:
                throw FieldFaults.Single("format", "OSV or KEV is required.", "REQUIRED");
        }

        return import.ToResponse();
    }

    private static async IAsyncEnumerable<SourceDocument> ReadOsvAsync(
        Stream upload, ImportTally tally, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var result in OsvReader.ReadAsync(upload, ct))
        {
            if (result.Rejected is { } rejected) tally.Reject(rejected.Position, rejected.Id ?? "", rejected.Reason);
            else if (SourceDocument.IsId(result.Advisory!.Id)) yield return SourceDocument.Of(result.Advisory);
            else tally.Reject("", result.Advisory.Id[..Math.Min(200, result.Advisory.Id.Length)], "id: Must be at most 200 characters without blanks and slashes.");
        }
    }

    private async Task ImportKevAsync(AdvisoryImport import, Stream upload)
    {
        var ct = import.Context.CancellationToken;
        var (catalog, faults) = await KevReader.ReadAsync(upload, ct);
        if (catalog is null)
            throw new InvalidRequest([.. faults.Select(fault => new FieldFault(fault.Path.Length == 0 ? "document" : $"document.{fault.Path}", fault.Reason, "INVALID_DOCUMENT"))]);
        foreach (var rejected in catalog.Rejected) import.Tally.Reject(rejected.Position, rejected.Id ?? "", rejected.Reason);
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (await KevCatalogs.IsOutdatedAsync(db, catalog, ct))
            {
                foreach (var _ in catalog.Entries) import.Tally.Unchanged();
                return;
            }
        }

        await RunAsync(import, catalog.Entries.Select(entry => SourceDocument.Of(entry, catalog)).ToAsyncEnumerable(), import.TakeAsync);
        await RunAsync(import, new[] { catalog }.ToAsyncEnumerable(), import.FinishAsync);
    }

    /// <summary>In batches; a mere check runs them too and takes each back.</summary>
    private async Task RunAsync<T>(
        AdvisoryImport import, IAsyncEnumerable<T> records, Func<WriteUnit<PatchingDb>, IReadOnlyList<T>, ImportTally, CancellationToken, Task> apply)
    {
        if (!import.Parameters.ValidateOnly)
        {
            await imports.RunAsync(import.Context, "advisories", records, apply, import.Tally);
            return;
        }

        await foreach (var batch in records.Chunk(CheckedAtOnce).WithCancellation(import.Context.CancellationToken))
        {
            await writes.RunAsync(import.Parameters, import.Context, async (unit, ct) =>
            {
                await apply(unit, batch, import.Tally, ct);
                return new ImportAdvisoriesResponse();
            });
        }
    }
}
