using Governance.Common.V1;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Scopes;
using Governance.MaintenanceWindows.Windows;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Content = Governance.Windows.V1.CalendarFeed.Types.Content;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>Reads what a feed shows.</summary>
internal sealed class FeedSource(WindowsDb db, CalendarFeed feed, FeedSpan span)
{
    public async Task<IReadOnlyList<FeedEvent>> ReadAsync(CancellationToken ct)
    {
        var components = await db.Components.AsNoTracking().ToDictionaryAsync(copy => copy.Name, copy => copy.Facts(), ct);
        var events = new List<FeedEvent>();
        if (feed.Shows(Content.Windows)) await AddWindowsAsync(events, components, ct);
        if (feed.Shows(Content.Freezes)) await AddFreezesAsync(events, components, ct);
        if (feed.Shows(Content.Bookings)) await AddBookingsAsync(events, components, ct);
        if (feed.Shows(Content.ProviderMaintenances)) await AddMaintenanceAsync(events, components, ct);
        return events;
    }

    private async Task AddWindowsAsync(List<FeedEvent> events, IReadOnlyDictionary<string, ComponentFacts> components, CancellationToken ct)
    {
        var windows = db.Windows.AsNoTracking().Where(window => window.DeleteTime == null).OrderBy(window => window.Id).AsAsyncEnumerable();
        await foreach (var window in windows.WithCancellation(ct))
        {
            if (ScopeOverlap.Of(feed.Scope, window.Terms.Scope, components) == Share.None) continue;
            var schedule = new WindowSchedule(window);
            var held = span.Of(schedule.Rule, schedule.Set.Start.Value, schedule.Overlapping);
            events.AddRange(new Series(schedule.Set, schedule.Rule, held, schedule.Last).Events(FeedEntries.Of(window), span.Horizon));
        }
    }

    private async Task AddFreezesAsync(List<FeedEvent> events, IReadOnlyDictionary<string, ComponentFacts> components, CancellationToken ct)
    {
        var freezes = db.Freezes.AsNoTracking().Where(freeze => freeze.DeleteTime == null).OrderBy(freeze => freeze.Id).AsAsyncEnumerable();
        await foreach (var freeze in freezes.WithCancellation(ct))
        {
            if (ScopeOverlap.Of(feed.Scope, freeze.Terms.Scope, components) == Share.None) continue;
            var schedule = new FreezeSchedule(freeze.Terms);
            var held = span.Of(schedule.Rule, schedule.Set.Start.Value, schedule.Overlapping);
            events.AddRange(new Series(schedule.Set, schedule.Rule, held, schedule.Last).Events(FeedEntries.Of(freeze), span.Horizon));
        }
    }

    /// <summary>Vendors' maintenance, also what was cancelled; for those, too, whose components need what is worked on.</summary>
    private async Task AddMaintenanceAsync(
        List<FeedEvent> events, IReadOnlyDictionary<string, ComponentFacts> components, CancellationToken ct)
    {
        var graph = ComponentGraph.From(components.Values);
        var maintenance = db.ProviderMaintenances.AsNoTracking()
            .Where(one => one.DeleteTime == null && one.Terms.Start >= span.Near && one.Terms.Start < span.Horizon)
            .OrderBy(one => one.Terms.Start).ThenBy(one => one.Id)
            .AsAsyncEnumerable();
        await foreach (var one in maintenance.WithCancellation(ct))
        {
            var environments = one.Terms.Environments;
            if (!environments.IsEmpty && feed.Scope.Environments.Count > 0 && !environments.Any(feed.Scope.Environments.Contains)) continue;
            var restricted = graph.WithDependents(one.Terms.Components);
            if (!restricted.Any(name => ScopeGuard.Covers(feed.Scope, components.GetValueOrDefault(name) ?? ComponentFacts.Unknown(name))))
            {
                continue;
            }
            events.Add(new FeedEvent(FeedEntries.Of(one), "", one.Terms.Start, one.Held?.End ?? one.Terms.End));
        }
    }

    /// <summary>The change schedule: what has or had its time, and what was taken back as such.</summary>
    private async Task AddBookingsAsync(
        List<FeedEvent> events, IReadOnlyDictionary<string, ComponentFacts> components, CancellationToken ct)
    {
        var bookings = db.Bookings.AsNoTracking()
            .Where(booking => booking.SortTime >= span.Near && booking.SortTime < span.Horizon)
            .OrderBy(booking => booking.SortTime).ThenBy(booking => booking.Id)
            .AsAsyncEnumerable();
        await foreach (var booking in bookings.WithCancellation(ct))
        {
            if ((booking.ActualStart ?? booking.PlannedStart) is not { } start || (booking.EndTime ?? booking.PlannedEnd) is not { } end)
            {
                continue;
            }
            var covered = new Scope { Components = { booking.Terms.Components }, Environments = { booking.Terms.Environment } };
            if (ScopeOverlap.Of(feed.Scope, covered, components) == Share.None) continue;
            events.Add(new FeedEvent(FeedEntries.Of(booking), "", start, Instant.Max(start, end)));
        }
    }
}
