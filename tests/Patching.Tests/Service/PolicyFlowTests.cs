using Governance.BuildingBlocks.Hosting;
using Governance.Ownership.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using Holiday = Governance.Patching.V1.Holiday;
using Setting = Governance.Patching.V1.Policy.Types.Recalculation;
using Unit = Governance.Patching.V1.PolicyRule.Types.Unit;

namespace Governance.Patching.Tests.Service;

public class PolicyFlowTests
{
    private const string Affected = "pkg:composer/acme/shop-core@1.4.0";
    private static readonly DateTimeOffset Published = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(nameof(Setting.Recalculate), 10, 20, 20, 40, 40)]
    [InlineData(nameof(Setting.Keep), 40, 40, 40, 40, 40)]
    [InlineData(nameof(Setting.Earliest), 10, 10, 10, 10, 10)]
    [InlineData(nameof(Setting.EarliestIfRaised), 10, 10, 10, 10, 10)]
    public async Task Facts_Changing_MoveTheDueDateAsThePolicySays(string setting, int listed, int retracted, int raised, int internalOnly, int lessCritical)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(Enum.Parse<Setting>(setting), Rule("kev", 10, rule => rule.Kev = true), Rule("critical", 20, rule => rule.Severities.Add(Common.V1.Severity.Critical)), Rule("exposed", 30, Exposed), Rule("any", 40)));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2, exposure: Component.Types.Exposure.Internal);
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", severity: "HIGH"));
        (await DaysAsync(patching)).ShouldBe(40);

        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", "CVE-2026-0001"));
        (await DaysAsync(patching)).ShouldBe(listed);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", modified: "2026-03-02T00:00:00Z"));
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.03", "2026-03-03T00:00:00Z", "CVE-2026-0009"));
        (await DaysAsync(patching)).ShouldBe(retracted);
        await patching.KnowAsync(PatchingEstate.Shop, tier: 1);
        (await DaysAsync(patching)).ShouldBe(raised);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", modified: "2026-03-03T00:00:00Z", severity: "LOW"));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 4, exposure: Component.Types.Exposure.Internal);
        (await DaysAsync(patching)).ShouldBe(internalOnly);
        var last = await patching.OnlyAsync();
        (last.Tier, last.InternetExposed, last.Kev, last.Severity).ShouldBe((4, false, false, Common.V1.Severity.Low));
        last.DueHistory.Zip(last.DueHistory.Skip(1)).ShouldAllBe(pair => pair.First.To.Equals(pair.Second.From));
        (await DaysAsync(patching)).ShouldBe(lessCritical);
    }

    [Fact]
    public async Task Exposure_Gained_IsNamedInTheHistory()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(Setting.EarliestIfRaised, Rule("exposed", 10, Exposed), Rule("any", 40)));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2, exposure: Component.Types.Exposure.Internal);
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2);
        var raised = await patching.OnlyAsync();
        raised.DueHistory[^1].Reason.ShouldContain("The internet reaches the component now.");
        raised.Rule.ShouldBe("policies/test/rules/exposed");
    }

    [Theory]
    [InlineData(nameof(Setting.Recalculate), 60)]
    [InlineData(nameof(Setting.Keep), 40)]
    [InlineData(nameof(Setting.Earliest), 40)]
    [InlineData(nameof(Setting.EarliestIfRaised), 40)]
    public async Task Activate_ALooserPolicyThenAStricter_MovesAsItsSettingSaysAndAMissStaysAMiss(string setting, int looser)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(Setting.Recalculate, Rule("any", 40)));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        await InForceAsync(patching, Policy(Enum.Parse<Setting>(setting), Rule("loose", 60)), "loose");
        await SettledAsync(patching, "loose");
        (await DaysAsync(patching)).ShouldBe(looser);

        await patching.Admin.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/house-default" });
        await SettledAsync(patching, "house-default");
        (await DaysAsync(patching)).ShouldBe(3);
        (await patching.OnlyAsync()).DueHistory[^1].Reason.ShouldContain("policies/house-default is in force now.");
        patching.Estate.Clock.Set(Published.AddDays(3).AddSeconds(1));
        await Eventually.HoldsAsync(async () => (await patching.OnlyAsync()).DeadlineOutcome == Remediation.Types.DeadlineOutcome.Missed, "the deadline is missed");
        await patching.Admin.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/test" });
        await SettledAsync(patching, "test");
        var later = await patching.OnlyAsync();
        (await DaysAsync(patching)).ShouldBe(40);
        later.DeadlineOutcome.ShouldBe(Remediation.Types.DeadlineOutcome.Missed);
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.0.0");
        (await patching.OnlyAsync()).DeadlineOutcome.ShouldBe(Remediation.Types.DeadlineOutcome.Missed);
    }

    [Theory]
    [InlineData(nameof(Setting.Recalculate), 1)]
    [InlineData(nameof(Setting.EarliestIfRaised), 2)]
    public async Task Simulate_ManyRemediations_AgreesWithActivatingAlsoOverARestart(string setting, int seed)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await FillAsync(patching, new Random(seed));
        var policy = Policy(Enum.Parse<Setting>(setting),
            Rule("kev", 2, rule => rule.Kev = true),
            Rule("critical", 4, rule => (rule.Unit, rule.Calendar, rule.ClockStart) = (Unit.BusinessDays, "calendars/us-federal", ClockStart.Publication), Common.V1.Severity.Critical),
            Rule("high", 14, null, Common.V1.Severity.High),
            Rule("later", 120, null, Common.V1.Severity.Medium),
            Rule("upgrade", 0, rule => rule.Unit = Unit.NextUpgrade));
        await patching.Admin.CreatePolicyAsync(new CreatePolicyRequest { Policy = policy, PolicyId = "test" });
        var before = await AllAsync(patching);
        var simulated = await SimulateAsync(patching, new SimulatePolicyRequest { Name = "policies/test", PageSize = 17 });
        (await AllAsync(patching)).ShouldBe(before);

        await patching.Admin.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/test" });
        await patching.Estate.RestartAsync(ServiceCatalog.Patching, abruptly: true);
        await Eventually.HoldsAsync(async () => (await SimulateAsync(patching, new SimulatePolicyRequest { Name = "policies/test" })).Changes.Count == 0, "all is assessed", TimeSpan.FromSeconds(60));
        var after = (await AllAsync(patching)).ToDictionary(one => one.Name);
        var changes = simulated.Changes.ToDictionary(one => one.Remediation);
        foreach (var one in before)
        {
            var then = after[one.Name];
            var change = changes.GetValueOrDefault(one.Name);
            (then.Due, then.Rule).ShouldBe((change is null ? one.Due : change.DueAfter, change is null ? one.Rule : change.RuleAfter));
            if (!Equals(then.Due, one.Due)) then.DueHistory[^1].Reason.ShouldBe(change!.Reason);
            then.DueHistory.Count.ShouldBe(one.DueHistory.Count + (Equals(then.Due, one.Due) ? 0 : 1));
        }

        (simulated.Unchanged + simulated.Earlier + simulated.Later + simulated.NoDeadline).ShouldBe(simulated.Total);
        simulated.Total.ShouldBe(before.Count);
        simulated.Earlier.ShouldBe(before.Count(one => after[one.Name].Due is { } due && (one.Due is null || due < one.Due)));
        simulated.Later.ShouldBe(before.Count(one => one.Due is { } was && after[one.Name].Due is { } due && due > was));
        simulated.NoDeadline.ShouldBe(before.Count(one => one.Due is not null && after[one.Name].Due is null));
    }

    [Fact]
    public async Task Simulate_UnsavedEdits_AgreesWithUpdatingThePolicyInForce()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await FillAsync(patching, new Random(3));
        var policy = await patching.Admin.GetPolicyAsync(new GetPolicyRequest { Name = "policies/house-default" });
        policy.Rules[0].DueAfter = 24;
        var simulated = await SimulateAsync(patching, new SimulatePolicyRequest { Name = policy.Name, Policy = policy });
        simulated.Earlier.ShouldBeGreaterThan(0);
        await patching.Admin.UpdatePolicyAsync(new UpdatePolicyRequest { Policy = policy });
        await Eventually.HoldsAsync(async () => (await SimulateAsync(patching, new SimulatePolicyRequest { Name = policy.Name })).Changes.Count == 0, "all is assessed");
        var after = (await AllAsync(patching)).ToDictionary(one => one.Name);
        foreach (var change in simulated.Changes)
            (after[change.Remediation].Due, after[change.Remediation].DueHistory[^1].Reason).ShouldBe((change.DueAfter, change.Reason));
        simulated.Changes[0].Reason.ShouldStartWith("policies/house-default was changed.");
    }

    [Fact]
    public async Task Policies_And_Calendars_AreKeptByTheirRules()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var admin = patching.Admin;
        (await admin.ListPoliciesAsync(new ListPoliciesRequest())).Policies.Select(one => (one.Name[9..], one.Active, one.Preset)).ShouldBe(
            [("bod-26-04", false, true), ("essential-eight", false, true), ("house-default", true, true), ("pci-dss-6-3-3", false, true)]);
        var rule = Rule("count", 2, one => (one.Unit, one.Calendar) = (Unit.BusinessDays, "calendars/office"));
        (await Refusal.OfAsync(admin.CreatePolicyAsync(new CreatePolicyRequest { Policy = Policy(Setting.Keep, rule), PolicyId = "counted" }))).Fields.ShouldBe(["policy.rules[0].calendar"]);
        var office = await admin.CreateCalendarAsync(new CreateCalendarRequest { Calendar = Office(), CalendarId = "office" });
        var created = await admin.CreatePolicyAsync(new CreatePolicyRequest { Policy = Policy(Setting.Keep, rule), PolicyId = "counted" });
        (created.Rules[0], created.Recalculation, created.Active).ShouldBe((rule, Setting.Keep, false));
        (await Refusal.OfAsync(admin.DeleteCalendarAsync(new DeleteCalendarRequest { Name = office.Name }))).Reason.ShouldBe("CALENDAR_IN_USE");
        (await Refusal.OfAsync(admin.DeleteCalendarAsync(new DeleteCalendarRequest { Name = "calendars/target2" }))).Reason.ShouldBe("CALENDAR_IS_PRESET");
        (await Refusal.OfAsync(admin.DeletePolicyAsync(new DeletePolicyRequest { Name = "policies/house-default" }))).Reason.ShouldBe("POLICY_IN_FORCE");
        (await Refusal.OfAsync(admin.DeletePolicyAsync(new DeletePolicyRequest { Name = "policies/bod-26-04" }))).Reason.ShouldBe("POLICY_IS_PRESET");
        (await Refusal.OfAsync(admin.UpdatePolicyAsync(new UpdatePolicyRequest { Policy = new Policy(created) { Etag = "99" } }))).Code.ShouldBe(StatusCode.Aborted);
        var renamed = await admin.UpdatePolicyAsync(new UpdatePolicyRequest
        {
            Policy = new Policy { Name = created.Name, DisplayName = "Renamed", Etag = created.Etag },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "display_name" } },
        });
        (renamed.DisplayName, renamed.Rules.Count).ShouldBe(("Renamed", 1));
        await admin.DeletePolicyAsync(new DeletePolicyRequest { Name = created.Name });
        await admin.DeleteCalendarAsync(new DeleteCalendarRequest { Name = office.Name });
        (await Refusal.OfAsync(admin.GetCalendarAsync(new GetCalendarRequest { Name = office.Name }))).Code.ShouldBe(StatusCode.NotFound);
        var refused = await Refusal.OfAsync(admin.CreateCalendarAsync(new CreateCalendarRequest
        {
            Calendar = new Calendar { TimeZone = "Mars/Phobos", Opens = "9", Holidays = { new Holiday { Date = "2026-13-01", Name = "x" }, new Holiday { Name = "y" } } },
        }));
        refused.Fields.ShouldBe(
            ["calendar.display_name", "calendar.time_zone", "calendar.working_days", "calendar.holidays[0].date", "calendar.holidays[1]", "calendar.opens", "calendar.closes"], ignoreOrder: true);
        var engineer = patching.As(Callers.Person("eve", "engineer"));
        (await Refusal.OfAsync(engineer.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/bod-26-04" }))).Code.ShouldBe(StatusCode.PermissionDenied);
        var scoped = patching.As(Callers.Person("ada", "architect@systems/front"));
        (await Refusal.OfAsync(scoped.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/bod-26-04" }))).Code.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Calendar_Changed_MovesWhatIsCountedByItAndNamesTheSkippedDays()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var office = await patching.Admin.CreateCalendarAsync(new CreateCalendarRequest { Calendar = Office(), CalendarId = "office" });
        await InForceAsync(patching, Policy(Setting.Recalculate, Rule("count", 2, one => (one.Unit, one.Calendar, one.ClockStart) = (Unit.BusinessDays, "calendars/office", ClockStart.Detection))));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        var counted = await patching.OnlyAsync();
        counted.Due.ToDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
        counted.SkippedDays.ShouldBeEmpty();
        office.Holidays.Add(new Holiday { Yearly = "03-03", Name = "Stocktaking" });
        await patching.Admin.UpdateCalendarAsync(new UpdateCalendarRequest { Calendar = office });
        var moved = await Eventually.GetAsync(async () => await patching.OnlyAsync() is { SkippedDays.Count: 1 } one ? one : null, "the holiday counts");
        moved.Due.ToDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero));
        moved.SkippedDays[0].ShouldBe(new SkippedDay { Date = "2026-03-03", Reason = "Stocktaking" });
        moved.DueHistory[^1].Reason.ShouldStartWith("policies/test was changed.");
    }

    [Fact]
    public async Task DecisionPoints_SetByAPerson_DecideAndOutliveImports()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.Admin.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/bod-26-04" });
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2);
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", "CVE-2026-0001"));
        var worst = await patching.OnlyAsync();
        (worst.Rule, worst.ForensicTriage, worst.HasAutomatable).ShouldBe(("policies/bod-26-04/rules/kev-exposed-automatable-total", true, false));
        var set = new SetDecisionPointsRequest { Name = worst.Advisory, Automatable = false, TechnicalImpact = DecisionPoints.Types.TechnicalImpact.Partial };
        (await Refusal.OfAsync(patching.Admin.SetDecisionPointsAsync(set))).Fields.ShouldBe(["source"]);
        set.Source = "our own analysis";
        (await patching.Admin.SetDecisionPointsAsync(set)).DecisionPoints.Setter.ShouldBe("users/admin");
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", modified: "2026-03-02T00:00:00Z", severity: "LOW"));
        var known = await patching.OnlyAsync();
        (known.Rule, known.ForensicTriage, known.Automatable).ShouldBe(("policies/bod-26-04/rules/kev-exposed-manual-partial", false, false));
        known.DueHistory[^1].Reason.ShouldContain("Technical impact is PARTIAL, was unknown.");
        (await patching.Admin.GetAdvisoryAsync(new GetAdvisoryRequest { Name = known.Advisory })).DecisionPoints.Source.ShouldBe("our own analysis");
        await patching.Admin.SetDecisionPointsAsync(new SetDecisionPointsRequest { Name = known.Advisory });
        (await patching.OnlyAsync()).Rule.ShouldBe(worst.Rule);
    }

    [Fact]
    public async Task NextUpgrade_HasNoDueDateButItsRule()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(Setting.Recalculate, Rule("upgrade", 0, one => one.Unit = Unit.NextUpgrade)));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        var deferred = await patching.OnlyAsync();
        (deferred.Due, deferred.Rule).ShouldBe((null, "policies/test/rules/upgrade"));
        deferred.DueHistory.ShouldHaveSingleItem().Reason.ShouldEndWith("with the next upgrade.");
    }

    private static Calendar Office() => new()
    {
        DisplayName = "Office",
        TimeZone = "Europe/Berlin",
        WorkingDays = { Calendar.Types.Weekday.Monday, Calendar.Types.Weekday.Tuesday, Calendar.Types.Weekday.Wednesday, Calendar.Types.Weekday.Thursday },
    };

    private static Policy Policy(Setting setting, params PolicyRule[] rules) => new() { DisplayName = "Test", Recalculation = setting, Rules = { rules } };

    private static PolicyRule Rule(string id, int days, Action<PolicyRule>? change = null, params Common.V1.Severity[] severities)
    {
        var rule = new PolicyRule { Id = id, DueAfter = days, Unit = Unit.CalendarDays, ClockStart = ClockStart.Publication, Severities = { severities } };
        change?.Invoke(rule);
        return rule;
    }

    private static void Exposed(PolicyRule rule) => rule.InternetExposed = true;

    private static async Task InForceAsync(PatchingEstate patching, Policy policy, string id = "test")
    {
        var created = await patching.Admin.CreatePolicyAsync(new CreatePolicyRequest { Policy = policy, PolicyId = id });
        (await patching.Admin.ActivatePolicyAsync(new ActivatePolicyRequest { Name = created.Name, Etag = created.Etag })).Active.ShouldBeTrue();
    }

    /// <summary>Until nothing open was assessed by another policy: then a simulation of this one finds no policy's reason.</summary>
    private static Task SettledAsync(PatchingEstate patching, string policy) => Eventually.HoldsAsync(
        async () => (await SimulateAsync(patching, new SimulatePolicyRequest { Name = $"policies/{policy}" })).Changes.Count == 0, $"{policy} has assessed all");

    private static async Task<double> DaysAsync(PatchingEstate patching) => ((await patching.OnlyAsync()).Due.ToDateTimeOffset() - Published).TotalDays;

    private static async Task<SimulatePolicyResponse> SimulateAsync(PatchingEstate patching, SimulatePolicyRequest request)
    {
        var all = await patching.Admin.SimulatePolicyAsync(request);
        for (var page = all; page.NextPageToken.Length > 0;)
        {
            page = await patching.Admin.SimulatePolicyAsync(new SimulatePolicyRequest(request) { PageToken = page.NextPageToken });
            all.Changes.AddRange(page.Changes);
        }

        return all;
    }

    private static async Task<List<Remediation>> AllAsync(PatchingEstate patching) =>
        [.. (await patching.Admin.ListRemediationsAsync(new ListRemediationsRequest { PageSize = 1000 })).Remediations.Select(one => new Remediation(one) { Feasibility = null, Etag = "" }).OrderBy(one => one.Name)];

    /// <summary>130 advisories on three components, so that one batch is not enough.</summary>
    private static async Task FillAsync(PatchingEstate patching, Random random)
    {
        string[] severities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];
        string[] components = ["components/a", "components/b", "components/c"];
        for (var i = 0; i < components.Length; i++)
        {
            await patching.KnowAsync(components[i], tier: i + 1);
            await patching.HasAsync(components[i], "production", Affected);
        }

        var feed = Enumerable.Range(0, 130).Select(i => Documents.Osv(
            $"CVE-2026-{i:0000}", severity: severities[random.Next(4)], fixedIn: random.Next(8) == 0 ? "1.0.0" : "2.0.0",
            published: $"2026-0{random.Next(1, 3)}-{random.Next(10, 29)}T{random.Next(10, 24)}:00:00Z"));
        await patching.ImportAsync(AdvisoryFormat.Osv, string.Join('\n', feed));
        var listed = Enumerable.Range(0, 130).Where(_ => random.Next(6) == 0).Select(i => $"CVE-2026-{i:0000}");
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", [.. listed]));
    }
}
