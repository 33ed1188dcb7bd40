using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.Ownership.V1;
using Governance.Testing;
using NodaTime;
using Shouldly;
using Xunit;
using Duration = NodaTime.Duration;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using Severity = Governance.Ownership.V1.OwnershipGap.Types.Severity;
using State = Governance.Ownership.V1.OwnershipGap.Types.State;

namespace Governance.Ownership.Tests.Gaps;

/// <summary>Gaps of components open and close by the dates of what is recorded, whoever looked when.</summary>
public sealed class ComponentGapTests : IAsyncLifetime
{
    private const string Patching = "security-patching";
    private const string Incidents = "incident-response";
    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await OwnershipEstate.StartAsync();
        await _estate.PartyAsync("team-a", more: Reachable);
        await _estate.PartyAsync("team-b", more: Reachable);
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Accountable_WhoseTimeEnds_OpensAGapThenThatItsSuccessorCloses()
    {
        var until = _estate.Now + Duration.FromDays(10);
        await _estate.ComponentAsync("checkout");
        await _estate.AssignAsync("checkout", Incidents, "team-a", Duty.Accountable);
        await _estate.AssignAsync("checkout", Patching, "team-a", Duty.Accountable, until: until);
        await _estate.SettledAsync();
        (await _estate.GapsAsync(Kind.UnownedArea, state: State.Open)).ShouldBeEmpty();

        await _estate.LaterAsync(Duration.FromDays(12));
        var open = await OnlyAsync(Kind.UnownedArea, State.Open);
        await _estate.AssignAsync("checkout", Patching, "team-b", Duty.Accountable, until + Duration.FromDays(1));
        var closed = await OnlyAsync(Kind.UnownedArea, State.Closed);

        (open.OpenTime, open.Area, open.Severity, open.NotedTime).ShouldBe(
            (until.ToStamp(), $"areas/{Patching}", Severity.High, _estate.Now.ToStamp()));
        (closed.Name, closed.OpenTime, closed.CloseTime).ShouldBe((open.Name, until.ToStamp(), (until + Duration.FromDays(1)).ToStamp()));
        await Eventually.HoldsAsync(() => _estate.Published(open).Length == 2, "both events are published");
        _estate.Published(open)
            .Select(one => (one.Meta.Change, one.OwnershipGap.State))
            .ShouldBe([("CREATED", State.Open), ("CLOSED", State.Closed)]);
        (await OpenAtAsync(until)).ShouldContain(open.Name);
        (await OpenAtAsync(until - Duration.FromTicks(1))).ShouldNotContain(open.Name);
        (await OpenAtAsync(until + Duration.FromDays(1))).ShouldNotContain(open.Name);
    }

    [Fact]
    public async Task Restart_AfterSleepingThroughAGap_RecordsBothDatesAndPublishesBoth()
    {
        var (until, from) = (_estate.Now + Duration.FromDays(10), _estate.Now + Duration.FromDays(20));
        await _estate.ComponentAsync("checkout");
        await _estate.AssignAsync("checkout", Incidents, "team-a", Duty.Accountable);
        await _estate.AssignAsync("checkout", Patching, "team-a", Duty.Accountable, until: until);
        await _estate.AssignAsync("checkout", Patching, "team-b", Duty.Accountable, from, from + Duration.FromDays(5));
        await _estate.SettledAsync();

        await _estate.Estate.StopAsync(ServiceCatalog.Ownership);
        _estate.Estate.Clock.Advance(TimeSpan.FromDays(30));
        await _estate.Estate.StartAsync(OwnershipDefinition.Value);

        var both = await Eventually.GetAsync(
            async () => await RealAsync(Kind.UnownedArea) is { Count: 2 } found ? found : null, "what was slept through");
        var (slept, open) = (both.Single(gap => gap.State == State.Closed), both.Single(gap => gap.State == State.Open));
        (slept.OpenTime, slept.CloseTime).ShouldBe((until.ToStamp(), from.ToStamp()));
        (open.OpenTime, open.Occurrence).ShouldBe(((from + Duration.FromDays(5)).ToStamp(), slept.Occurrence + 1));
        await Eventually.HoldsAsync(() => _estate.Published(slept).Length == 2, "it is published as opened and as closed");
    }

    [Fact]
    public async Task Owner_ThatIsPlannedAway_LeavesItsComponentUnownedFromThatDay()
    {
        await _estate.ComponentAsync("checkout", "parties/team-a");
        var (then, again) = (_estate.Now + Duration.FromDays(10), _estate.Now + Duration.FromDays(15));
        await OwnAsync("", then);
        await OwnAsync("parties/team-b", again);

        await _estate.LaterAsync(Duration.FromDays(20));

        var gap = await OnlyAsync(Kind.UnownedComponent, State.Closed);
        (gap.OpenTime, gap.CloseTime).ShouldBe((then.ToStamp(), again.ToStamp()));
    }

