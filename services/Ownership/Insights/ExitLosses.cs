using Governance.Ownership.V1;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Insights;

/// <summary>What components lose when a party is gone.</summary>
internal static class ExitLosses
{
    /// <summary>Closest to the work first.</summary>
    private static readonly Duty[] Closest = [Duty.Responsible, Duty.Accountable, Duty.Consulted, Duty.Informed];

    /// <summary>What the component loses; null when it loses nothing.</summary>
    /// <param name="duties">The duties then.</param>
    /// <param name="component">One of the table's.</param>
    /// <param name="party">Who is gone.</param>
    /// <param name="systemOwner">The party that comes next where the component has nobody; may be empty.</param>
    public static ExitLoss? Of(DutyTable duties, WeighedComponent component, string party, string systemOwner)
    {
        var loss = new ExitLoss { Component = component.Name, Tier = component.Tier };
        foreach (var area in duties.Areas)
        {
            var hands = duties.With(component, area, Duty.Responsible).ToList();
            if (duties.AccountableFor(component, area) == party) (Stays(component, party) ? loss.FallenAreas : loss.OrphanedAreas).Add(area);
            else if (hands is [var only] && only == party) loss.UndoneAreas.Add(area);
        }

        if (loss.FallenAreas.Count + loss.OrphanedAreas.Count + loss.UndoneAreas.Count == 0) return null;
        if (loss.FallenAreas.Count > 0) loss.Owner = component.Owner;
        loss.Candidates.Add(Candidates(duties, component, party, systemOwner));
        return loss;
    }

    private static bool Stays(WeighedComponent component, string party) => component.Owner.Length > 0 && component.Owner != party;

    private static IEnumerable<ExitCandidate> Candidates(DutyTable duties, WeighedComponent component, string party, string systemOwner)
    {
        var candidates = duties.Of(component).Where(one => one.Party != party).GroupBy(one => one.Party)
            .Select(others => (Party: others.Key, Closest: others.MinBy(one => Array.IndexOf(Closest, one.Duty)).Duty, Duties: others))
            .OrderBy(one => Array.IndexOf(Closest, one.Closest)).ThenBy(one => one.Party, StringComparer.Ordinal)
            .Select(one => new ExitCandidate
            {
                Party = one.Party,
                Duty = one.Closest,
                Areas = { one.Duties.Where(duty => duty.Duty == one.Closest).Select(duty => duty.Area).Distinct().Order(StringComparer.Ordinal) },
            }).ToList();
        if (Stays(component, party) && candidates.All(one => one.Party != component.Owner))
            candidates.Insert(0, new ExitCandidate { Party = component.Owner, Duty = Duty.Accountable });
        if (systemOwner.Length > 0 && systemOwner != party && candidates.All(one => one.Party != systemOwner))
            candidates.Add(new ExitCandidate { Party = systemOwner });
        return candidates;
    }
}
