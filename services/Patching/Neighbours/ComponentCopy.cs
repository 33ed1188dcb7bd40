using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Patching.Neighbours;

/// <summary>Ownership's component, as far as deadlines and approvals need it.</summary>
internal sealed class ComponentCopy : Copy<ComponentChanged>
{
    public int Tier { get; private set; }

    public string System { get; private set; } = "";

    public string Owner { get; private set; } = "";

    /// <summary>False only where Ownership says that it is reachable from inside alone.</summary>
    public bool InternetExposed { get; private set; } = true;

    protected override void Take(ComponentChanged changed)
    {
        var component = changed.Component;
        (Tier, System, Owner) = (component.Tier, component.System, component.Owner);
        InternetExposed = component.Exposure != Component.Types.Exposure.Internal;
    }
}

/// <summary>What deadlines and approvals ask of a component.</summary>
/// <param name="Name"><c>components/…</c></param>
/// <param name="Tier">1, the most critical, to 4.</param>
/// <param name="InternetExposed">Whether the internet reaches it.</param>
/// <param name="Owner">The accountable party; empty when nobody is.</param>
/// <param name="System">The system; may be empty.</param>
internal sealed record ComponentFacts(string Name, int Tier, bool InternetExposed, string Owner, string System)
{
    private const int MostCritical = 1;

    public Target Target => new(Name, System, Owner);

    /// <summary>A component that nobody knows, or that says no tier, is judged as the most critical and exposed.</summary>
    public static ComponentFacts Of(string name, ComponentCopy? copy) => copy is null or { IsDeleted: true }
        ? new ComponentFacts(name, MostCritical, true, "", "")
        : new ComponentFacts(name, copy.Tier is >= 1 and <= 4 ? copy.Tier : MostCritical, copy.InternetExposed, copy.Owner, copy.System);
}

internal sealed class ComponentConfiguration : IEntityTypeConfiguration<ComponentCopy>
{
    public void Configure(EntityTypeBuilder<ComponentCopy> builder)
    {
        builder.ToTable("Components");
        builder.Property(component => component.System).HasMaxLength(300);
        builder.Property(component => component.Owner).HasMaxLength(300);
        builder.HasIndex(component => component.System);
        builder.HasIndex(component => component.Owner);
    }
}
