using Google.Protobuf;
using Governance.BuildingBlocks.Calendars;
using Governance.Ownership.Components;
using Governance.Ownership.Contracts;
using Governance.Ownership.Escalation;
using Governance.Ownership.History;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Governance.Ownership.Responsibilities;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Resolution;

/// <summary>
/// What one answer needs, each by its key and read once. Queries are compiled: an answer takes a handful of look-ups, however
/// many components there are, and parties and policies come from what is held while nobody changes them.
/// </summary>
internal sealed class ResolutionReader(OwnershipDb db, DirectoryPages pages)
{
    private static readonly Func<OwnershipDb, string, CancellationToken, Task<Component?>> ComponentById =
        EF.CompileAsyncQuery((OwnershipDb db, string id, CancellationToken ct) =>
            db.Components.AsNoTracking().SingleOrDefault(one => one.Id == id));

    private static readonly Func<OwnershipDb, string, string, IAsyncEnumerable<Responsibility>> DutiesOf =
        EF.CompileAsyncQuery((OwnershipDb db, string component, string area) => db.Responsibilities.AsNoTracking()
            .Where(one => one.Component == component && one.Area == area && one.DeleteTime == null).OrderBy(one => one.Id).AsQueryable());

    private static readonly Func<OwnershipDb, string, CancellationToken, Task<Party?>> PartyById =
        EF.CompileAsyncQuery((OwnershipDb db, string id, CancellationToken ct) =>
            db.Parties.AsNoTracking().SingleOrDefault(one => one.Id == id));

    private static readonly Func<OwnershipDb, string, IAsyncEnumerable<Contract>> ContractsOf =
        EF.CompileAsyncQuery((OwnershipDb db, string party) => db.Contracts.AsNoTracking().Where(one => one.Party == party).AsQueryable());

    private static readonly Func<OwnershipDb, string, IAsyncEnumerable<RevisionRow>> RevisionsOf =
        EF.CompileAsyncQuery((OwnershipDb db, string resource) =>
            db.Revisions.AsNoTracking().Where(row => row.Resource == resource).OrderBy(row => row.From).AsQueryable());

    private static readonly Func<OwnershipDb, string, CancellationToken, Task<HolidayCalendar?>> CalendarById =
        EF.CompileAsyncQuery((OwnershipDb db, string id, CancellationToken ct) =>
            db.HolidayCalendars.AsNoTracking().SingleOrDefault(one => one.Id == id));

    private static readonly Func<OwnershipDb, string, CancellationToken, Task<EscalationPolicy?>> PolicyById =
        EF.CompileAsyncQuery((OwnershipDb db, string id, CancellationToken ct) =>
            db.EscalationPolicies.AsNoTracking().SingleOrDefault(one => one.Id == id));

    private readonly Dictionary<string, PartyRecord> _parties = new(StringComparer.Ordinal);

    /// <summary>The parties that were read so far.</summary>
    public IEnumerable<PartyRecord> Parties => _parties.Values;

    public async Task<Dated<Proto.Component>?> ComponentAsync(string name, CancellationToken ct) =>
        await ComponentById(db, IdOf(name), ct) is { } component ? await DatedAsync(component, ct) : null;

    /// <summary>All that were ever accountable or responsible, by name.</summary>
    public async Task<List<Responsibility>> DutiesAsync(string component, string area, CancellationToken ct)
    {
        var all = new List<Responsibility>();
        await foreach (var one in DutiesOf(db, component, area).WithCancellation(ct))
        {
            if (one.Duty is Proto.Responsibility.Types.Duty.Accountable or Proto.Responsibility.Types.Duty.Responsible) all.Add(one);
        }
        return all;
    }

    public async Task<PartyRecord> PartyAsync(string name, CancellationToken ct)
    {
        if (_parties.TryGetValue(name, out var known)) return known;
        if (!pages.Parties.TryGetValue(name, out var held)) pages.Parties[name] = held = await ReadPartyAsync(name, ct);
        return _parties[name] = held;
    }

    public async Task<Dated<Proto.EscalationPolicy>?> PolicyAsync(string name, CancellationToken ct)
    {
        if (pages.Policies.TryGetValue(name, out var held)) return held;
        return pages.Policies[name] = await PolicyById(db, IdOf(name), ct) is { } policy ? await DatedAsync(policy, ct) : null;
    }

    /// <summary>The owner of a system; empty: there is none.</summary>
    public async Task<string> SystemOwnerAsync(string system, CancellationToken ct)
    {
        if (system.Length == 0) return "";
        var id = IdOf(system);
        return await db.Systems.Where(one => one.Id == id && one.DeleteTime == null).Select(one => one.Owner).SingleOrDefaultAsync(ct)
            ?? "";
    }

    /// <summary>The party with the label `default`; empty: there is none.</summary>
    public async Task<string> LabelledDefaultAsync(CancellationToken ct) =>
        await db.Parties.Where(one => one.IsDefault && one.DeleteTime == null)
            .OrderBy(one => one.Id)
            .Select(one => one.Id)
            .FirstOrDefaultAsync(ct) is { } id
            ? $"parties/{id}"
            : "";

    public Task<bool> HasAreaAsync(string id, CancellationToken ct) => db.Areas.AnyAsync(one => one.Id == id, ct);

    private async Task<PartyRecord> ReadPartyAsync(string name, CancellationToken ct)
    {
        var calendars = new Dictionary<string, HolidayDates>(StringComparer.Ordinal);
        if (await PartyById(db, IdOf(name), ct) is not { } party) return new PartyRecord(name, null, [], calendars);
        var dated = await DatedAsync(party, ct);
        foreach (var state in dated.States)
        {
            if (state.SupportHours is { HolidayCalendar: { Length: > 0 } calendar } && !calendars.ContainsKey(calendar))
            {
                calendars[calendar] = (await CalendarById(db, IdOf(calendar), ct))?.ToProto().ToDates() ?? HolidayDates.None;
            }
        }
        var contracts = new List<Contract>();
        await foreach (var contract in ContractsOf(db, name).WithCancellation(ct)) contracts.Add(contract);
        var records = new List<Dated<Proto.Contract>>(contracts.Count);
        foreach (var contract in contracts) records.Add(await DatedAsync(contract, ct));
        return new PartyRecord(name, dated, records, calendars);
    }

    private async Task<Dated<T>> DatedAsync<T>(DatedAggregate<T> aggregate, CancellationToken ct)
        where T : class, IMessage<T>, new()
    {
        if (!aggregate.HasRevisions) return new Dated<T>(aggregate, []);
        var rows = new List<RevisionRow>();
        await foreach (var row in RevisionsOf(db, aggregate.Name).WithCancellation(ct)) rows.Add(row);
        return new Dated<T>(aggregate, rows);
    }

    private static string IdOf(string name) => name[(name.IndexOf('/') + 1)..];
}
