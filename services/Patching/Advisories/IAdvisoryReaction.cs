using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Persistence;

namespace Governance.Patching.Advisories;

/// <summary>What follows elsewhere from what is known of vulnerabilities, in the same write.</summary>
internal interface IAdvisoryReaction
{
    /// <summary>Advisories changed, or became one.</summary>
    /// <returns>How many remediations were opened.</returns>
    Task<int> ChangedAsync(WriteUnit<PatchingDb> unit, IReadOnlyList<ChangedAdvisory> changed, CancellationToken ct);

    /// <summary>How likely some are to be exploited changed.</summary>
    Task ScoredAsync(WriteUnit<PatchingDb> unit, IReadOnlyList<EpssChange> changes, CancellationToken ct);
}
