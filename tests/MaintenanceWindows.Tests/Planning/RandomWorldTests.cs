using Governance.Common.V1;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using NodaTime;
using Shouldly;
using Xunit;
using static Governance.Windows.V1.CheckChangeResponse.Types;
using Duration = NodaTime.Duration;

namespace Governance.MaintenanceWindows.Tests.Planning;

/// <summary>Random small calendars on a grid of a quarter of an hour, against answers found by trying every instant.</summary>
public class RandomWorldTests
{
    private const int Steps = 4 * 24 * 3;
    private static readonly Instant Origin = World.At("2026-01-13T00:00");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Check_EveryInstant_AgreesWithTryingThemAll(int seed)
    {
        var (world, naive, demand) = Make(seed, components: 1);
        demand = demand with { Reserve = Duration.Zero, Exclusive = false };
        bool[] allowed = [.. Enumerable.Range(0, Steps + 96).Select(step => naive.Allows(demand, Step(step)))];
        for (var step = 0; step < Steps; step++)
        {
            var answer = world.Check(demand, Step(step));
            (answer.Verdict == Verdict.Allowed).ShouldBe(allowed[step], $"seed {seed}, step {step}: {answer.Reasons[0]}");
            var next = Array.IndexOf(allowed, true, step);
            if (!allowed[step]) answer.NextAllowed?.ToDateTime().ShouldBe(Step(next).ToDateTimeUtc(), $"seed {seed}, step {step}");
            if (!allowed[step]) (answer.NextAllowed is null).ShouldBe(next < 0, $"seed {seed}, step {step}");
            if (allowed[step]) EndsThere(naive, demand, Step(step), answer);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Find_AllStarts_AgreeWithTryingThemAll(int seed)
    {
        var (world, naive, demand) = Make(seed, components: 1 + (seed % 2));
        var deadline = Step(Steps) + demand.Work;
        var slots = SlotFinder.Find(world.Calendar, new SlotQuestion(demand, Origin, deadline, Origin) { MaxSlots = 1000 }).Slots;
        for (var step = 0; step <= Steps; step++)
        {
            slots.Any(slot => slot.Start <= Step(step) && Step(step) <= slot.LatestStart)
                .ShouldBe(naive.Books(demand, Step(step)), $"seed {seed}, step {step}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Find_EverySlot_IsAllowedFromItsFirstToItsLastStart(int seed)
    {
        var (world, _, demand) = Make(seed, components: 2);
        var question = new SlotQuestion(demand, Origin, Step(Steps), Origin) { MaxSlots = 1000 };
        foreach (var slot in SlotFinder.Find(world.Calendar, question).Slots)
        {
            foreach (var component in demand.Components)
            {
                foreach (var start in new[] { slot.Start, slot.LatestStart })
                {
                    world.Check(demand with { Components = [component] }, start).Verdict.ShouldBe(Verdict.Allowed, $"seed {seed}");
                }
            }
        }
    }

    /// <summary>Allowed until then, and no longer: the end itself may be the last start or the first that is none.</summary>
    private static void EndsThere(NaiveCalendar naive, ChangeDemand demand, Instant at, CheckChangeResponse answer)
    {
        if (answer.OpenUntil is null) return;
        var until = Instant.FromDateTimeUtc(answer.OpenUntil.ToDateTime());
        if (until > at) naive.Allows(demand, until - Duration.Epsilon).ShouldBeTrue();
        naive.Allows(demand, until + Duration.Epsilon).ShouldBeFalse();
        for (var between = at; between < until; between += Duration.FromMinutes(5)) naive.Allows(demand, between).ShouldBeTrue();
    }

    private static Instant Step(int step) => Origin + Duration.FromMinutes(15 * step);

    private static (World World, NaiveCalendar Naive, ChangeDemand Demand) Make(int seed, int components)
    {
        var random = new Random(seed);
        var naive = new NaiveCalendar();
        var world = new World { Now = Origin }.Component("c0", random.Next(1, 4)).Component("c1", random.Next(1, 4)).Component(
            "c2", 1, "c0");
        for (var tier = 0; tier < 3; tier++)
        {
            naive.Tiers[$"components/c{tier}"] = world.Calendar.Components.Find($"components/c{tier}")!.Tier;
        }
        for (var i = 0; i < 4; i++) AddWindow(random, world, naive, i);
        for (var i = 0; i < 3; i++) AddFreeze(random, world, naive, i);
        for (var i = 0; i < 8; i++) AddBooking(random, world, naive, i);
        var demand = new ChangeDemand
        {
            Components = [.. Enumerable.Range(0, components).Select(i => $"components/c{i}")],
            Environment = "production",
            Kind = ChangeKind.Patch,
            Duration = Duration.FromMinutes(15 * random.Next(0, 9)),
            Reserve = Duration.FromMinutes(15 * random.Next(0, 3)),
            Exclusive = random.Next(4) == 0,
        };
        return (world, naive, demand);
    }

    private static void AddWindow(Random random, World world, NaiveCalendar naive, int i)
    {
        TimeRange[] held = [.. Enumerable.Range(0, 3).Select(day => Held(random, day * 96, 24)).OrderBy(range => range.Start)];
        var window = World.Window($"w{i}", held) with
        {
            Scope = Scope(random),
            Capacity = random.Next(3) == 0 ? null : random.Next(1, 3),
            Cutoff = Duration.FromMinutes(15 * random.Next(0, 5)),
        };
        world.With(window);
        naive.Windows.Add((window, held));
    }

    private static void AddFreeze(Random random, World world, NaiveCalendar naive, int i)
    {
        TimeRange[] held = [Held(random, random.Next(Steps), 20)];
        var freeze = World.Freeze($"f{i}", held) with { Scope = Scope(random) };
        if (random.Next(3) == 0)
        {
            freeze = freeze with
            {
                OverrideRoles = [],
                Overrides = [new($"freezes/f{i}/overrides/o", ["components/c0"], [], KindSet.All, "", held[0].Start
                    + Duration.FromMinutes(15 * random.Next(24)))],
            };
        }
        world.With(freeze);
        naive.Freezes.Add((freeze, held));
    }

    private static void AddBooking(Random random, World world, NaiveCalendar naive, int i)
    {
        var (window, held) = naive.Windows[random.Next(naive.Windows.Count)];
        var occurrence = held[random.Next(held.Length)];
        var start = occurrence.Start + Duration.FromMinutes(15 * random.Next(0, 4));
        var booking = World.Booked($"b{i}", new(
            start, start + Duration.FromMinutes(15 * random.Next(1, 6))), $"c{random.Next(3)}", window.Name[8..], occurrence.Start) with
        {
            Exclusive = random.Next(6) == 0,
        };
        world.With(booking);
        naive.Bookings.Add(booking);
    }

    private static TimeRange Held(Random random, int from, int longest)
    {
        var start = Step(from + random.Next(60));
        return new(start, start + Duration.FromMinutes(15 * random.Next(4, longest)));
    }

    private static ScopeFacts Scope(Random random) => random.Next(3) switch
    {
        0 => ScopeFacts.Everything,
        1 => new ScopeFacts { Components = [$"components/c{random.Next(3)}", "components/c0"] },
        _ => new ScopeFacts { Tiers = [random.Next(1, 4), 1] },
    };
}
