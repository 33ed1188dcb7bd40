using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Documents;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Csaf;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Advisories.Nvd;
using Governance.Patching.Advisories.Osv;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Microsoft.EntityFrameworkCore;
using FieldFault = Governance.BuildingBlocks.Errors.FieldFault;

namespace Governance.Patching.Advisories;

/// <summary>Reads a document of any format and keeps it batch by batch, whether a caller sent it or a feed was fetched.</summary>
internal sealed class AdvisoryImporter(
    Imports<PatchingDb> imports, Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases, IAdvisoryReaction reaction)
{
    private const int CheckedAtOnce = 500;

    /// <summary>Scores are small: this many times 500 of them share a commit.</summary>
    private const int ScoresTogether = 10;

    /// <param name="parameters">What is imported.</param>
    /// <param name="context">The call; null where a feed is fetched.</param>
    public AdvisoryImport Begin(ImportAdvisoriesRequest parameters, Grpc.Core.ServerCallContext? context) =>
        new(parameters, context, reaction);

    /// <summary>Takes the whole document; what a batch committed stays when a later one fails.</summary>
    /// <exception cref="InvalidRequest">The document as a whole cannot be read.</exception>
    public async Task RunAsync(AdvisoryImport import, Stream document, CancellationToken ct)
    {
        try
        {
            await ReadAsync(import, await PackedDocument.OpenAsync(document, ct), ct);
        }
        catch (InvalidDataException unreadable)
        {
            throw FieldFaults.Single("document", unreadable.Message, "INVALID_DOCUMENT");
        }
    }

    private Task ReadAsync(AdvisoryImport import, Stream document, CancellationToken ct) => import.Parameters.Format switch
    {
        AdvisoryFormat.Osv => KeepAsync(import, ReadOsvAsync(document, import.Tally, ct), import.TakeAsync, ct),
        AdvisoryFormat.Nvd => KeepAsync(import, ReadNvdAsync(document, import.Tally, ct), import.TakeAsync, ct),
        AdvisoryFormat.Kev => ImportKevAsync(import, document, ct),
        AdvisoryFormat.Epss => KeepAsync(import, ReadEpssAsync(document, import.Tally, ct).Chunk(ScoresTogether), import.TakeAsync, ct),
        AdvisoryFormat.Csaf => KeepAsync(import, ReadCsafAsync(document, import.Tally, ct), import.TakeAsync, ct),
        _ => throw FieldFaults.Single("format", "OSV, KEV, EPSS, NVD or CSAF is required.", "REQUIRED"),
    };

    private static async IAsyncEnumerable<SourceDocument> ReadOsvAsync(
        Stream document, ImportTally tally, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var result in OsvReader.ReadAsync(document, ct))
        {
            if (result.Rejected is { } rejected)
            {
                tally.Reject(rejected.Position, rejected.Id ?? "", rejected.Reason);
            }
            else if (SourceDocument.IsId(result.Advisory!.Id))
            {
                yield return SourceDocument.Of(result.Advisory);
            }
            else
            {
                tally.Reject("", result.Advisory.Id[..Math.Min(
                200, result.Advisory.Id.Length)], "id: Must be at most 200 characters without blanks and slashes.");
            }
        }
    }

    private static async IAsyncEnumerable<SourceDocument> ReadNvdAsync(
        Stream document, ImportTally tally, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var result in NvdReader.ReadAsync(document, ct))
        {
            if (result.Advisory is { } advisory) yield return SourceDocument.Of(advisory, SourceDocument.Nvd);
            else tally.Reject(result.Rejected!.Position, result.Rejected.Id ?? "", result.Rejected.Reason);
        }
    }

    private static async IAsyncEnumerable<CsafDocument> ReadCsafAsync(
        Stream document, ImportTally tally, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var result in CsafReader.ReadAsync(document, ct))
        {
            if (result.Document is { } read) yield return read;
            else tally.Reject(result.Rejected!.Position, result.Rejected.Id ?? "", result.Rejected.Reason);
        }
    }

    private static async IAsyncEnumerable<EpssScore> ReadEpssAsync(
        Stream document, ImportTally tally, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var result in EpssReader.ReadAsync(document, ct))
        {
            if (result.Score is { } score) yield return score;
            else tally.Reject(result.Rejected!.Position, result.Rejected.Id ?? "", result.Rejected.Reason);
        }
    }

    private async Task ImportKevAsync(AdvisoryImport import, Stream document, CancellationToken ct)
    {
        var (catalog, faults) = await KevReader.ReadAsync(document, ct);
        if (catalog is null)
        {
            throw new InvalidRequest([.. faults.Select(fault =>
                new FieldFault(fault.Path.Length == 0 ? "document" : $"document.{fault.Path}", fault.Reason, "INVALID_DOCUMENT"))]);
        }
        foreach (var rejected in catalog.Rejected) import.Tally.Reject(rejected.Position, rejected.Id ?? "", rejected.Reason);
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (await KevCatalogs.IsOutdatedAsync(db, catalog, ct))
            {
                foreach (var _ in catalog.Entries) import.Tally.Unchanged();
                return;
            }
        }

        await KeepAsync(
            import, catalog.Entries.Select(entry => SourceDocument.Of(entry, catalog)).ToAsyncEnumerable(), import.TakeAsync, ct);
        await KeepAsync(import, new[] { catalog }.ToAsyncEnumerable(), import.FinishAsync, ct);
    }

    /// <summary>In batches; a mere check runs them too and takes each back.</summary>
    private async Task KeepAsync<T>(
        AdvisoryImport import,
        IAsyncEnumerable<T> records,
        Func<WriteUnit<PatchingDb>, IReadOnlyList<T>, ImportTally, CancellationToken, Task> apply,
        CancellationToken ct)
    {
        if (import.Context is not { } context) await imports.RunAsync("ImportFeed", "advisories", records, apply, import.Tally, ct);
        else if (!import.Parameters.ValidateOnly) await imports.RunAsync(context, "advisories", records, apply, import.Tally);
        else await CheckAsync(import, context, records, apply);
    }

    private async Task CheckAsync<T>(
        AdvisoryImport import, Grpc.Core.ServerCallContext context, IAsyncEnumerable<T> records,
        Func<WriteUnit<PatchingDb>, IReadOnlyList<T>, ImportTally, CancellationToken, Task> apply)
    {
        await foreach (var batch in records.Chunk(CheckedAtOnce).WithCancellation(context.CancellationToken))
        {
            await writes.RunAsync(import.Parameters, context, async (unit, ct) =>
            {
                await apply(unit, batch, import.Tally, ct);
                return new ImportAdvisoriesResponse();
            });
        }
    }
}
