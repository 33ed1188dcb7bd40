using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Scopes;
using Governance.MaintenanceWindows.Windows;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>The freezes within a span, and what they take of occurrences.</summary>
internal sealed class FreezeCuts
{
    private readonly IReadOnlyList<(Freeze Freeze, IReadOnlyList<Interval> Times)> _freezes;
    private readonly IReadOnlyDictionary<string, ComponentFacts> _components;
    private readonly ComponentFacts? _only;

    private FreezeCuts(
        IReadOnlyList<(Freeze Freeze, IReadOnlyList<Interval> Times)> freezes,
        IReadOnlyDictionary<string, ComponentFacts> components,
        ComponentFacts? only)
    {
        _freezes = freezes;
        _components = components;
        _only = only;
    }

    /// <param name="db">The database.</param>
    /// <param name="span">The time that is asked about.</param>
    /// <param name="only">Only what concerns this component; null: any.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<FreezeCuts> ReadAsync(WindowsDb db, Interval span, ComponentFacts? only, CancellationToken ct)
    {
        var found = new List<(Freeze, IReadOnlyList<Interval>)>();
        var freezes = db.Freezes.AsNoTracking().Where(freeze => freeze.DeleteTime == null).OrderBy(freeze => freeze.Id).AsAsyncEnumerable();
        await foreach (var freeze in freezes.WithCancellation(ct))
        {
            var times = new FreezeSchedule(freeze.Terms).Overlapping(span.Start, span.End);
            Interval[] held = [.. times.Select(time => new Interval(time.Start, time.End))];
            if (held.Length > 0 && (only is null || ScopeGuard.Covers(freeze.Terms.Scope, only))) found.Add((freeze, held));
        }

        var components = await db.Components.AsNoTracking().ToDictionaryAsync(copy => copy.Name, copy => copy.Facts(), ct);
        return new FreezeCuts(found, components, only);
    }

    public IEnumerable<Proto.FreezeCut> Of(HeldOccurrence held)
    {
        var (start, end) = (held.Occurrence.Start, held.Occurrence.End);
        return from frozen in _freezes
               let share = ShareOf(frozen.Freeze, held.Window)
               where share != Share.None
               from time in frozen.Times
               where time.Start < end && time.End > start
               select new Proto.FreezeCut
               {
                   Freeze = frozen.Freeze.Name,
                   From = Instant.Max(time.Start, start).ToMessage(),
                   Until = Instant.Min(time.End, end).ToMessage(),
                   PartialScope = share == Share.Part,
               };
    }

    private Share ShareOf(Freeze freeze, Window window)
    {
        var inner = window.Terms.Scope;
        if (_only is not null) inner = new() { Components = { _only.Name }, Environments = { inner.Environments } };
        return ScopeOverlap.Of(freeze.Terms.Scope, inner, _components);
    }
}
