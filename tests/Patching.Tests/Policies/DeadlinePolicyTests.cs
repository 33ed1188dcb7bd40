using Governance.Patching.Advisories;
using Governance.Patching.Deadlines;
using Governance.Patching.Policies;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Policies;

public class DeadlinePolicyTests
{
    private static readonly DateTimeOffset Published = new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero);

    private static readonly RemediationFacts Facts = new()
    {
        Severity = SeverityBand.Critical,
        Environment = "production",
        FirstSeen = Published.AddDays(20),
        Published = Published,
    };

    private static DeadlinePolicy HouseDefault => PolicyFile.LoadPresets().Single(policy => policy.Id == "house-default");

    [Theory]
    [InlineData(nameof(SeverityBand.Critical), 72, "critical")]
    [InlineData(nameof(SeverityBand.High), 14 * 24, "high")]
    [InlineData(nameof(SeverityBand.Medium), 30 * 24, "medium")]
    [InlineData(nameof(SeverityBand.Low), 90 * 24, "low")]
    [InlineData(nameof(SeverityBand.Unknown), 14 * 24, "unrated")]
    public void Decide_HouseDefault_CountsFromTheFixesRelease(string severity, int hours, string rule)
    {
        var released = Published.AddDays(5);
        var decision =
            HouseDefault.Decide(Facts with { Severity = Enum.Parse<SeverityBand>(severity), FixReleased = released }).ShouldNotBeNull();
        decision.Due.ShouldBe(released.AddHours(hours));
        decision.Rule.ShouldBe($"policies/house-default/rules/{rule}");
        (decision.ClockStart, decision.ClockBasis).ShouldBe((released, "FIX_RELEASE"));
    }

    [Fact]
    public void Decide_ReleaseOfTheFixUnknown_UsesThePublicationAndSaysSo()
    {
        var decision = HouseDefault.Decide(Facts).ShouldNotBeNull();
        decision.Due.ShouldBe(Published.AddHours(72));
        decision.ClockBasis.ShouldBe("FIX_RELEASE (unknown; publication used)");
        decision.IsLateAt(Facts.FirstSeen).ShouldBeTrue();
    }

    [Fact]
    public void Decide_NoDateAtAll_UsesTheDetectionAndSaysSo()
    {
        var decision = HouseDefault.Decide(Facts with { Published = null }).ShouldNotBeNull();
        decision.Due.ShouldBe(Facts.FirstSeen.AddHours(72));
        decision.ClockBasis.ShouldBe("FIX_RELEASE (unknown; detection used)");
    }

    [Fact]
    public void Decide_SeveralRulesApply_TheEarliestDueWinsAndIsNamed()
    {
        var policy = Policy(
            Rule("slow", 30, DeadlineUnit.CalendarDays, ClockStart.Publication),
            Rule("kev", 3, DeadlineUnit.CalendarDays, ClockStart.KevListing) with { When = new RuleConditions { Kev = true } },
            Rule("detected", 1, DeadlineUnit.Hours, ClockStart.Detection));
        policy.Decide(Facts)!.Rule.ShouldEndWith("/detected");
        var listed = policy.Decide(Facts with { Kev = true, KevListed = new DateOnly(2026, 3, 10) })!;
        (listed.Rule, listed.Due, listed.ClockBasis).ShouldBe(
            ("policies/test/rules/kev", new DateTimeOffset(2026, 3, 13, 0, 0, 0, TimeSpan.Zero), "KEV_LISTING"));
    }

    [Fact]
    public void Decide_RulesDueTogether_TheFirstIsNamed() =>
        Policy(
            Rule("one", 24, DeadlineUnit.Hours, ClockStart.Publication), Rule("two", 1, DeadlineUnit.CalendarDays, ClockStart.Publication))
            .Decide(Facts)!.Rule.ShouldEndWith("/one");

    [Fact]
    public void Decide_Floor_KeepsAFirstImportFromBeingOverdue()
    {
        var rule = Rule("floored", 72, DeadlineUnit.Hours, ClockStart.Publication);
        var decision = Policy(rule with { Deadline = rule.Deadline with { FloorAfterFirstSeen = TimeSpan.FromHours(48) } }).Decide(Facts)!;
        decision.Due.ShouldBe(Facts.FirstSeen.AddHours(48));
        decision.IsFloored.ShouldBeTrue();
    }

    [Fact]
    public void Decide_NoRuleApplies_HasNoDeadline() =>
        Policy(Rule("never", 1, DeadlineUnit.Hours, ClockStart.Publication) with { When = new RuleConditions { Kev = true } })
            .Decide(Facts)
            .ShouldBeNull();

    [Fact]
    public void Hold_EveryCondition_NarrowsTheRule()
    {
        var known = Facts with
        {
            Kev = true,
            Epss = 0.5m,
            InternetExposed = true,
            Tier = 1,
            Automatable = true,
            TechnicalImpact = TechnicalImpact.Total,
        };
        RuleConditions[] holding =
        [
            RuleConditions.Always, new()
            {
                Severities = [SeverityBand.High, SeverityBand.Critical],
            }, new() { Kev = true }, new() { EpssAtLeast = 0.5m },
            new() { InternetExposed = true }, new()
            {
                Tiers = [1, 2],
            }, new() { Environments = ["PRODUCTION"] }, new() { Automatable = true }, new() { TechnicalImpact = TechnicalImpact.Total },
        ];
        RuleConditions[] failing =
        [
            new() { Severities = [SeverityBand.Low] }, new()
            {
                Kev = false,
            }, new() { EpssAtLeast = 0.51m }, new() { InternetExposed = false },
            new() { Tiers = [2] }, new()
            {
                Environments = ["staging"],
            }, new() { Automatable = false }, new() { TechnicalImpact = TechnicalImpact.Partial },
        ];
        holding.ShouldAllBe(conditions => conditions.Hold(known));
        failing.ShouldAllBe(conditions => !conditions.Hold(known));
    }

    [Fact]
    public void Hold_UnknownFacts_AssumeTheWorstButNeverAnExploitation()
    {
        new RuleConditions { InternetExposed = true, Automatable = true, TechnicalImpact = TechnicalImpact.Total, Tiers = [1] }
            .Hold(Facts)
            .ShouldBeTrue();
        new RuleConditions { EpssAtLeast = 0.1m }.Hold(Facts).ShouldBeFalse();
        new RuleConditions { Kev = true }.Hold(Facts).ShouldBeFalse();
    }

    [Fact]
    public void Decide_MoreRules_NeverMakeItDueLater()
    {
        var random = new Random(9);
        for (var i = 0; i < 500; i++)
        {
            var rules = Enumerable.Range(0, 6)
                .Select(n => Rule($"r{n}", random.Next(1, 200), (DeadlineUnit)random.Next(2), (ClockStart)random.Next(4)))
                .ToArray();
            for (var n = 1; n < rules.Length; n++)
            {
                (Policy(rules[..(n + 1)]).Decide(Facts)!.Due <= Policy(rules[..n]).Decide(Facts)!.Due).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Decide_NextUpgrade_HasNoInstantAndGivesWayToEveryOther()
    {
        var upgrade = Rule("upgrade", 0, DeadlineUnit.NextUpgrade, ClockStart.Detection);
        var only = Policy(upgrade).Decide(Facts).ShouldNotBeNull();
        (only.Due, only.Rule).ShouldBe((null, "policies/test/rules/upgrade"));
        only.IsLateAt(Facts.FirstSeen).ShouldBeFalse();
        var slow = Rule("slow", 3660, DeadlineUnit.CalendarDays, ClockStart.Detection);
        Policy(upgrade, slow).Decide(Facts)!.Rule.ShouldEndWith("/slow");
        Policy(slow, upgrade).Decide(Facts)!.Rule.ShouldEndWith("/slow");
    }

    [Theory]
    [InlineData("2026-01-31T10:00:00Z", 1, "2026-02-28T10:00:00Z")]
    [InlineData("2028-01-31T10:00:00Z", 1, "2028-02-29T10:00:00Z")]
    [InlineData("2026-03-31T23:30:00-05:00", 1, "2026-05-01T04:30:00Z")]
    [InlineData("2026-12-15T00:00:00Z", 3, "2027-03-15T00:00:00Z")]
    public void Decide_CalendarMonths_KeepTheDayOfTheMonthInUtc(string published, int months, string due)
    {
        var facts = Facts with { Published = DateTimeOffset.Parse(published, System.Globalization.CultureInfo.InvariantCulture) };
        Policy(Rule("months", months, DeadlineUnit.CalendarMonths, ClockStart.Publication)).Decide(facts)!.Due
            .ShouldBe(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(nameof(DeadlineUnit.Hours))]
    [InlineData(nameof(DeadlineUnit.CalendarDays))]
    [InlineData(nameof(DeadlineUnit.CalendarMonths))]
    public void Decide_PublishedAtTheEndOfTime_IsDueAtTheLastInstantThatWeKnow(string unit)
    {
        var rule = Rule("late", 100, Enum.Parse<DeadlineUnit>(unit), ClockStart.Publication);
        Policy(rule).Decide(Facts with { Published = DateTimeOffset.MaxValue })!.Due!.Value.Year.ShouldBe(9998);
    }

    [Fact]
    public void Decide_ForensicTriage_IsAskedForByAnyRuleThatApplies()
    {
        var triage = Rule("triage", 14, DeadlineUnit.CalendarDays, ClockStart.Publication) with { ForensicTriage = true };
        var decision = Policy(Rule("fast", 1, DeadlineUnit.CalendarDays, ClockStart.Publication), triage).Decide(Facts)!;
        (decision.Rule, decision.ForensicTriage).ShouldBe(("policies/test/rules/fast", true));
    }

    private static DeadlinePolicy Policy(params PolicyRule[] rules) => new("test", "Test", "test", rules);

    private static PolicyRule Rule(string id, int amount, DeadlineUnit unit, ClockStart from) =>
        new(id, RuleConditions.Always, new RuleDeadline(amount, unit, from, TimeSpan.Zero));
}
