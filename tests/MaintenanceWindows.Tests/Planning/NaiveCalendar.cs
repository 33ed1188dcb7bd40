using Governance.MaintenanceWindows.Planning;
using NodaTime;

namespace Governance.MaintenanceWindows.Tests.Planning;

/// <summary>The rules once more, written as they read, for one instant at a time. c2 depends on c0.</summary>
internal sealed class NaiveCalendar
{
    public List<(WindowFacts Window, TimeRange[] Held)> Windows { get; } = [];

    public List<(FreezeFacts Freeze, TimeRange[] Held)> Freezes { get; } = [];

    public List<BookedChange> Bookings { get; } = [];

    public Dictionary<string, int> Tiers { get; } = [];

    /// <summary>CheckChange: of one component.</summary>
    public bool Allows(ChangeDemand demand, Instant start)
    {
        var component = demand.Components[0];
        if (Frozen(demand, component, start)) return false;
        return Tiers[component] > 2 || (HasWindow(demand, component, start) && !Busy(demand, component, start));
    }

    /// <summary>FindSlots.</summary>
    public bool Books(ChangeDemand demand, Instant start) => demand.Components.All(component =>
        !Frozen(demand, component, start)
        && !Busy(demand, component, start)
        && (Tiers[component] > 2 || HasWindow(demand, component, start)));

    private bool Frozen(ChangeDemand demand, string component, Instant start)
    {
        var end = start + Length(demand);
        return Freezes.Any(item => Covers(item.Freeze.Scope, component) && item.Held.Any(held =>
        {
            var passes = item.Freeze.Overrides.FirstOrDefault(one => one.Components.Contains(component));
            if (passes is not null && (passes.ExpireTime >= held.End || passes.ExpireTime >= held.Start))
            {
                held = held with { Start = passes.ExpireTime > held.End ? held.End : passes.ExpireTime };
            }
            return held.Start < held.End && held.Overlaps(start, end);
        }));
    }

    private bool Busy(ChangeDemand demand, string component, Instant start) =>
        Bookings.Any(booking => Overlaps(booking, demand, start) && booking.Components.Any(other =>
            other == component || (Related(other, component) && !demand.Components.Contains(other))));

    private bool HasWindow(ChangeDemand demand, string component, Instant start) =>
        Windows.Any(item => Covers(item.Window.Scope, component) && item.Held.Any(held => Open(demand, item.Window, held, start)));

    private bool Open(ChangeDemand demand, WindowFacts window, TimeRange held, Instant start)
    {
        if (!held.Contains(start) || start + Length(demand) > held.End || start > held.End - window.Cutoff) return false;
        var inside = Bookings.Where(booking => booking.Places.Contains(new(window.Name, held.Start))).ToList();
        if (inside.Exists(booking => booking.Exclusive) || (demand.Exclusive && inside.Count > 0)) return false;
        var here = Bookings.Where(booking => booking.Places.Any(place => place.Window == window.Name)).ToList();
        return here.Select(booking => booking.Start).Where(at => at > start && at < start + Length(demand)).Append(start)
            .All(at => here.Count(booking => booking.Start <= at && at < booking.BusyUntil) < (window.Capacity ?? int.MaxValue));
    }

    private static bool Overlaps(BookedChange booking, ChangeDemand demand, Instant start) =>
        booking.Start < start + Length(demand) && start < booking.BusyUntil;

    private static bool Related(string one, string other) => (one, other) is
        ("components/c0", "components/c2") or ("components/c2", "components/c0");

    private bool Covers(ScopeFacts scope, string component) =>
        (scope.Components.IsEmpty || scope.Components.Contains(component))
        && (scope.Tiers.IsEmpty || scope.Tiers.Contains(Tiers[component]));

    private static Duration Length(ChangeDemand demand) =>
        (demand.Duration > Duration.Zero ? demand.Duration : Duration.Epsilon) + demand.Reserve;
}
