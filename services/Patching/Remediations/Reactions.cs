using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Inventory;
using Governance.Patching.Lifecycles;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;

namespace Governance.Patching.Remediations;

/// <summary>
/// Opens, closes and assesses remediations by what became known: of vulnerabilities, of what is installed, of what is supported.
/// </summary>
internal sealed class Reactions : IAdvisoryReaction, IInventoryReaction, ILifecycleReaction
{
    public async Task<int> ChangedAsync(WriteUnit<PatchingDb> unit, IReadOnlyList<ChangedAdvisory> changed, CancellationToken ct)
    {
        if (changed.Count == 0) return 0;
        var assessment = await Assessment.OpenAsync(unit, ct);
        await assessment.MatchAsync(unit, changed, ct);
        await assessment.StampAsync(ct);
        return assessment.Opened;
    }

    public async Task ScoredAsync(WriteUnit<PatchingDb> unit, IReadOnlyList<EpssChange> changes, CancellationToken ct)
    {
        if (changes.Count == 0) return;
        var assessment = await Assessment.OpenAsync(unit, ct);
        await assessment.FollowAsync(unit, changes, ct);
        await assessment.StampAsync(ct);
    }

    public async Task<(int Opened, int Closed)> ReplacedAsync(
        WriteUnit<PatchingDb> unit,
        string component,
        string environment,
        IReadOnlyCollection<InventoryRow> rows,
        string source,
        CancellationToken ct)
    {
        var facts = (await unit.Db.FactsAsync([component], ct))[component];
        var assessment = await Assessment.OpenAsync(unit, ct);
        var evidence = $"{source} of {unit.Now}";
        await assessment.MatchAsync(unit, facts, environment, rows, evidence, ct);
        await assessment.FollowAsync(unit, facts, environment, rows, evidence, ct);
        await assessment.StampAsync(ct);
        return (assessment.Opened, assessment.Closed);
    }

    public async Task<int> ChangedAsync(
        WriteUnit<PatchingDb> unit, IReadOnlyCollection<KnownProduct> products, IEnumerable<string> gone, CancellationToken ct)
    {
        var assessment = await Assessment.OpenAsync(unit, ct);
        await assessment.FollowAsync(unit, products, gone, ct);
        await assessment.StampAsync(ct);
        return assessment.Opened;
    }
}
