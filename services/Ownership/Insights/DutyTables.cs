using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Component = Governance.Ownership.Components.Component;

namespace Governance.Ownership.Insights;

/// <summary>Reads who has which duty: by the party's own indexes, then in batches by component, and never the whole catalogue.</summary>
internal static class DutyTables
{
    public const int BatchSize = 500;

    /// <summary>The living components that a party owns or has a duty for at an instant, with everybody's duties there.</summary>
    public static async Task<DutyTable> DutiesAsync(this OwnershipDb db, string party, Instant now, Instant at, CancellationToken ct)
    {
        var names = await db.Responsibilities.Where(one => one.Party == party && one.DeleteTime == null)
            .Where(one => (one.From == null || one.From <= at) && (one.Until == null || one.Until > at))
            .Select(one => one.Component).Distinct().ToListAsync(ct);
        names.AddRange(await db.Components.Where(one => one.Owner == party && one.DeleteTime == null)
            .Select(one => "components/" + one.Id)
            .ToListAsync(ct));
        if (at > now) names.AddRange(await PlannedAsync(db, at, ct));
        var (components, duties) = (new List<WeighedComponent>(), new List<WeighedDuty>());
        foreach (var batch in names.Distinct().Chunk(BatchSize))
        {
            components.AddRange(await FactsAsync(db, batch, now, at, ct));
            duties.AddRange(await db.Responsibilities.Where(one => EF.Parameter(batch).Contains(one.Component) && one.DeleteTime == null)
                .Where(one => (one.From == null || one.From <= at) && (one.Until == null || one.Until > at))
                .Select(one => new WeighedDuty(one.Component, one.Area, one.Party, one.Duty)).ToListAsync(ct));
        }

        var areas = await db.Areas.Select(area => area.Id).OrderBy(id => id).ToListAsync(ct);
        var held = duties.Where(one => one.Party == party).Select(one => one.Component).ToHashSet();
        return new DutyTable(areas, [.. components.Where(one => one.Owner == party || held.Contains(one.Name))], duties);
    }

    /// <summary>Components that will change by then: the change may make the party their owner.</summary>
    private static Task<List<string>> PlannedAsync(OwnershipDb db, Instant at, CancellationToken ct) =>
        db.Revisions.Where(row => row.Mask != null && row.From <= at && row.Resource.StartsWith("components/"))
            .Select(row => row.Resource)
            .Distinct()
            .ToListAsync(ct);

    private static async Task<IEnumerable<WeighedComponent>> FactsAsync(
        OwnershipDb db, string[] names, Instant now, Instant at, CancellationToken ct)
    {
        var ids = names.Select(name => name["components/".Length..]).ToArray();
        var living = db.Components.AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.Id) && one.DeleteTime == null);
        if (at == now)
        {
            return await living.Select(one => new WeighedComponent("components/" + one.Id, one.Tier, one.System, one.Owner))
            .ToListAsync(ct);
        }

        var still = await living.Where(one => !one.HasRevisions)
            .Select(one => new WeighedComponent("components/" + one.Id, one.Tier, one.System, one.Owner))
            .ToListAsync(ct);
        var changing = await living.Where(one => one.HasRevisions).ToListAsync(ct);
        var rows = (await db.Revisions.AsNoTracking()
            .Where(row => EF.Parameter(names).Contains(row.Resource))
            .OrderBy(row => row.From)
            .ToListAsync(ct)).ToLookup(row => row.Resource);
        return still.Concat(changing.Select(one => Then(one, [.. rows[one.Name]], at)));
    }

    private static WeighedComponent Then(Component component, IReadOnlyList<RevisionRow> rows, Instant at)
    {
        var terms = RevisionLog.At(component, rows, at);
        return new WeighedComponent(component.Name, terms.Tier, terms.System, terms.Owner);
    }
}