    [Fact]
    public async Task Party_ThatIsDeleted_LeavesAGapOnAllThatItOwned()
    {
        foreach (var id in new[] { "checkout", "search" }) await _estate.ComponentAsync(id, "parties/team-a");
        var then = await _estate.LaterAsync(Duration.FromDays(3));

        await _estate.Admin.Parties.DeletePartyAsync(new DeletePartyRequest { Name = "parties/team-a", Reason = "Dissolved." });

        var gaps = await Eventually.GetAsync(
            async () => await _estate.GapsAsync(Kind.OwnerMissing) is { Count: 2 } found ? found : null, "one for each component");
        gaps.ShouldAllBe(gap => gap.OpenTime.Equals(then.ToStamp()) && gap.Party == "parties/team-a");
        var later = await _estate.LaterAsync(Duration.FromHours(2));
        await OwnAsync("parties/team-b", null);
        var closed = await OnlyAsync(Kind.OwnerMissing, State.Closed);
        (closed.Component, closed.CloseTime).ShouldBe(("components/checkout", later.ToStamp()));
    }

    [Fact]
    public async Task Dependency_WhoseTierFalls_OpensAGapOfTheTier1ComponentThatNeedsIt()
    {
        await _estate.ComponentAsync("payments", "parties/team-a", tier: 1);
        await _estate.ComponentAsync(
            "checkout", "parties/team-a", tier: 1, more: component => component.DependsOn.Add(["components/payments", "components/tax"]));
        (await OnlyAsync(Kind.Tier1DependsOnOrphan, State.Open)).Related.ShouldBe("components/tax");
        var then = await _estate.LaterAsync(Duration.FromDays(3));

        await UpdateAsync("payments", component => component.Tier = 3, null, "tier");
        await _estate.ComponentAsync("tax", "parties/team-b", tier: 1);

        var lower = await OnlyAsync(Kind.Tier1DependsOnLower, State.Open);
        (lower.Component, lower.Related, lower.OpenTime, lower.Severity).ShouldBe(
            ("components/checkout", "components/payments", then.ToStamp(), Severity.Critical));
        (await OnlyAsync(Kind.Tier1DependsOnOrphan, State.Closed)).CloseTime.ShouldBe(then.ToStamp());
    }

    [Fact]
    public async Task Area_ThatBecomesRequired_OpensGapsFromThenOn()
    {
        await _estate.ComponentAsync("checkout", tier: 3);
        var then = await _estate.LaterAsync(Duration.FromDays(3));

        await RequireAsync("upgrades", 3);
        (await OnlyAsync(Kind.UnownedArea, State.Open)).OpenTime.ShouldBe(then.ToStamp());
        var later = await _estate.LaterAsync(Duration.FromDays(3));
        await RequireAsync("upgrades");

        (await OnlyAsync(Kind.UnownedArea, State.Closed)).CloseTime.ShouldBe(later.ToStamp());
    }

    [Fact]
    public async Task Hours_WithoutCover_OpenWhenTheyComeIntoViewAndCloseWhenSomebodyIsThere()
    {
        await _estate.ComponentAsync("checkout", "parties/team-a");
        await RequireAsync(Incidents);
        await _estate.SettledAsync();
        (await _estate.GapsAsync(Kind.HoursWithoutCover)).ShouldBeEmpty();
        var then = await _estate.LaterAsync(Duration.FromDays(2));

        await SupportAsync("team-a", new SupportHours
        {
            TimeZone = "UTC",
            Weekly = { new WeeklyHours { Day = Weekday.Monday, Opens = "09:00", Closes = "17:00" } },
        });
        var open = await OnlyAsync(Kind.HoursWithoutCover, State.Open);
        var later = await _estate.LaterAsync(Duration.FromDays(2));
        await SupportAsync("team-a", new SupportHours { Always = true });
        var closed = await OnlyAsync(Kind.HoursWithoutCover, State.Closed);

        (open.Area, open.OpenTime).ShouldBe(($"areas/{Patching}", then.ToStamp()));
        closed.CloseTime.ShouldBe(later.ToStamp());
    }

