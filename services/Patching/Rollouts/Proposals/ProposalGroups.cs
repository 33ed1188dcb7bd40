namespace Governance.Patching.Rollouts;

/// <summary>A group of remediations that one rollout can carry.</summary>
/// <param name="Title">What they have in common.</param>
/// <param name="Items">By due instant, then name.</param>
internal sealed record ProposalGroup(string Title, IReadOnlyList<ProposalItem> Items);

/// <summary>
/// Groups remediations so that few groups cover all: by package across components, or by system (a component by itself
/// where it has none), whichever covers most of what is left. What is due soon is not mixed with what has time.
/// </summary>
internal static class ProposalGroups
{
    private const int MostItems = 200;

    /// <summary>Days from now at which urgency ends; what is due later belongs to the last.</summary>
    private static readonly int[] Urgencies = [3, 14, 45];

    /// <summary>Always the same groups for the same items, whatever their order.</summary>
    public static IEnumerable<ProposalGroup> Of(IEnumerable<ProposalItem> items, DateTimeOffset now) => items
        .OrderBy(item => item.Due).ThenBy(item => item.Name, StringComparer.Ordinal)
        .GroupBy(item => Urgency(item, now))
        .SelectMany(Cover)
        .SelectMany(group => group.Items.Chunk(MostItems).Select(chunk => group with { Items = chunk }));

    /// <summary>Greedy set cover.</summary>
    private static IEnumerable<ProposalGroup> Cover(IEnumerable<ProposalItem> items)
    {
        var left = items.ToList();
        while (left.Count > 0)
        {
            var best = left.SelectMany(item => Keys(item), (item, key) => (item, key))
                .GroupBy(pair => pair.key, pair => pair.item)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key.IsPackage)
                .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
                .First();
            var taken = best.ToHashSet();
            yield return new ProposalGroup(best.Key.Name, [.. left.Where(taken.Contains)]);
            left.RemoveAll(taken.Contains);
        }
    }

    private static IEnumerable<(bool IsPackage, string Name)> Keys(ProposalItem item) => item.Packages
        .Select(fix => (true, fix.Package))
        .Append((false, item.System.Length > 0 ? item.System : item.Component))
        .Distinct();

    private static int Urgency(ProposalItem item, DateTimeOffset now) => Urgencies.Count(days => item.Due > now.AddDays(days));
}
