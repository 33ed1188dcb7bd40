using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Insights;

/// <summary>What a component loses when a party is gone.</summary>
/// <param name="Component">The component.</param>
/// <param name="Orphaned">Areas for which nobody is accountable any more.</param>
/// <param name="Fallen">Areas that fall to the component's owner, who had given them away.</param>
/// <param name="Undone">Areas for which somebody stays accountable, and nobody is left who is responsible.</param>
/// <param name="Successors">Who could take over; closest to the work first.</param>
internal sealed record Loss(
    WeighedComponent Component,
    IReadOnlyList<string> Orphaned,
    IReadOnlyList<string> Fallen,
    IReadOnlyList<string> Undone,
    IReadOnlyList<Successor> Successors);

/// <summary>Somebody who could take over.</summary>
/// <param name="Party">`parties/…`.</param>
/// <param name="Duty">The closest that it has there already; unspecified: none.</param>
/// <param name="Areas">Those for which it has that duty.</param>
internal sealed record Successor(string Party, Duty Duty, IReadOnlyList<string> Areas);

/// <summary>What components lose when a party is gone.</summary>
internal static class Losses
{
    /// <summary>Closest to the work first.</summary>
    private static readonly Duty[] Closest = [Duty.Responsible, Duty.Accountable, Duty.Consulted, Duty.Informed];

    /// <summary>What the component loses; null when it loses nothing.</summary>
    /// <param name="duties">The duties then.</param>
    /// <param name="component">One of the table's.</param>
    /// <param name="party">Who is gone.</param>
    /// <param name="systemOwner">The party that comes next where the component has nobody; may be empty.</param>
    public static Loss? Of(DutyTable duties, WeighedComponent component, string party, string systemOwner)
    {
        var (orphaned, fallen, undone) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var area in duties.Areas)
        {
            var hands = duties.With(component, area, Duty.Responsible).ToList();
            if (duties.AccountableFor(component, area) == party) (Stays(component, party) ? fallen : orphaned).Add(area);
            else if (hands is [var only] && only == party) undone.Add(area);
        }

        return orphaned.Count + fallen.Count + undone.Count == 0
            ? null
            : new Loss(component, orphaned, fallen, undone, Successors(duties, component, party, systemOwner));
    }

    private static bool Stays(WeighedComponent component, string party) => component.Owner.Length > 0 && component.Owner != party;

    private static List<Successor> Successors(DutyTable duties, WeighedComponent component, string party, string systemOwner)
    {
        var all = duties.Of(component).Where(one => one.Party != party).GroupBy(one => one.Party)
            .Select(others => (Party: others.Key, Closest: others.MinBy(one => Array.IndexOf(Closest, one.Duty)).Duty, Duties: others))
            .OrderBy(one => Array.IndexOf(Closest, one.Closest)).ThenBy(one => one.Party, StringComparer.Ordinal)
            .Select(one => new Successor(
                one.Party,
                one.Closest,
                [.. one.Duties.Where(duty => duty.Duty == one.Closest).Select(duty => duty.Area).Distinct().Order(StringComparer.Ordinal)]))
            .ToList();
        if (Stays(component, party) && !all.Exists(one => one.Party == component.Owner))
        {
            all.Insert(0, new Successor(component.Owner, Duty.Accountable, []));
        }
        if (systemOwner.Length > 0 && systemOwner != party && !all.Exists(one => one.Party == systemOwner))
        {
            all.Add(new Successor(systemOwner, Duty.Unspecified, []));
        }
        return all;
    }
}
