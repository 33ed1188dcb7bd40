using Governance.BuildingBlocks.Calendars;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>
/// Reads what the rules look at of parties. A party serves many components, and its hours take long to work out: what was read is kept
/// for the day, and taken again while party and calendar have the versions that it was read from.
/// </summary>
internal sealed class PartyReader(OwnershipDb db, PartyShelf shelf)
{
    private static readonly Duration LookBack = CoverRules.Ahead + Duration.FromDays(1);
    private static readonly Duration LookAhead = CoverRules.Ahead + Duration.FromDays(2);

    /// <summary>After a longer sleep, hours without cover are known from here on only.</summary>
    private static readonly Duration LongestSleep = Duration.FromDays(35);

    /// <summary>Every one that was asked for, those too that nobody has entered.</summary>
    public async Task<Dictionary<string, PartyFact>> ReadAsync(IEnumerable<string> names, Interval range, CancellationToken ct)
    {
        var wanted = names.Where(name => name.Length > 0).Distinct().ToList();
        var versions = await Timelines.ReadAsync(
            wanted.Select(Timelines.IdOf),
            ids => db.Parties.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.Version, one.HolidayCalendar }),
            ct);
        var calendars = (await Timelines.ReadAsync(
            versions.Select(one => one.HolidayCalendar).Where(name => name.Length > 0).Distinct().Select(Timelines.IdOf),
            ids => db.HolidayCalendars.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.Version }), ct)).ToDictionary(
                one => $"holidayCalendars/{one.Id}", one => one.Version);
        var since = Since(range);
        var facts = new Dictionary<string, PartyFact>(StringComparer.Ordinal);
        var stale = new Dictionary<string, ShelfMark>(StringComparer.Ordinal);
        foreach (var one in versions)
        {
            var mark = new ShelfMark(one.Version, calendars.GetValueOrDefault(one.HolidayCalendar), since);
            if (shelf.Find($"parties/{one.Id}", mark) is { } known) facts[known.Name] = known;
            else stale[one.Id] = mark;
        }

        foreach (var fact in await LoadAsync([.. stale.Keys], since, range.End, ct))
        {
            facts[fact.Name] = shelf.Keep(fact, stale[Timelines.IdOf(fact.Name)]);
        }
        return wanted.ToDictionary(name => name, name => facts.GetValueOrDefault(name) ?? PartyFact.Missing(name));
    }

    /// <summary>The beginning of a day, so that all looks of that day ask for the same.</summary>
    private static Instant Since(Interval range)
    {
        var since = Instant.Max(Instant.Min(range.End - LookBack, range.Start), range.End - LongestSleep);
        return since.InUtc().Date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
    }

    private static PartyState StateOf(Proto.Party terms) =>
        new(
            terms.Kind,
            [.. terms.Contacts.Where(one => one.Email.Length + one.Phone.Length + one.Chat.Length > 0).Select(one => one.User)],
            terms.EscalationPolicy);

    private static OffDuty OffDutyOf(Party row, HolidayDates holidays, Instant since, Instant now)
    {
        var spans = row.Terms.ToRoster(holidays).Spans(since, now + LookAhead).Where(span => !span.Duty.IsOnDuty).Select(span => span.Span)
            .ToList();
        return new OffDuty(row.EffectiveFrom, since, spans);
    }

    private async Task<IEnumerable<PartyFact>> LoadAsync(IReadOnlyList<string> ids, Instant since, Instant now, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var rows = await Timelines.ReadAsync(ids, some => db.Parties.AsNoTracking().Where(one => some.Contains(one.Id)), ct);
        var past = await Timelines.PastAsync(db, rows.Where(row => row.HasRevisions).Select(row => row.Name), ct);
        var calendars = (await Timelines.ReadAsync(
            rows.Select(row => row.HolidayCalendar).Where(name => name.Length > 0).Distinct().Select(Timelines.IdOf),
            some => db.HolidayCalendars.AsNoTracking().Where(one => some.Contains(one.Id)), ct)).ToDictionary(
                one => one.Name, one => one.ToProto().ToDates());
        return rows.Select(row => new PartyFact(
            row.Name, Timelines.Of<Proto.Party, PartyState>(past[row.Name], row.EffectiveFrom, StateOf(row.Terms), row.DeleteTime, StateOf))
        {
            OffDuty = OffDutyOf(row, calendars.GetValueOrDefault(row.HolidayCalendar) ?? HolidayDates.None, since, now),
        });
    }
}

/// <summary>What a party's fact was read from.</summary>
/// <param name="Version">Of the party.</param>
/// <param name="Calendar">Of its holiday calendar.</param>
/// <param name="Since">From when on its hours were worked out.</param>
internal readonly record struct ShelfMark(long Version, long Calendar, Instant Since);

/// <summary>Parties as they were read last.</summary>
internal sealed class PartyShelf
{
    private const int Most = 20_000;
    private readonly Dictionary<string, (ShelfMark Mark, PartyFact Fact)> _facts = new(StringComparer.Ordinal);

    public PartyFact? Find(string name, ShelfMark mark) => _facts.TryGetValue(name, out var kept) && kept.Mark == mark ? kept.Fact : null;

    public PartyFact Keep(PartyFact fact, ShelfMark mark)
    {
        if (_facts.Count >= Most) _facts.Clear();
        _facts[fact.Name] = (mark, fact);
        return fact;
    }
}
