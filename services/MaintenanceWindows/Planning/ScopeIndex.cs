using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Something with a name that covers components.</summary>
internal interface IScoped
{
    string Name { get; }

    ScopeFacts Scope { get; }
}

/// <summary>
/// Finds what covers a component in an environment without looking at everything: each item lies in the buckets of
/// the most selective field that it sets. Immutable; answers for known components are kept until the next change.
/// </summary>
internal sealed class ScopeIndex<T>
    where T : class, IScoped
{
    private readonly ImmutableDictionary<string, T> _items;
    private readonly ImmutableDictionary<string, ImmutableArray<T>> _buckets;
    private readonly ConcurrentDictionary<(string, string), (ComponentFacts Component, T[] Items)> _answers = new();

    private ScopeIndex(ImmutableDictionary<string, T> items, ImmutableDictionary<string, ImmutableArray<T>> buckets) =>
        (_items, _buckets) = (items, buckets);

    public static ScopeIndex<T> Empty { get; } =
        new(ImmutableDictionary<string, T>.Empty, ImmutableDictionary<string, ImmutableArray<T>>.Empty);

    public IEnumerable<T> All => _items.Values;

    public T? Find(string name) => _items.GetValueOrDefault(name);

    public static ScopeIndex<T> From(IEnumerable<T> items)
    {
        var byName = items.ToImmutableDictionary(item => item.Name);
        var buckets = byName.Values
            .SelectMany(item => Keys(item.Scope), (item, key) => (item, key))
            .GroupBy(pair => pair.key, pair => pair.item)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray());
        return new(byName, buckets);
    }

    public ScopeIndex<T> Set(T item)
    {
        var buckets = Without(item.Name).ToBuilder();
        foreach (var key in Keys(item.Scope)) buckets[key] = buckets.GetValueOrDefault(key, []).Add(item);
        return new(_items.SetItem(item.Name, item), buckets.ToImmutable());
    }

    public ScopeIndex<T> Remove(string name) =>
        _items.ContainsKey(name) ? new(_items.Remove(name), Without(name)) : this;

    /// <summary>What covers a component, by name.</summary>
    /// <param name="component">The component.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="keep">Whether to keep the answer: only for known names, so that typos do not fill the memory.</param>
    public T[] Covering(ComponentFacts component, string environment, bool keep)
    {
        var key = (component.Name, environment);
        if (keep && _answers.TryGetValue(key, out var kept) && ReferenceEquals(kept.Component, component)) return kept.Items;
        T[] items = [.. Candidates(component, environment).Where(item => item.Scope.Covers(component, environment))
            .Distinct(ReferenceEqualityComparer.Instance).Cast<T>().OrderBy(item => item.Name, StringComparer.Ordinal)];
        if (keep) _answers[key] = (component, items);
        return items;
    }

    private IEnumerable<T> Candidates(ComponentFacts component, string environment)
    {
        string[] keys = [$"c:{component.Name}", $"s:{component.System}", TierKey(component.Tier), $"e:{environment}", "*"];
        return keys.Concat(component.Labels.Keys.Select(label => $"l:{label}"))
            .SelectMany(key => _buckets.GetValueOrDefault(key, []));
    }

    private ImmutableDictionary<string, ImmutableArray<T>> Without(string name)
    {
        if (!_items.TryGetValue(name, out var old)) return _buckets;
        var buckets = _buckets.ToBuilder();
        foreach (var key in Keys(old.Scope))
        {
            var rest = buckets[key].Remove(old, ReferenceEqualityComparer.Instance);
            if (rest.IsEmpty) buckets.Remove(key);
            else buckets[key] = rest;
        }
        return buckets.ToImmutable();
    }

    private static IEnumerable<string> Keys(ScopeFacts scope)
    {
        IEnumerable<string> keys =
            !scope.Components.IsEmpty ? scope.Components.Select(name => $"c:{name}")
            : !scope.Systems.IsEmpty ? scope.Systems.Select(name => $"s:{name}")
            : !scope.Labels.IsEmpty ? scope.Labels.Select(label => $"l:{label.Key}")
            : !scope.Tiers.IsEmpty ? scope.Tiers.Select(TierKey)
            : !scope.Environments.IsEmpty ? scope.Environments.Select(name => $"e:{name}")
            : ["*"];
        return keys.Distinct();
    }

    private static string TierKey(int tier) => string.Create(CultureInfo.InvariantCulture, $"t:{tier}");
}
