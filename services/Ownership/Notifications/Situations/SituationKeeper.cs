using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>Keeps the situations of a resource in line with its state.</summary>
internal static class SituationKeeper
{
    /// <param name="unit">The write.</param>
    /// <param name="source">The resource.</param>
    /// <param name="facts">All that holds or will; empty when nothing does.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task KeepAsync(
        WriteUnit<OwnershipDb> unit, string source, IReadOnlyList<SituationFacts> facts, CancellationToken ct)
    {
        var rows = await unit.LoadAsync<Situation>(row => row.Source == source, ct);
        foreach (var row in rows)
        {
            if (facts.FirstOrDefault(row.Is) is { } still) row.Take(still, unit.Now);
            else unit.Db.Situations.Remove(row);
        }

        unit.Db.Situations.AddRange(facts.Where(one => !rows.Any(row => row.Is(one))).Select(one => Situation.Of(source, one, unit.Now)));
    }
}
