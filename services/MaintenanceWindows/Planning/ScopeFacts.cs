using System.Collections.Immutable;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>What something covers: OR inside a field, AND across the fields that are set; all empty covers everything.</summary>
internal sealed record ScopeFacts
{
    public static ScopeFacts Everything { get; } = new();

    public ImmutableArray<string> Components { get; init; } = [];

    public ImmutableArray<LabelMatch> Labels { get; init; } = [];

    public ImmutableArray<string> Environments { get; init; } = [];

    public ImmutableArray<int> Tiers { get; init; } = [];

    public ImmutableArray<string> Systems { get; init; } = [];

    public bool Covers(ComponentFacts component, string environment) =>
        Has(Environments, environment)
        && Has(Components, component.Name)
        && Has(Systems, component.System)
        && (Tiers.IsEmpty || Tiers.Contains(component.Tier))
        && (Labels.IsEmpty || Labels.Any(label => label.Matches(component.Labels)));

    /// <summary>Reads the message; `a=b` and `a` are label matches.</summary>
    public static ScopeFacts From(Common.V1.Scope? scope) => scope is null
        ? Everything
        : new ScopeFacts
        {
            Components = [.. scope.Components.Select(Names.Component)],
            Labels = [.. scope.Labels.Select(LabelMatch.Parse)],
            Environments = [.. scope.Environments],
            Tiers = [.. scope.Tiers],
            Systems = [.. scope.Systems.Select(Names.System)],
        };

    private static bool Has(ImmutableArray<string> wanted, string value)
    {
        if (wanted.IsEmpty) return true;
        foreach (var one in wanted)
        {
            if (one == value) return true;
        }
        return false;
    }
}

/// <summary>Asks for a label, with its value when one is given.</summary>
internal readonly record struct LabelMatch(string Key, string? Value)
{
    public static LabelMatch Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new(text.Trim(), null) : new(text[..equals].Trim(), text[(equals + 1)..].Trim());
    }

    public bool Matches(ImmutableDictionary<string, string> labels) =>
        labels.TryGetValue(Key, out var value) && (Value is null || Value == value);
}

/// <summary>Short names stand for resource names wherever people type them.</summary>
internal static class Names
{
    public static string Component(string name) => Full("components/", name);

    public static string System(string name) => Full("systems/", name);

    private static string Full(string collection, string name) =>
        name.Length == 0 || name.StartsWith(collection, StringComparison.Ordinal) ? name : collection + name;
}
