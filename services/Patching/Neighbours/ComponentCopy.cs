using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.V1;
using Governance.Patching.Fields;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Patching.Neighbours;

/// <summary>Ownership's component, as far as deadlines and approvals need it.</summary>
internal sealed class ComponentCopy : Copy<ComponentChanged>
{
    public const int LongestVersion = 100;
    public const int LongestEnvironments = 2000;
    private const string Production = "production";
    private const int LongestEnvironment = 63;
    private const int MostEnvironments = LongestEnvironments / (LongestEnvironment + 1);

    public int Tier { get; private set; }

    public string System { get; private set; } = "";

    public string Owner { get; private set; } = "";

    /// <summary>False only where Ownership says that it is reachable from inside alone.</summary>
    public bool InternetExposed { get; private set; } = true;

    /// <summary>As endoflife.date names it; empty: not said.</summary>
    public string PlatformProduct { get; private set; } = "";

    public string PlatformVersion { get; private set; } = "";

    /// <summary>One a line; empty: not said.</summary>
    public string Environments { get; private set; } = "";

    /// <summary>Where it runs: in production, where nobody says.</summary>
    public IReadOnlyList<string> Runs => Environments.Length == 0 ? [Production] : Environments.Split('\n');

    protected override void Take(ComponentChanged changed)
    {
        var component = changed.Component;
        (Tier, System, Owner) = (component.Tier, component.System, component.Owner);
        var product = component.PlatformProduct.Trim().ToLowerInvariant();
        PlatformProduct = LifecycleNames.IsId(product) ? product : "";
        PlatformVersion = component.PlatformVersion.Length <= LongestVersion ? component.PlatformVersion : "";
        Environments = string.Join(
            '\n', component.Environments.Where(one => one.Length is > 0 and <= LongestEnvironment).Distinct().Take(MostEnvironments));
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

    /// <summary>What it runs on, as endoflife.date names it; empty: not said.</summary>
    public string PlatformProduct { get; init; } = "";

    public string PlatformVersion { get; init; } = "";

    /// <summary>Its environments.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>A component that nobody knows, or that says no tier, is judged as the most critical and exposed.</summary>
    public static ComponentFacts Of(string name, ComponentCopy? copy) => copy is null or { IsDeleted: true }
        ? new ComponentFacts(name, MostCritical, true, "", "")
        : new ComponentFacts(name, copy.Tier is >= 1 and <= 4 ? copy.Tier : MostCritical, copy.InternetExposed, copy.Owner, copy.System)
        {
            PlatformProduct = copy.PlatformProduct,
            PlatformVersion = copy.PlatformVersion,
            Runs = copy.Runs,
        };
}

internal sealed class ComponentConfiguration : IEntityTypeConfiguration<ComponentCopy>
{
    public void Configure(EntityTypeBuilder<ComponentCopy> builder)
    {
        builder.ToTable("Components");
        builder.Property(component => component.System).HasMaxLength(300);
        builder.Property(component => component.Owner).HasMaxLength(300);
        builder.Property(component => component.PlatformProduct).HasMaxLength(LifecycleNames.LongestId);
        builder.Property(component => component.PlatformVersion).HasMaxLength(ComponentCopy.LongestVersion);
        builder.Property(component => component.Environments).HasMaxLength(ComponentCopy.LongestEnvironments);
        builder.Ignore(component => component.Runs);
        builder.HasIndex(component => component.PlatformProduct);
        builder.HasIndex(component => component.System);
        builder.HasIndex(component => component.Owner);
    }
}
