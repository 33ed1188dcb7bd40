using System.Collections.Immutable;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using NodaTime;
using NodaTime.Text;
using Duration = NodaTime.Duration;

namespace Governance.MaintenanceWindows.Tests.Planning;

/// <summary>Builds small calendars in few words. Tests tell times in Vienna: 2026-01-13 is a Tuesday, UTC+1.</summary>
internal sealed class World
{
    public static DateTimeZone Vienna { get; } = DateTimeZoneProviders.Tzdb["Europe/Vienna"];

    public CalendarSnapshot Calendar { get; private set; } = CalendarSnapshot.Empty with
    {
        Policies = ScopeIndex<PolicyFacts>.From(
        [
            new PolicyFacts(
                "changePolicies/default", new ScopeFacts { Tiers = [1, 2], Environments = ["production"] }, KindSet.All, true, 0),
        ]),
    };

    public Instant Now { get; set; } = At("2026-01-12T09:00");

    public static Instant At(string local) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm").Parse(local).Value.InZoneStrictly(Vienna).ToInstant();

    public static TimeRange Range(string from, string until) => new(At(from), At(until));

    public static Duration Hours(double hours) => Duration.FromHours(hours);

    public static WindowFacts Window(string name, params TimeRange[] held) =>
        new($"windows/{name}", Vienna, ScopeFacts.Everything, KindSet.All, OccurrenceCache.Fixed([.. held.OrderBy(one => one.Start)]));

    public static FreezeFacts Freeze(string name, params TimeRange[] held) =>
        new($"freezes/{name}", "peak trading", Vienna, ScopeFacts.Everything, OccurrenceCache.Fixed(held));

    public static MaintenanceFacts Maintenance(
        string name, TimeRange held, string component = "psp", bool denies = true, params string[] environments) =>
        new($"providerMaintenances/{name}", "Card network", "parties/psp", [$"components/{component}"], [.. environments], held, denies);

    public static BookedChange Booked(
        string name, TimeRange when, string component = "shop", string? window = null, Instant? occurrence = null) => new()
        {
            Name = $"bookings/{name}",
            Components = [$"components/{component}"],
            Environment = "production",
            Start = when.Start,
            BusyUntil = when.End,
            Places = window is null ? [] : [new($"windows/{window}", occurrence ?? when.Start)],
        };

    public static ChangeDemand Demand(double hours = 1, params string[] components) => new()
    {
        Components = [.. (components.Length == 0 ? ["shop"] : components).Select(name => $"components/{name}")],
        Environment = "production",
        Kind = ChangeKind.Patch,
        Duration = Hours(hours),
    };

    public World With(WindowFacts window) => Change(c => c with { Windows = c.Windows.Set(window) });

    public World With(FreezeFacts freeze) => Change(c => c with { Freezes = c.Freezes.Set(freeze) });

    public World With(MaintenanceFacts maintenance) => Change(c => c with { Maintenance = c.Maintenance.Set(maintenance) });

    public World With(PolicyFacts policy) => Change(c => c with { Policies = c.Policies.Set(policy) });

    public World With(BookedChange booking) => Change(c => c with { Bookings = c.Bookings.Set(booking) });

    public World Parallel(string party, int changes) =>
        Change(c => c with { ParallelChanges = c.ParallelChanges.SetItem($"parties/{party}", changes) });

    public World Component(string name, int tier = 1, params string[] dependsOn) =>
        Change(c => c with
        {
            Components = c.Components.Set(new($"components/{name}", tier, "", ImmutableDictionary<string, string>.Empty,
                ["production", "staging"], [.. dependsOn.Select(one => $"components/{one}")])),
        });

    public CheckChangeResponse Check(ChangeDemand demand, string at) => Check(demand, At(at));

    public CheckChangeResponse Check(ChangeDemand demand, Instant at) => Verdicts.Check(Calendar, new(demand, at, Now));

    public SlotAnswer Find(ChangeDemand demand, string from, string deadline, int most = 10) =>
        SlotFinder.Find(Calendar, new SlotQuestion(demand, At(from), At(deadline), Now) { MaxSlots = most });

    private World Change(Func<CalendarSnapshot, CalendarSnapshot> change)
    {
        Calendar = change(Calendar);
        return this;
    }
}
