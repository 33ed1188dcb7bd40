using System.Collections.Concurrent;
using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Fields;
using Governance.Ownership.Parties;
using Governance.Ownership.Schedules;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Resolution;

/// <summary>A party with its contracts and holidays, to be asked about any instant.</summary>
/// <param name="Name">`parties/…`.</param>
/// <param name="Party">Null: nobody has entered it.</param>
/// <param name="Contracts">Those that name it.</param>
/// <param name="Calendars">By name, those that it uses at any time.</param>
internal sealed record PartyRecord(
    string Name,
    Dated<Proto.Party>? Party,
    IReadOnlyList<Dated<Proto.Contract>> Contracts,
    IReadOnlyDictionary<string, HolidayDates> Calendars)
{
    private readonly ConcurrentDictionary<Proto.Party, PartyState> _states = new(ReferenceEqualityComparer.Instance);

    /// <summary>The party as it is then; null: it does not exist.</summary>
    public PartyState? At(Instant at)
    {
        if (Party?.At(at) is not { } terms) return null;
        return _states.GetOrAdd(terms, Read);
    }

    /// <summary>
    /// The contract in force for a component: one that names it before one that covers whatever the party does, the later begun first.
    /// </summary>
    public (string Name, Proto.Contract Terms)? ContractAt(string component, Instant at) => Contracts
        .Select(one => (one.Aggregate.Name, Terms: one.At(at)!))
        .Where(one => one.Terms is not null
            && one.Terms.Party == Name
            && IsInForce(one.Terms, at)
            && (one.Terms.Components.Count == 0 || one.Terms.Components.Contains(component)))
        .OrderByDescending(one => one.Terms.Components.Count > 0)
        .ThenByDescending(one => one.Terms.StartDate, StringComparer.Ordinal)
        .ThenBy(one => one.Name, StringComparer.Ordinal)
        .Select(one => ((string, Proto.Contract)?)one).FirstOrDefault();

    /// <summary>Instants at which the party, a contract or a term of either changes.</summary>
    public IEnumerable<Instant> Edges() => (Party?.Edges() ?? [])
        .Concat(Contracts.SelectMany(one => one.Edges()))
        .Concat(Contracts.SelectMany(one => one.States).SelectMany(Ends));

    private PartyState Read(Proto.Party terms)
    {
        var holidays =
            terms.SupportHours is { } hours ? Calendars.GetValueOrDefault(hours.HolidayCalendar) ?? HolidayDates.None : HolidayDates.None;
        return new PartyState(terms, terms.ToRoster(holidays), terms.ToHours(holidays) ?? SupportHours.Always, terms.ZoneOf());
    }

    private static bool IsInForce(Proto.Contract contract, Instant at)
    {
        var (start, end) = (Start(contract), End(contract));
        return !(at < start) && (contract.Renewal == Proto.Contract.Types.Renewal.Automatic || !(at >= end));
    }

    private static IEnumerable<Instant> Ends(Proto.Contract contract)
    {
        if (Start(contract) is { } start) yield return start;
        if (End(contract) is { } end) yield return end;
    }

    private static Instant? Start(Proto.Contract contract) => Midnight(contract.StartDate, contract, 0);

    /// <summary>The midnight after its last day.</summary>
    private static Instant? End(Proto.Contract contract) => Midnight(contract.EndDate, contract, 1);

    private static Instant? Midnight(string date, Proto.Contract contract, int later)
    {
        if (NodaTime.Text.LocalDatePattern.Iso.Parse(date) is not { Success: true, Value: var day }) return null;
        return Zones.Get(contract.TimeZone.Length > 0 ? contract.TimeZone : "UTC").Opening(day.PlusDays(later).AtMidnight());
    }
}

/// <summary>A party at an instant.</summary>
/// <param name="Terms">What it is.</param>
/// <param name="Roster">Who of it is on duty.</param>
/// <param name="Hours">Its support hours; around the clock where it states none.</param>
/// <param name="Zone">Its people's.</param>
internal sealed record PartyState(Proto.Party Terms, Roster Roster, SupportHours Hours, DateTimeZone Zone);
