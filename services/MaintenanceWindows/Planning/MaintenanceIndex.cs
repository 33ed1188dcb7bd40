using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>The vendors' maintenance, by the component that they work on. Immutable.</summary>
internal sealed class MaintenanceIndex
{
    private readonly ImmutableDictionary<string, MaintenanceFacts> _items;
    private readonly ImmutableDictionary<string, MaintenanceRow> _rows;

    private MaintenanceIndex(ImmutableDictionary<string, MaintenanceFacts> items, ImmutableDictionary<string, MaintenanceRow> rows) =>
        (_items, _rows) = (items, rows);

    public static MaintenanceIndex Empty { get; } =
        new(ImmutableDictionary<string, MaintenanceFacts>.Empty, ImmutableDictionary<string, MaintenanceRow>.Empty);

    public IEnumerable<MaintenanceFacts> All => _items.Values;

    public static MaintenanceIndex From(IEnumerable<MaintenanceFacts> items)
    {
        var byName = items.ToImmutableDictionary(item => item.Name);
        var rows = byName.Values
            .SelectMany(item => item.Components.Distinct(), (item, component) => (item, component))
            .GroupBy(pair => pair.component, pair => pair.item)
            .ToImmutableDictionary(group => group.Key, group => MaintenanceRow.Of(group));
        return new(byName, rows);
    }

    public MaintenanceFacts? Find(string name) => _items.GetValueOrDefault(name);

    public MaintenanceIndex Set(MaintenanceFacts item)
    {
        var rest = Remove(item.Name);
        var rows = rest._rows.ToBuilder();
        foreach (var component in item.Components.Distinct())
        {
            rows[component] = MaintenanceRow.Of(rest.On(component).Append(item));
        }
        return new(rest._items.SetItem(item.Name, item), rows.ToImmutable());
    }

    public MaintenanceIndex Remove(string name)
    {
        if (!_items.TryGetValue(name, out var old)) return this;
        var rows = _rows.ToBuilder();
        foreach (var component in old.Components.Distinct())
        {
            var rest = On(component).Where(item => item.Name != name).ToList();
            if (rest.Count == 0) rows.Remove(component);
            else rows[component] = MaintenanceRow.Of(rest);
        }

        return new(_items.Remove(name), rows.ToImmutable());
    }

    /// <summary>What restricts a component: on itself, and on what it needs directly or through others.</summary>
    public MaintenanceRow[] Restricting(ComponentGraph components, string component)
    {
        if (_rows.IsEmpty) return [];
        var needs = components.Needs(component);
        return [.. _rows.Where(row => row.Key == component || needs.Contains(row.Key))
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => row.Value)];
    }

    private IEnumerable<MaintenanceFacts> On(string component) => _rows.TryGetValue(component, out var row) ? row.Items : [];
}

/// <summary>The maintenance of one component, by start.</summary>
internal sealed record MaintenanceRow(ImmutableArray<MaintenanceFacts> Items, Duration Longest)
{
    public static MaintenanceRow Of(IEnumerable<MaintenanceFacts> items)
    {
        ImmutableArray<MaintenanceFacts> byStart =
            [.. items.OrderBy(item => item.Held.Start).ThenBy(item => item.Name, StringComparer.Ordinal)];
        return new(byStart, byStart.Aggregate(Duration.Zero, (longest, item) => Duration.Max(longest, item.Held.Length)));
    }

    /// <summary>What overlaps `[from, until)`, by start.</summary>
    public IEnumerable<MaintenanceFacts> Overlapping(Instant from, Instant until)
    {
        for (var i = FirstFrom(from.Earlier(Longest)); i < Items.Length && Items[i].Held.Start < until; i++)
        {
            if (Items[i].Held.Overlaps(from, until)) yield return Items[i];
        }
    }

    private int FirstFrom(Instant instant)
    {
        int low = 0, high = Items.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Items[middle].Held.Start < instant) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
