using Governance.BuildingBlocks.Documents;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Intake;

/// <summary>
/// One import on its way. Components, systems and APIs are kept batch by batch as they are read; what needs the whole document follows:
/// parties with their people, dependencies that others declare, and what the source does not list any more.
/// </summary>
internal sealed class CatalogImport
{
    private const int CheckedAtOnce = 500;
    private readonly ServerCallContext? _context;
    private readonly Imports<OwnershipDb> _imports;
    private readonly Writes<OwnershipDb> _writes;
    private readonly IDbContextFactory<OwnershipDb> _databases;
    private readonly CatalogDocument _document = new();

    /// <param name="parameters">What is imported.</param>
    /// <param name="context">The call; null where the service imports by itself.</param>
    /// <param name="imports">Runs the batches.</param>
    /// <param name="writes">Runs batches that are only checked.</param>
    /// <param name="databases">For reads between them.</param>
    public CatalogImport(
        ImportCatalogRequest parameters,
        ServerCallContext? context,
        Imports<OwnershipDb> imports,
        Writes<OwnershipDb> writes,
        IDbContextFactory<OwnershipDb> databases)
    {
        (Parameters, _context, _imports, _writes, _databases) = (parameters, context, imports, writes, databases);
        var format = parameters.Format is ImportCatalogRequest.Types.Format.Backstage or ImportCatalogRequest.Types.Format.Csv;
        new FieldFaults()
            .Check(format, "format", "BACKSTAGE or CSV is required.", "REQUIRED")
            .Length(parameters.Source, 200, "source")
            .ThrowIfAny();
        Scope = new CatalogScope(
            parameters.Source.Length > 0 ? parameters.Source : parameters.Format.ToString().ToLowerInvariant(), context);
    }

    private ImportCatalogRequest Parameters { get; }

    private CatalogScope Scope { get; }

    /// <exception cref="InvalidRequest">The document as a whole cannot be read; what was kept of it until then stays.</exception>
    public async Task<ImportCatalogResponse> RunAsync(Stream upload, CancellationToken ct)
    {
        try
        {
            var entities = await EntityIntake.OpenAsync(_databases, Scope, _document, ct);
            var records = CatalogFormats.Read(await PackedDocument.OpenAsync(upload, ct), Parameters.Format, ct);
            await KeepAsync(_document.ReadAsync(records, entities.Areas, ct), entities.TakeAsync, ct);
            await FinishAsync(entities, ct);
        }
        catch (InvalidDataException unreadable)
        {
            throw FieldFaults.Single("document", unreadable.Message, "INVALID_DOCUMENT");
        }

        return await _document.ToResponseAsync(_databases, Scope, Parameters.ValidateOnly, ct);
    }

    private async Task FinishAsync(EntityIntake entities, CancellationToken ct)
    {
        var parties = new PartyIntake(Scope, _document);
        await KeepAsync(parties.Defined().ToAsyncEnumerable(), parties.TakeAsync, ct);
        await KeepAsync(_document.Owners.ToAsyncEnumerable(), parties.ImplyAsync, ct);
        var dependents = new DependentIntake(Scope, _document, entities.Held);
        await KeepAsync(dependents.Components().ToAsyncEnumerable(), dependents.TakeAsync, ct);
        if (!_document.HasEntities) return;
        var removal = new CatalogRemoval(Scope, _document);
        await KeepAsync(removal.EntitiesAsync(_databases, ct), removal.TakeEntitiesAsync, ct);
        await KeepAsync(removal.PartiesAsync(_databases, ct), removal.TakePartiesAsync, ct);
    }

    private async Task KeepAsync<T>(
        IAsyncEnumerable<T> records,
        Func<WriteUnit<OwnershipDb>, IReadOnlyList<T>, ImportTally, CancellationToken, Task> apply,
        CancellationToken ct)
    {
        if (_context is null) await _imports.RunAsync("ImportCatalogFile", "components", records, apply, _document.Tally, ct);
        else if (!Parameters.ValidateOnly) await _imports.RunAsync(_context, "components", records, apply, _document.Tally);
        else await CheckAsync(_context, records, apply);
    }

    /// <summary>A mere check runs the batches too and takes each back.</summary>
    private async Task CheckAsync<T>(
        ServerCallContext context,
        IAsyncEnumerable<T> records,
        Func<WriteUnit<OwnershipDb>, IReadOnlyList<T>, ImportTally, CancellationToken, Task> apply)
    {
        await foreach (var batch in records.Chunk(CheckedAtOnce).WithCancellation(context.CancellationToken))
        {
            await _writes.RunAsync(Parameters, context, async (unit, ct) =>
            {
                await apply(unit, batch, _document.Tally, ct);
                return batch;
            }, _ => new ImportCatalogResponse());
        }
    }
}
