using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Governance.Ownership.Responsibilities;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Reads what decides on the gaps of some hundred components: each kind of row in one look by its keys.</summary>
internal sealed class ComponentReader(OwnershipDb db, PartyReader parties)
{
    /// <param name="asked">By component, the areas for which somebody has just asked in vain.</param>
    /// <param name="range">What time is looked at.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<List<ComponentCase>> ReadAsync(IReadOnlyDictionary<string, List<string>> asked, Interval range, CancellationToken ct)
    {
        var names = asked.Keys.ToList();
        var own = await ComponentsAsync(names, ct);
        var needed = own.Values.SelectMany(states => states.Values)
            .Where(state => state.IsTier1)
            .SelectMany(state => state.DependsOn)
            .Except(names)
            .ToList();
        var others = await ComponentsAsync(needed, ct);
        var duties = await DutiesAsync(names.Concat(needed), ct);
        var dependencies =
            own.Concat(others).ToDictionary(one => one.Key, one => new ComponentCase(one.Key, one.Value, [.. duties[one.Key]]));
        var trails = await TrailsAsync(names, ct);
        var areas = await AreasAsync(ct);
        var people = await PeopleAsync(
            own.Values.SelectMany(states => states.Values).Select(state => state.Owner).Concat(names.SelectMany(name => duties[name])
                .Select(duty => duty.Party)), trails.Any() || asked.Values.Any(some => some.Count > 0), range, ct);
        var policies = await new PolicyReader(db).ReadAsync(
            own.Values.SelectMany(states => states.Values).Select(state => state.Policy).Concat(people.Values.SelectMany(PoliciesOf)), ct);
        var told = await parties.ReadAsync(policies.Values.SelectMany(PartiesOf).Except(people.Keys), range, ct);
        foreach (var (name, party) in told) people[name] = party;
        return [.. names.Select(name => Facts(name) with { Areas = areas, Asked = [.. asked[name].Union(trails[name])] })];

        ComponentCase Facts(string name)
        {
            var facts = dependencies.GetValueOrDefault(name) ?? new ComponentCase(name, null, []);
            var states = facts.States?.Values.ToList() ?? [];
            var own = Picked(people, states.Select(state => state.Owner).Concat(facts.Duties.Select(duty => duty.Party)));
            var used = Picked(
                policies, states.Select(state => state.Policy).Concat(own.Values.SelectMany(PoliciesOf)).Append(EscalationRules.Default));
            return facts with
            {
                Parties = Picked(people, own.Keys.Concat(used.Values.SelectMany(PartiesOf))),
                Policies = used,
                Dependencies = Picked(dependencies, states.Where(state => state.IsTier1).SelectMany(state => state.DependsOn)),
            };
        }
    }

    private static IEnumerable<string> PoliciesOf(PartyFact party) => party.States?.Values.Select(state => state.Policy) ?? [];

    private static IEnumerable<string> PartiesOf(Timeline<PolicyState> policy) =>
        policy.Values.SelectMany(state => state.Targets).Select(target => target.Party).Where(party => party.Length > 0);

    private static Dictionary<string, T> Picked<T>(IReadOnlyDictionary<string, T> all, IEnumerable<string> names)
    {
        var picked = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (all.TryGetValue(name, out var one)) picked[name] = one;
        }
        return picked;
    }

    private static ComponentState StateOf(Proto.Component terms) => new(
        terms.Tier, terms.Owner, terms.Lifecycle == Proto.Component.Types.Lifecycle.Retired, terms.EscalationPolicy, terms.DependsOn);

    /// <summary>Vendors' contracts matter only for trails.</summary>
    private async Task<Dictionary<string, PartyFact>> PeopleAsync(
        IEnumerable<string> names, bool hasTrails, Interval range, CancellationToken ct)
    {
        var people = await parties.ReadAsync(names, range, ct);
        if (!hasTrails) return people;
        var vendors =
            people.Values.Where(party => party.States?.Values.Any(state => state.Kind == Proto.Party.Types.Kind.Vendor) == true).ToList();
        var contracts = await new ContractReader(db).ReadAsync(vendors.Select(vendor => vendor.Name), range, ct);
        foreach (var vendor in vendors) people[vendor.Name] = vendor with { Contracts = [.. contracts[vendor.Name]] };
        return people;
    }

    private async Task<Dictionary<string, Timeline<ComponentState>>> ComponentsAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var rows = await Timelines.ReadAsync(
            names.Select(Timelines.IdOf), ids => db.Components.AsNoTracking().Where(one => ids.Contains(one.Id)), ct);
        var past = await Timelines.PastAsync(db, rows.Where(row => row.HasRevisions).Select(row => row.Name), ct);
        return rows.ToDictionary(
            row => row.Name, row => Timelines.Of<Proto.Component, ComponentState>(
                past[row.Name], row.EffectiveFrom, StateOf(row.Terms), row.DeleteTime, StateOf));
    }

    /// <summary>Deleted ones too: they held until then.</summary>
    private async Task<ILookup<string, HeldDuty>> DutiesAsync(IEnumerable<string> components, CancellationToken ct)
    {
        var rows = await Timelines.ReadAsync(
            components,
            some => db.Responsibilities.AsNoTracking()
                .Where(one => some.Contains(one.Component) && (one.Duty == Duty.Accountable || one.Duty == Duty.Responsible)),
            ct);
        return rows.OrderBy(row => row.Id, StringComparer.Ordinal).ToLookup(row => row.Component, FactOf);
    }

    private static HeldDuty FactOf(Responsibility row)
    {
        var until = row.DeleteTime is { } deleted ? Instant.Min(deleted, row.Until ?? deleted) : row.Until;
        return new HeldDuty(row.Name, row.Area, row.Party, row.Duty, row.From, until);
    }

    private async Task<List<AreaFact>> AreasAsync(CancellationToken ct)
    {
        var rows = await db.Areas.AsNoTracking().Where(area => area.RequiredTiers != "").OrderBy(area => area.Id).ToListAsync(ct);
        return [.. rows.Select(area =>
            new AreaFact(area.Id, area.RequiredTiers, area is { IsPreset: true, Version: 1 } ? null : area.UpdateTime))];
    }

    /// <summary>What somebody asked for is remembered by the gap that it opened.</summary>
    private async Task<ILookup<string, string>> TrailsAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var rows = await Timelines.ReadAsync(
            names, some => db.Gaps.Where(gap => some.Contains(gap.Subject) && gap.CloseTime == null && gap.Kind == Kind.TrailEnded)
                .Select(gap => new { gap.Subject, gap.Area }), ct);
        return rows.ToLookup(row => row.Subject, row => row.Area);
    }
}
