using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Reads when parties have duties, and when vendors have one that no team of ours watches.</summary>
internal sealed class DutyReader(OwnershipDb db)
{
    private const int PageSize = 500;
    private const string VendorManagement = "vendor-management";

    /// <summary>By party: the distinct spans of its duties, and one for what it owns.</summary>
    public async Task<ILookup<string, Span>> DutiesAsync(IReadOnlyList<string> parties, CancellationToken ct)
    {
        var assigned = await Timelines.ReadAsync(
            parties,
            some => db.Responsibilities
                .Where(one =>
                    some.Contains(one.Party) && one.DeleteTime == null && (one.Duty == Duty.Accountable || one.Duty == Duty.Responsible))
                .GroupBy(one => new { one.Party, one.From, one.Until })
                .Select(same => new { same.Key.Party, same.Key.From, same.Key.Until, Created = same.Min(one => one.CreateTime) }),
            ct);
        var owned = new List<(string Party, Span Span)>();
        foreach (var party in parties)
        {
            var first = await db.Components.Where(one => one.Owner == party && one.DeleteTime == null)
                .Select(one => (Instant?)one.EffectiveFrom)
                .FirstOrDefaultAsync(ct);
            if (first is not null) owned.Add((party, new Span(first, null)));
        }

        return assigned.Select(one => (one.Party, Span: new Span(one.From ?? one.Created, one.Until)))
            .Concat(owned)
            .ToLookup(one => one.Party, one => one.Span);
    }

    /// <summary>When the vendor has a duty for which no team is accountable. Reads on only until it finds one that is so now.</summary>
    public async Task<List<Span>> UnwatchedAsync(string vendor, Instant now, CancellationToken ct)
    {
        var found = new HashSet<Span>();
        for (string? after = ""; after is not null;)
        {
            var cursor = after;
            var page = await db.Responsibilities
                .Where(one => one.Party == vendor
                    && one.DeleteTime == null
                    && (one.Duty == Duty.Accountable || one.Duty == Duty.Responsible)
                    && string.Compare(one.Id, cursor) > 0)
                .OrderBy(one => one.Id)
                .Take(PageSize)
                .Select(one => new Held(one.Id, one.Component, one.Area, one.From ?? one.CreateTime, one.Until))
                .ToListAsync(ct);
            found.UnionWith(await UnwatchedAsync(page, ct));
            after = page.Count < PageSize || found.Any(span => span.Contains(now)) ? null : page[^1].Id;
        }

        for (string? after = found.Any(span => span.Contains(now)) ? null : ""; after is not null;)
        {
            var cursor = after;
            var page = await db.Components.Where(one => one.Owner == vendor && one.DeleteTime == null && string.Compare(one.Id, cursor) > 0)
                .OrderBy(one => one.Id)
                .Take(PageSize)
                .Select(one => new Held(one.Id, "components/" + one.Id, VendorManagement, one.EffectiveFrom, null))
                .ToListAsync(ct);
            found.UnionWith(await UnwatchedAsync(page, ct));
            after = page.Count < PageSize || found.Any(span => span.Contains(now)) ? null : page[^1].Id;
        }

        return [.. found];
    }

    private async Task<IEnumerable<Span>> UnwatchedAsync(List<Held> page, CancellationToken ct)
    {
        var (names, ids) = (page.Select(one => one.Component)
            .Distinct()
            .ToArray(), page.Select(one => Timelines.IdOf(one.Component)).Distinct().ToArray());
        var teams = db.Parties.Where(party => party.Kind == PartyKind.Team && party.DeleteTime == null);
        var ours = await db.Responsibilities.Where(one => names.Contains(one.Component)
            && one.DeleteTime == null
            && one.Duty == Duty.Accountable
            && teams.Any(team => team.Id == one.Party.Substring(8)))
            .Select(one => new { one.Component, one.Area, one.From, one.Until }).ToListAsync(ct);
        var living = (await db.Components.Where(one => ids.Contains(one.Id) && one.DeleteTime == null)
            .Select(one => new { one.Id, IsOurs = teams.Any(team => team.Id == one.Owner.Substring(8)) }).ToListAsync(ct)).ToDictionary(
                one => $"components/{one.Id}", one => one.IsOurs);
        var watch = ours.ToLookup(one => one.Component);
        return page.Where(held => living.TryGetValue(held.Component, out var isOurs) && !isOurs)
            .SelectMany(held => Spans.Without(new Span(held.From, held.Until), watch[held.Component]
                .Where(one => one.Area == held.Area || one.Area == VendorManagement)
                .Select(one => new Span(one.From, one.Until))));
    }

    private sealed record Held(string Id, string Component, string Area, Instant From, Instant? Until);
}
