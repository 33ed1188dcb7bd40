using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;

namespace Governance.Patching.Lifecycles;

/// <summary>What follows elsewhere from how long products are supported, in the same write.</summary>
internal interface ILifecycleReaction
{
    /// <summary>Products changed.</summary>
    /// <param name="unit">The write.</param>
    /// <param name="products">As they are now.</param>
    /// <param name="gone">The names of cycles that they no longer have.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many remediations were opened.</returns>
    Task<int> ChangedAsync(
        WriteUnit<PatchingDb> unit, IReadOnlyCollection<KnownProduct> products, IEnumerable<string> gone, CancellationToken ct);
}
