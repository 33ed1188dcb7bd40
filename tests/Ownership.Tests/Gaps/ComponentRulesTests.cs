using Governance.Ownership.Insights.Gaps.Rules;
using NodaTime;
using Shouldly;
using Xunit;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Tests.Gaps;

/// <summary>What is missing of a component from when to when, by the dates of what is recorded.</summary>
public sealed class ComponentRulesTests
{
    private const string Patching = "security-patching";
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 0, 0);
    private static readonly ComponentCase Bare = Of(new ComponentState(2, "", false, "", []));

    [Fact]
    public void Evaluate_NobodyAtAll_IsUnownedSinceItIsThere() =>
        Found(Bare).ShouldBe([(Kind.UnownedComponent, "", Start, null), (Kind.UnownedArea, Patching, Start, null)], ignoreOrder: true);

    [Fact]
    public void Evaluate_AccountableEndsAndTheNextBeginsLater_LeavesTheTimeBetween()
    {
        var (until, from) = (Start + Duration.FromDays(10), Start + Duration.FromDays(20));

        var found = Found(Bare with
        {
            Duties = [Accountable("a", null, until), Accountable("b", from, null)],
            Parties = Existing("parties/a", "parties/b"),
        });

        found.ShouldBe([(Kind.UnownedArea, Patching, until, from), (Kind.UnownedComponent, "", until, from)], ignoreOrder: true);
    }

    [Fact]
    public void Evaluate_WhatLiesAhead_IsWhenToLookAgain()
    {
        var until = Now + Duration.FromDays(3);

        ComponentRules.Evaluate(Bare with { Duties = [Accountable("a", null, until)], Parties = Existing("parties/a") }, Now).Next
            .ShouldBe(until);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Evaluate_AreaOfATier_IsRequiredThereAndOfTheUnclassified(int tier, bool required) =>
        Found(Of(new ComponentState(tier, "", false, "", []))).Any(one => one.Kind == Kind.UnownedArea).ShouldBe(required);

    [Fact]
    public void Evaluate_OwnerOrRetirement_LeavesNothingToMiss()
    {
        Found(Of(new ComponentState(1, "parties/a", false, "", [])) with { Parties = Existing("parties/a") }).ShouldBeEmpty();
        Found(Of(new ComponentState(1, "", true, "", []))).ShouldBeEmpty();
    }

    [Fact]
    public void Evaluate_TwoAccountablesForAWhile_IsAGapForThatWhile()
    {
        var (from, until) = (Start + Duration.FromDays(5), Start + Duration.FromDays(9));

        var found = Found(Bare with
        {
            Duties = [Accountable("a", null, null), Accountable("b", from, until)],
            Parties = Existing("parties/a", "parties/b"),
        });

        found.ShouldBe([(Kind.TwoAccountables, Patching, from, until)]);
    }

    [Fact]
    public void Evaluate_OwnerThatIsDeleted_IsMissingFromThenOn()
    {
        var deleted = Start + Duration.FromDays(30);
        var party = new PartyFact("parties/a", new Timeline<PartyState>([(Start, new PartyState(PartyKind.Team, [""], ""))], deleted));

        Found(Of(new ComponentState(
            2, "parties/a", false, "", [])) with
        { Parties = new Dictionary<string, PartyFact> { [party.Name] = party } })
            .ShouldBe([(Kind.OwnerMissing, "", deleted, null)]);
    }

    [Fact]
    public void Evaluate_DependenciesOfTier1_MustBeOfItsTierAndOwned()
    {
        var changed = Start + Duration.FromDays(50);
        var lower = new ComponentCase(
            "components/lower",
            new Timeline<ComponentState>([(Start, new(1, "parties/a", false, "", [])), (changed, new(3, "parties/a", false, "", []))]),
            []);
        var orphan = Of(new ComponentState(1, "", false, "", [])) with { Name = "components/orphan" };
        var tier1 = new ComponentState(1, "parties/a", false, "", ["components/lower", "components/orphan", "components/nowhere"]);
        var facts = Of(tier1) with
        {
            Parties = Existing("parties/a"),
            Dependencies = new Dictionary<string, ComponentCase> { [lower.Name] = lower, [orphan.Name] = orphan },
        };

        Related(facts).ShouldBe(
            [
                (Kind.Tier1DependsOnLower, "components/lower", changed),
                (Kind.Tier1DependsOnOrphan, "components/orphan", Start),
                (Kind.Tier1DependsOnOrphan, "components/nowhere", Start),
            ],
            ignoreOrder: true);
        Related(facts with { States = new Timeline<ComponentState>([(Start, tier1 with { Tier = 2 })]) }).ShouldBeEmpty();
    }

    [Fact]
    public void Evaluate_HoursWithoutCover_CountFrom7DaysBeforeUntilTheyAreOver()
    {
        var hole = new Interval(Now - Duration.FromHours(10), Now - Duration.FromHours(2));
        var facts = Covered(hole);

        var (kind, area, since, until) = Found(facts).ShouldHaveSingleItem();

        (kind, area, since, until).ShouldBe((Kind.HoursWithoutCover, Patching, hole.Start - Duration.FromDays(7), hole.End));
        ComponentRules.Evaluate(facts, Now).Next.ShouldBe(Now + Duration.FromDays(1), "new hours come into view");
        Found(Covered(new Interval(Now + Duration.FromDays(8), Now + Duration.FromDays(9)))).ShouldBeEmpty();
    }

    [Fact]
    public void Evaluate_FirstLevelThatHasNoContact_IsUnreachable()
    {
        var policy = Timeline<PolicyState>.Always(
            new PolicyState([new("parties/desk", "", default), new("", "users/ann", default), new("", "", Duty.Accountable)]));
        var mute = new PartyFact("parties/desk", new Timeline<PartyState>([(Start, new PartyState(PartyKind.Team, [], ""))]));
        var owner = Existing("parties/a").Values.Single();
        var facts = Of(new ComponentState(2, "parties/a", false, "escalationPolicies/p", [])) with
        {
            Policies = new Dictionary<string, Timeline<PolicyState>> { ["escalationPolicies/p"] = policy },
            Parties = new Dictionary<string, PartyFact> { [owner.Name] = owner, [mute.Name] = mute },
        };

        Related(facts).ShouldBe(
            [(Kind.LevelUnreachable, "escalationPolicies/p", Start), (Kind.LevelUnreachable, "users/ann", Start)], ignoreOrder: true);
    }

    [Fact]
    public void Evaluate_TrailThatEndedWhenAsked_IsAGapWhileItWouldEndStill()
    {
        var from = Start + Duration.FromDays(60);
        var facts = Of(new ComponentState(4, "", false, "", [])) with
        {
            Asked = ["upgrades"],
            Duties = [Accountable("a", from, null) with { Area = "upgrades" }],
            Parties = Existing("parties/a"),
        };

        Found(facts).ShouldContain((Kind.TrailEnded, "upgrades", Start, (Instant?)from));
    }

    private static ComponentCase Covered(Interval hole)
    {
        var party = Existing("parties/a").Values.Single() with { OffDuty = new OffDuty(Start, Now - Duration.FromDays(20), [hole]) };
        return Of(new ComponentState(
            2, "parties/a", false, "", [])) with
        { Parties = new Dictionary<string, PartyFact> { [party.Name] = party } };
    }

    private static ComponentCase Of(ComponentState state) =>
        new("components/checkout", new Timeline<ComponentState>([(Start, state)]), []) { Areas = [new AreaFact(Patching, "12", null)] };

    private static HeldDuty Accountable(string party, Instant? from, Instant? until) =>
        new($"responsibilities/{party}", Patching, $"parties/{party}", Duty.Accountable, from, until);

    private static Dictionary<string, PartyFact> Existing(params string[] names) =>
        names.ToDictionary(
            name => name, name => new PartyFact(name, new Timeline<PartyState>([(Start, new PartyState(PartyKind.Team, [""], ""))])));

    private static List<(Kind Kind, string Area, Instant Since, Instant? Until)> Found(ComponentCase facts) =>
        [.. ComponentRules.Evaluate(facts, Now).Conditions.Select(one => (one.Finding.Kind, one.Finding.Area, one.Since, one.Until))];

    private static List<(Kind Kind, string Related, Instant Since)> Related(ComponentCase facts) =>
        [.. ComponentRules.Evaluate(facts, Now).Conditions
            .Where(one => one.Until is null && one.Finding.Related.Length > 0)
            .Select(one => (one.Finding.Kind, one.Finding.Related, one.Since))];
}
