using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>The known components and what depends on what. Immutable.</summary>
internal sealed class ComponentGraph
{
    private readonly ImmutableDictionary<string, ComponentFacts> _components;
    private readonly ImmutableDictionary<string, ImmutableHashSet<string>> _dependents;
    private readonly ImmutableDictionary<string, int> _environments;
    private readonly ConcurrentDictionary<string, string[]> _related = new();
    private readonly ConcurrentDictionary<string, HashSet<string>> _needs = new();

    private ComponentGraph(
        ImmutableDictionary<string, ComponentFacts> components,
        ImmutableDictionary<string, ImmutableHashSet<string>> dependents,
        ImmutableDictionary<string, int> environments) =>
        (_components, _dependents, _environments) = (components, dependents, environments);

    public static ComponentGraph Empty { get; } = new(
        ImmutableDictionary<string, ComponentFacts>.Empty,
        ImmutableDictionary<string, ImmutableHashSet<string>>.Empty,
        ImmutableDictionary<string, int>.Empty);

    public IEnumerable<ComponentFacts> All => _components.Values;

    public static ComponentGraph From(IEnumerable<ComponentFacts> components)
    {
        var byName = components.ToImmutableDictionary(component => component.Name);
        var dependents = byName.Values
            .SelectMany(component => component.DependsOn, (component, needed) => (component.Name, needed))
            .GroupBy(edge => edge.needed, edge => edge.Name)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableHashSet());
        var environments = byName.Values.SelectMany(component => component.Environments.Distinct())
            .GroupBy(name => name).ToImmutableDictionary(group => group.Key, group => group.Count());
        return new(byName, dependents, environments);
    }

    public ComponentFacts? Find(string name) => _components.GetValueOrDefault(name);

    /// <summary>Whether any known component runs there.</summary>
    public bool KnowsEnvironment(string environment) => _environments.ContainsKey(environment);

    public ComponentGraph Set(ComponentFacts component)
    {
        var rest = Remove(component.Name);
        var dependents = rest._dependents.ToBuilder();
        foreach (var needed in component.DependsOn)
        {
            dependents[needed] = dependents.GetValueOrDefault(needed, []).Add(component.Name);
        }
        var environments = rest._environments.ToBuilder();
        foreach (var name in component.Environments.Distinct())
        {
            environments[name] = environments.GetValueOrDefault(name) + 1;
        }
        return new(rest._components.SetItem(component.Name, component), dependents.ToImmutable(), environments.ToImmutable());
    }

    public ComponentGraph Remove(string name)
    {
        if (!_components.TryGetValue(name, out var old)) return this;
        var dependents = _dependents.ToBuilder();
        foreach (var needed in old.DependsOn)
        {
            dependents[needed] = dependents.GetValueOrDefault(needed, []).Remove(name);
        }
        var environments = _environments.ToBuilder();
        foreach (var environment in old.Environments.Distinct())
        {
            if (--environments[environment] == 0) environments.Remove(environment);
        }
        return new(_components.Remove(name), dependents.ToImmutable(), environments.ToImmutable());
    }

    /// <summary>
    /// Every component that this one needs, and every one that needs it, directly or through others: none of them
    /// changes while this one does. Two components that need the same third one are not related.
    /// </summary>
    public string[] Related(string name)
    {
        if (_related.TryGetValue(name, out var kept)) return kept;
        var found = new HashSet<string>();
        Walk(name, one => _components.GetValueOrDefault(one)?.DependsOn ?? [], found);
        Walk(name, one => _dependents.GetValueOrDefault(one, []), found);
        found.Remove(name);
        string[] related = [.. found.Order(StringComparer.Ordinal)];
        if (_components.ContainsKey(name)) _related[name] = related;
        return related;
    }

    /// <summary>Every component that this one needs, directly or through others; not itself.</summary>
    public IReadOnlySet<string> Needs(string name)
    {
        if (_needs.TryGetValue(name, out var kept)) return kept;
        var found = new HashSet<string>();
        Walk(name, one => _components.GetValueOrDefault(one)?.DependsOn ?? [], found);
        found.Remove(name);
        if (_components.ContainsKey(name)) _needs[name] = found;
        return found;
    }

    /// <summary>These components, and every one that needs any of them, directly or through others.</summary>
    public HashSet<string> WithDependents(IEnumerable<string> names)
    {
        var found = new HashSet<string>(names);
        foreach (var name in found.ToArray()) Walk(name, one => _dependents.GetValueOrDefault(one, []), found);
        return found;
    }

    private static void Walk(string from, Func<string, IEnumerable<string>> next, HashSet<string> found)
    {
        var seen = new HashSet<string> { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var one))
        {
            foreach (var other in next(one))
            {
                if (seen.Add(other))
                {
                    found.Add(other);
                    open.Push(other);
                }
            }
        }
    }
}
