using System.Collections.Immutable;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>What the calendar knows of a component, from Ownership's events.</summary>
/// <param name="Name">`components/…`.</param>
/// <param name="Tier">1 (most critical) to 4.</param>
/// <param name="System">`systems/…`, or empty.</param>
/// <param name="Labels">Free labels.</param>
/// <param name="Environments">Where it runs; empty when it does not say.</param>
/// <param name="DependsOn">The components that it needs.</param>
internal sealed record ComponentFacts(
    string Name,
    int Tier,
    string System,
    ImmutableDictionary<string, string> Labels,
    ImmutableArray<string> Environments,
    ImmutableArray<string> DependsOn)
{
    public const string Production = "production";

    /// <summary>How something is judged that nobody has heard of: as what can do the most harm.</summary>
    public static ComponentFacts Unknown(string name) =>
        new(name, 1, "", ImmutableDictionary<string, string>.Empty, [], []);
}
