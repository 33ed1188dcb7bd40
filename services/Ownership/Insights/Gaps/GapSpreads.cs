using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>
/// Finds whom else a change concerns, by index and page by page, and marks them: those that depend on a component, those that a party owns
/// or has a duty for, and all that an area or an escalation policy may concern.
/// </summary>
internal sealed class GapSpreads(IDbContextFactory<OwnershipDb> databases, Writes<OwnershipDb> writes)
{
    private const int BatchSize = 300;
    private const int PageSize = 1000;
    private const string Owned = "owned:";
    private const string Duties = "duties:";

    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> StepAsync(Instant now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await Waiting(db, now).AnyAsync(ct)) return false;
        await writes.RunAsync("SpreadGapChecks", (unit, token) => SpreadAsync(unit, now, token), ct);
        return true;
    }

    private static IQueryable<GapMarkRow> Waiting(OwnershipDb db, Instant now) =>
        db.GapMarks.Where(mark => mark.Kind == MarkKind.Spread && mark.Time <= now);

    private static async Task SpreadAsync(WriteUnit<OwnershipDb> unit, Instant now, CancellationToken ct)
    {
        var marks = await Waiting(unit.Db, now).AsTracking().OrderBy(mark => mark.Sequence).Take(BatchSize).ToListAsync(ct);
        var concerned = new Concerned();
        var components = marks.Where(mark => IsComponent(mark.Subject)).ToList();
        await DependentsAsync(unit.Db, components, concerned, ct);
        await VendorsAsync(unit.Db, components, concerned, ct);
        unit.Db.GapMarks.RemoveRange(components);
        if (marks.Except(components).FirstOrDefault() is { } broad) await PageAsync(unit.Db, broad, concerned, ct);
        foreach (var ((subject, kind), from) in concerned)
        {
            unit.Db.GapMarks.Add(new GapMarkRow
            {
                Subject = subject,
                Kind = kind,
                Sequence = unit.Sequence,
                From = from,
                Time = Instant.Min(
                unit.Now, now)
            });
        }
    }

    /// <summary>Only tier 1 is judged by what it depends on.</summary>
    private static async Task DependentsAsync(OwnershipDb db, List<GapMarkRow> marks, Concerned concerned, CancellationToken ct)
    {
        if (marks.Count == 0) return;
        var from = marks.GroupBy(mark => mark.Subject).ToDictionary(same => same.Key, same => same.Min(mark => mark.From));
        var names = from.Keys.ToArray();
        var arrows = await db.Relations.AsNoTracking().Where(row => names.Contains(row.To) && row.Kind == RelationKind.DependsOn)
            .Join(db.Components.Where(one => one.Tier <= 1 && one.DeleteTime == null), row =>
                row.From.Substring(11), one => one.Id, (row, _) => new { row.From, row.To })
            .ToListAsync(ct);
        foreach (var arrow in arrows) concerned.Add(arrow.From, MarkKind.Component, from[arrow.To]);
    }

    /// <summary>Whether somebody of ours watches a vendor depends on who else has duties where it has some.</summary>
    private static async Task VendorsAsync(OwnershipDb db, List<GapMarkRow> marks, Concerned concerned, CancellationToken ct)
    {
        if (marks.Count == 0) return;
        var (names, ids) = (marks.Select(mark => mark.Subject)
            .Distinct()
            .ToArray(), marks.Select(mark => Timelines.IdOf(mark.Subject)).Distinct().ToArray());
        var vendors = db.Parties.Where(party => party.Kind == PartyKind.Vendor && party.DeleteTime == null);
        var found = await db.Responsibilities.Where(duty =>
            names.Contains(duty.Component) && duty.DeleteTime == null && vendors.Any(vendor => vendor.Id == duty.Party.Substring(8)))
            .Select(duty => duty.Party).Union(db.Components
                .Where(one => ids.Contains(one.Id) && vendors.Any(vendor => vendor.Id == one.Owner.Substring(8)))
                .Select(one => one.Owner)).ToListAsync(ct);
        foreach (var vendor in found) concerned.Add(vendor, MarkKind.Party, marks.Min(mark => mark.From));
    }

    private static async Task PageAsync(OwnershipDb db, GapMarkRow mark, Concerned concerned, CancellationToken ct)
    {
        var page = mark.Subject.Split('/')[0] switch
        {
            "parties" => await OfPartyAsync(db, mark, ct),
            "holidayCalendars" => await OfCalendarAsync(db, mark, ct),
            _ => await OfAllAsync(db, mark, ct),
        };
        foreach (var name in page.Names) concerned.Add(name, IsComponent(name) ? MarkKind.Component : MarkKind.Spread, mark.From);
        if (page.Next is { } next) mark.Cursor = next;
        else db.GapMarks.Remove(mark);
    }

    /// <summary>First the policies that tell it, then what it owns, then what it has duties for.</summary>
    private static async Task<(List<string> Names, string? Next)> OfPartyAsync(OwnershipDb db, GapMarkRow mark, CancellationToken ct)
    {
        if (mark.Cursor.Length == 0) return (await new PolicyReader(db).TellingAsync(mark.Subject, ct), Owned);
        if (!mark.Cursor.StartsWith(Duties, StringComparison.Ordinal))
        {
            var beyond = mark.Cursor[Owned.Length..];
            var owned = await db.Components.Where(one => one.Owner == mark.Subject && string.Compare(one.Id, beyond) > 0)
                .OrderBy(one => one.Id)
                .Take(PageSize)
                .Select(one => one.Id)
                .ToListAsync(ct);
            return ([.. owned.Select(id => $"components/{id}")], owned.Count < PageSize ? Duties : $"{Owned}{owned[^1]}");
        }

        var after = mark.Cursor[Duties.Length..];
        var held =
            await db.Responsibilities.Where(one => one.Party == mark.Subject && one.DeleteTime == null && string.Compare(one.Id, after) > 0)
                .OrderBy(one => one.Id).Take(PageSize).Select(one => new { one.Id, one.Component }).ToListAsync(ct);
        return ([.. held.Select(one => one.Component)], held.Count < PageSize ? null : $"{Duties}{held[^1].Id}");
    }

    /// <summary>Parties, whose own pages come next.</summary>
    private static async Task<(List<string> Names, string? Next)> OfCalendarAsync(OwnershipDb db, GapMarkRow mark, CancellationToken ct)
    {
        var ids = await db.Parties.Where(one => one.HolidayCalendar == mark.Subject && string.Compare(one.Id, mark.Cursor) > 0)
            .OrderBy(one => one.Id)
            .Take(PageSize)
            .Select(one => one.Id)
            .ToListAsync(ct);
        return ([.. ids.Select(id => $"parties/{id}")], ids.Count < PageSize ? null : ids[^1]);
    }

    private static async Task<(List<string> Names, string? Next)> OfAllAsync(OwnershipDb db, GapMarkRow mark, CancellationToken ct)
    {
        var ids = await db.Components.Where(one => one.DeleteTime == null && string.Compare(one.Id, mark.Cursor) > 0)
            .OrderBy(one => one.Id)
            .Take(PageSize)
            .Select(one => one.Id)
            .ToListAsync(ct);
        return ([.. ids.Select(id => $"components/{id}")], ids.Count < PageSize ? null : ids[^1]);
    }

    private static bool IsComponent(string subject) => subject.StartsWith("components/", StringComparison.Ordinal);

    /// <summary>Who is to be marked, each once, from the earliest instant on.</summary>
    private sealed class Concerned : Dictionary<(string Subject, MarkKind Kind), Instant>
    {
        public void Add(string subject, MarkKind kind, Instant from) =>
            this[(subject, kind)] = TryGetValue((subject, kind), out var known) ? Instant.Min(known, from) : from;
    }
}
