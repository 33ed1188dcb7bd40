using Governance.BuildingBlocks.Eventing;
using Governance.MaintenanceWindows.Fields;
using Governance.Ownership.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Neighbours;

/// <summary>Ownership's responsibility: which party has which duty for an area of a component, and when.</summary>
internal sealed class ResponsibilityCopy : Copy<ResponsibilityChanged>
{
    public string Component { get; private set; } = "";

    public string Area { get; private set; } = "";

    public string Party { get; private set; } = "";

    public Responsibility.Types.Duty Duty { get; private set; }

    /// <summary>Inclusive; null: always.</summary>
    public Instant? From { get; private set; }

    /// <summary>Exclusive; null: no end.</summary>
    public Instant? Until { get; private set; }

    protected override void Take(ResponsibilityChanged changed)
    {
        var told = changed.Responsibility;
        (Component, Area, Party, Duty) = (told.Component, told.Area, told.Party, told.Duty);
        (From, Until) = (told.From?.ToInstant(), told.Until?.ToInstant());
    }
}
