using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Documents;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Fields;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;

namespace Governance.Patching.Lifecycles;

/// <summary>Reads a document of lifecycles and keeps it batch by batch.</summary>
internal sealed class LifecycleImporter(Imports<PatchingDb> imports, Writes<PatchingDb> writes, ILifecycleReaction reaction)
{
    private const int CheckedAtOnce = 500;

    /// <summary>Takes the whole document; what a batch committed stays when a later one fails.</summary>
    /// <exception cref="InvalidRequest">The document as a whole cannot be read.</exception>
    public async Task<ImportLifecyclesResponse> RunAsync(ImportLifecyclesRequest parameters, Stream document, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var import = new LifecycleImport(reaction);
        try
        {
            var products =
                ReadAsync(await PackedDocument.OpenAsync(document, ct), LifecycleNames.ProductId(parameters.Product), import.Tally, ct);
            if (!parameters.ValidateOnly) await imports.RunAsync(context, "lifecycles", products, import.TakeAsync, import.Tally);
            else await CheckAsync(import, parameters, products, context);
        }
        catch (InvalidDataException unreadable)
        {
            throw FieldFaults.Single("document", unreadable.Message, "INVALID_DOCUMENT");
        }

        return import.ToResponse();
    }

    private static async IAsyncEnumerable<ProductDocument> ReadAsync(
        Stream document, string product, ImportTally tally, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var result in LifecycleReader.ReadAsync(document, product, ct))
        {
            foreach (var rejected in result.Rejected) tally.Reject(rejected.Position, rejected.Id ?? "", rejected.Reason);
            if (result.Product is { } read) yield return read;
        }
    }

    /// <summary>Runs every batch and takes it back.</summary>
    private async Task CheckAsync(
        LifecycleImport import, ImportLifecyclesRequest parameters, IAsyncEnumerable<ProductDocument> products, ServerCallContext context)
    {
        await foreach (var batch in products.Chunk(CheckedAtOnce).WithCancellation(context.CancellationToken))
        {
            await writes.RunAsync(parameters, context, async (unit, ct) =>
            {
                await import.TakeAsync(unit, batch, import.Tally, ct);
                return new ImportLifecyclesResponse();
            });
        }
    }
}

/// <summary>One import on its way.</summary>
internal sealed class LifecycleImport(ILifecycleReaction reaction)
{
    private int _opened;
    private int _removed;

    public ImportTally Tally { get; } = new();

    public async Task TakeAsync(
        WriteUnit<PatchingDb> unit, IReadOnlyList<ProductDocument> documents, ImportTally counted, CancellationToken ct)
    {
        var intake = await LifecycleIntake.OpenAsync(unit, documents, ct);
        var changed = documents.Select(document => intake.Take(document, counted)).OfType<ChangedProduct>().ToList();
        Count(unit, () => _removed += intake.Removed);
        if (changed.Count == 0) return;
        var opened = await reaction.ChangedAsync(
            unit, [.. changed.Select(KnownProduct.Of)], changed.SelectMany(one => one.Gone).Select(row => row.Name), ct);
        Count(unit, () => _opened += opened);
    }

    public ImportLifecyclesResponse ToResponse()
    {
        var summary = Tally.ToSummary();
        return new ImportLifecyclesResponse
        {
            Created = summary.Created,
            Updated = summary.Updated,
            Unchanged = summary.Unchanged,
            Removed = _removed,
            Rejected = { summary.Rejected },
            RejectedCount = summary.RejectedCount,
            RemediationsOpened = _opened,
        };
    }

    /// <summary>What is rolled back is counted only by a mere check.</summary>
    private static void Count(WriteUnit<PatchingDb> unit, Action count)
    {
        if (unit.ValidateOnly) count();
        else unit.AfterCommit(count);
    }
}
