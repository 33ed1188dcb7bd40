using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Insights;

/// <summary>What a question about duties needs of a component.</summary>
internal sealed record WeighedComponent(string Name, int Tier, string System, string Owner)
{
    /// <summary>8, 4, 2, 1 for tiers 1 to 4; one that nobody has classified is judged as tier 1.</summary>
    public int Weight => WeightOf(Tier);

    public static int WeightOf(int tier) => tier is >= 1 and <= 4 ? 1 << (4 - tier) : 8;
}

/// <summary>A duty in force.</summary>
internal readonly record struct WeighedDuty(string Component, string Area, string Party, Duty Duty);

/// <summary>Who has which duty for some components at one instant.</summary>
internal sealed class DutyTable(IReadOnlyList<string> areas, IReadOnlyList<WeighedComponent> components, IEnumerable<WeighedDuty> duties)
{
    private readonly ILookup<string, WeighedDuty> _duties = duties.ToLookup(duty => duty.Component);

    public IReadOnlyList<string> Areas { get; } = areas;

    /// <summary>By tier, those not classified first, and name.</summary>
    public IReadOnlyList<WeighedComponent> Components { get; } =
        [.. components.OrderBy(one => Math.Max(one.Tier, 1)).ThenBy(one => one.Name, StringComparer.Ordinal)];

    public IEnumerable<WeighedDuty> Of(WeighedComponent component) => _duties[component.Name];

    public IEnumerable<string> With(WeighedComponent component, string area, Duty duty) =>
        Of(component).Where(one => one.Duty == duty && one.Area == area).Select(one => one.Party).Distinct();

    /// <summary>The party that was made accountable, else the owner; empty: nobody.</summary>
    public string AccountableFor(WeighedComponent component, string area) =>
        With(component, area, Duty.Accountable).FirstOrDefault() ?? component.Owner;

    /// <summary>Whether the party owns the component or has any duty but being told.</summary>
    public bool Holds(WeighedComponent component, string party) =>
        component.Owner == party || Of(component).Any(one => one.Party == party && one.Duty != Duty.Informed);

    /// <summary>Whether nobody else is known who could take over from the party.</summary>
    public bool IsSole(WeighedComponent component, string party) =>
        (component.Owner.Length == 0 || component.Owner == party)
            && Of(component).All(one => one.Party == party || one.Duty == Duty.Informed);
}
