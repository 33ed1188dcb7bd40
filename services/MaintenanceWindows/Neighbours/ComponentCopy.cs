using System.Collections.Immutable;
using Governance.BuildingBlocks.Neighbours;
using Governance.MaintenanceWindows.Planning;
using Governance.Ownership.V1;

namespace Governance.MaintenanceWindows.Neighbours;

/// <summary>Ownership's component, as far as the calendar needs it.</summary>
internal sealed class ComponentCopy : Copy<ComponentChanged>, ICalendarPart
{
    public int Tier { get; private set; }

    public string System { get; private set; } = "";

    public string Owner { get; private set; } = "";

    public ImmutableDictionary<string, string> Labels { get; private set; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<string> Environments { get; private set; } = [];

    public ImmutableArray<string> DependsOn { get; private set; } = [];

    /// <summary>A component that says no tier is judged as the most critical.</summary>
    public ComponentFacts Facts() => new(Name, Tier is >= 1 and <= 4 ? Tier : 1, System, Labels, Environments, DependsOn);

    protected override void Take(ComponentChanged changed)
    {
        var component = changed.Component;
        (Tier, System, Owner) = (component.Tier, component.System, component.Owner);
        Labels = component.Labels.ToImmutableDictionary();
        Environments = [.. component.Environments];
        DependsOn = [.. component.DependsOn];
    }
}
