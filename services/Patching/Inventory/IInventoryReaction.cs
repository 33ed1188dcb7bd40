using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;

namespace Governance.Patching.Inventory;

/// <summary>What follows elsewhere from what a component has installed, in the same write.</summary>
internal interface IInventoryReaction
{
    /// <summary>One place has another inventory.</summary>
    /// <param name="unit">The write.</param>
    /// <param name="component"><c>components/…</c></param>
    /// <param name="environment">Where.</param>
    /// <param name="rows">All that it has now.</param>
    /// <param name="source">Which document said so.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many remediations were opened and closed.</returns>
    Task<(int Opened, int Closed)> ReplacedAsync(
        WriteUnit<PatchingDb> unit,
        string component,
        string environment,
        IReadOnlyCollection<InventoryRow> rows,
        string source,
        CancellationToken ct);
}