    [Fact]
    public async Task ResolveOwner_WhoseTrailEnds_RecordsItUntilSomebodyAnswers()
    {
        await _estate.ComponentAsync("reports", tier: 4);
        await _estate.SettledAsync();

        for (var asked = 0; asked < 3; asked++)
        {
            await _estate.Admin.Owners.ResolveOwnerAsync(
                new ResolveOwnerRequest { Name = "components/reports", Area = "upgrades", At = _estate.Now.ToStamp() });
        }
        (await OnlyAsync(Kind.TrailEnded, State.Open)).Area.ShouldBe("areas/upgrades");
        var later = await _estate.LaterAsync(Duration.FromHours(2));
        await OwnAsync("parties/team-a", null, "reports");

        (await OnlyAsync(Kind.TrailEnded, State.Closed)).CloseTime.ShouldBe(later.ToStamp());
    }

    [Fact]
    public async Task Change_OfOneComponentAmongMany_LooksAtThoseThatItConcernsAlone()
    {
        for (var i = 0; i < 40; i++) await _estate.ComponentAsync($"service-{i}", "parties/team-a");
        await _estate.ComponentAsync("checkout", "parties/team-a");
        await _estate.SettledAsync();
        var before = _estate.Checks();

        await OwnAsync("", null);
        await OnlyAsync(Kind.UnownedComponent, State.Open);
        await _estate.SettledAsync();

        (_estate.Checks() - before).ShouldBeInRange(1, 4, "the component, and the party that owned it");
    }

    [Fact]
    public async Task ListOwnershipGaps_OfARoleOnOneComponent_ShowsItsGapsAlone()
    {
        await _estate.ComponentAsync("checkout");
        await _estate.ComponentAsync("search");
        await _estate.SettledAsync();
        var engineer = _estate.As(Callers.Person("eve", "viewer@components/checkout"));

        var seen = (await engineer.OwnershipGaps.ListOwnershipGapsAsync(new ListOwnershipGapsRequest())).OwnershipGaps;
        var hidden = (await _estate.GapsAsync(Kind.UnownedComponent, "search")).Single();

        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(gap => gap.Component == "components/checkout");
        (await engineer.OwnershipGaps.GetOwnershipGapAsync(new GetOwnershipGapRequest { Name = seen[0].Name })).ShouldBe(seen[0]);
        (await Refusal.OfAsync(engineer.OwnershipGaps.GetOwnershipGapAsync(new GetOwnershipGapRequest { Name = hidden.Name }))).Code
            .ShouldBe(Grpc.Core.StatusCode.NotFound);
    }

    private static void Reachable(Party party)
    {
        party.Contacts.Add(new Contact { Email = "desk@example.com" });
        party.SupportHours = new SupportHours { Always = true };
    }

    /// <summary>Gaps of a moment, from while the test entered one thing after another, do not count.</summary>
    private async Task<List<OwnershipGap>> RealAsync(Kind kind) =>
        [.. (await _estate.GapsAsync(kind)).Where(gap => gap.CloseTime is null || gap.CloseTime.Seconds > gap.OpenTime.Seconds)];

    private Task<OwnershipGap> OnlyAsync(Kind kind, State state) => Eventually.GetAsync(
        async () => await RealAsync(kind) is var all && all.Where(gap => gap.State == state).ToList() is [var gap] ? gap : null,
        $"one {kind}, {state}");

    private async Task<IEnumerable<string>> OpenAtAsync(Instant at) =>
        (await _estate.Admin.OwnershipGaps.ListOwnershipGapsAsync(new ListOwnershipGapsRequest { OpenAt = at.ToStamp() })).OwnershipGaps
            .Select(gap => gap.Name);

    private Task OwnAsync(string owner, Instant? from, string id = "checkout") =>
        UpdateAsync(id, component => component.Owner = owner, from, "owner");

    private async Task UpdateAsync(string id, Action<Component> change, Instant? from, params string[] mask)
    {
        var component = new Component { Name = $"components/{id}" };
        change(component);
        await _estate.Admin.Components.UpdateComponentAsync(new UpdateComponentRequest
        {
            Component = component,
            UpdateMask = new FieldMask { Paths = { mask } },
            EffectiveTime = from?.ToStamp(),
        });
    }

    private async Task RequireAsync(string area, params int[] tiers) => await _estate.Admin.Areas.UpdateAreaAsync(new UpdateAreaRequest
    {
        Area = new Area { Name = $"areas/{area}", RequiredTiers = { tiers } },
        UpdateMask = new FieldMask { Paths = { "required_tiers" } },
    });

    private async Task SupportAsync(string party, SupportHours hours) => await _estate.Admin.Parties.UpdatePartyAsync(new UpdatePartyRequest
    {
        Party = new Party { Name = $"parties/{party}", SupportHours = hours },
        UpdateMask = new FieldMask { Paths = { "support_hours" } },
    });
}
