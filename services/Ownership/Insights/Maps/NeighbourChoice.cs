using Governance.Ownership.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Insights.Maps;

/// <summary>Which neighbours a map shows where it cannot show all.</summary>
/// <param name="seen">What the caller may see: of other components the tier does not count.</param>
internal sealed class NeighbourChoice(IQueryable<Component> seen)
{
    private const int ReadAtOnce = 2000;

    /// <summary>The most important ones: by tier, then what the scope needs, then by the number of relations with it.</summary>
    /// <param name="ties">One for each relation of a neighbour with the scope: its name, and whether the scope needs it.</param>
    /// <param name="most">How many.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlySet<string>> OfAsync(IEnumerable<(string Name, bool IsNeeded)> ties, int most, CancellationToken ct)
    {
        var strength = new Dictionary<string, (bool IsNeeded, int Count)>(StringComparer.Ordinal);
        foreach (var (name, isNeeded) in ties)
        {
            var known = strength.GetValueOrDefault(name);
            strength[name] = (known.IsNeeded || isNeeded, known.Count + 1);
        }

        if (strength.Count <= most) return strength.Keys.ToHashSet();
        var tiers = await TiersAsync(strength.Keys, ct);
        return strength
            .OrderBy(one => tiers.GetValueOrDefault(one.Key, int.MaxValue))
            .ThenByDescending(one => one.Value.IsNeeded)
            .ThenByDescending(one => one.Value.Count)
            .ThenBy(one => one.Key, StringComparer.Ordinal)
            .Take(most).Select(one => one.Key).ToHashSet();
    }

    private async Task<Dictionary<string, int>> TiersAsync(IEnumerable<string> names, CancellationToken ct)
    {
        const string components = "components/";
        var tiers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var batch in names.Where(name => name.StartsWith(components, StringComparison.Ordinal))
            .Select(name => name[components.Length..])
            .Chunk(ReadAtOnce))
        {
            var known = seen.Where(one => EF.Parameter(batch).Contains(one.Id) && one.DeleteTime == null && one.Tier > 0);
            foreach (var one in await known.Select(one => new { one.Id, one.Tier }).ToListAsync(ct)) tiers[components + one.Id] = one.Tier;
        }

        return tiers;
    }
}
