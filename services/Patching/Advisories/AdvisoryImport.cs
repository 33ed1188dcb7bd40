using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Csaf;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;

namespace Governance.Patching.Advisories;

/// <summary>One import on its way.</summary>
/// <param name="parameters">What is imported.</param>
/// <param name="context">The call; null where a feed is fetched.</param>
/// <param name="reaction">What follows.</param>
internal sealed class AdvisoryImport(ImportAdvisoriesRequest parameters, ServerCallContext? context, IAdvisoryReaction reaction)
{
    private int _opened;
    private int _retracted;

    public ImportAdvisoriesRequest Parameters { get; } = parameters;

    public ServerCallContext? Context { get; } = context;

    public ImportTally Tally { get; } = new();

    /// <summary>Keeps one batch of documents, and does to remediations what follows from it.</summary>
    public async Task TakeAsync(
        WriteUnit<PatchingDb> unit, IReadOnlyList<SourceDocument> documents, ImportTally counted, CancellationToken ct)
    {
        var changed = await new AdvisoryIntake(unit).TakeAsync(documents, counted, ct);
        var opened = await reaction.ChangedAsync(unit, changed, ct);
        Count(unit, () => _opened += opened);
    }

    /// <summary>Keeps one batch of scores; deadlines follow where the policy asks for EPSS.</summary>
    public async Task TakeAsync(WriteUnit<PatchingDb> unit, IReadOnlyList<EpssScore[]> scores, ImportTally counted, CancellationToken ct)
    {
        var changes = await EpssIntake.TakeAsync(unit, [.. scores.SelectMany(chunk => chunk)], counted, ct);
        await reaction.ScoredAsync(unit, changes, ct);
    }

    /// <summary>Keeps documents that speak of any number of vulnerabilities, and takes back what new issues no longer have.</summary>
    public async Task TakeAsync(
        WriteUnit<PatchingDb> unit, IReadOnlyList<CsafDocument> documents, ImportTally counted, CancellationToken ct)
    {
        var parts = await new CsafIntake(unit).TakeAsync(documents, counted, ct);
        await TakeAsync(unit, parts, counted, ct);
        var gone = parts.Count(part => part.IsRetracted);
        Count(unit, () => _retracted += gone);
    }

    /// <summary>Remembers the catalogue, and takes back what it no longer has.</summary>
    public async Task FinishAsync(WriteUnit<PatchingDb> unit, IReadOnlyList<KevCatalog> catalogs, ImportTally counted, CancellationToken ct)
    {
        var gone = await KevCatalogs.FinishAsync(unit.Db, catalogs[0], ct);
        await TakeAsync(unit, gone, counted, ct);
        Count(unit, () => _retracted += gone.Count);
    }

    public ImportAdvisoriesResponse ToResponse()
    {
        var summary = Tally.ToSummary();
        return new ImportAdvisoriesResponse
        {
            Created = summary.Created,
            Updated = summary.Updated,
            Unchanged = summary.Unchanged,
            Rejected = { summary.Rejected },
            RejectedCount = summary.RejectedCount,
            Retracted = _retracted,
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
