using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.PolicyScene;
using Holiday = Governance.Patching.V1.Holiday;
using Setting = Governance.Patching.V1.Policy.Types.Recalculation;
using Unit = Governance.Patching.V1.PolicyRule.Types.Unit;

namespace Governance.Patching.Tests.Service;

public class PolicyUpkeepTests
{
    [Fact]
    public async Task Policies_And_Calendars_AreKeptByTheirRules()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var admin = patching.Admin;
        (await admin.Policies.ListPoliciesAsync(new ListPoliciesRequest())).Policies
            .Select(one => (one.Name[9..], one.Active, one.Preset))
            .ShouldBe(
                [("bod-26-04", false, true), (
                    "essential-eight", false, true), ("house-default", true, true), ("pci-dss-6-3-3", false, true)]);
        var rule = Rule("count", 2, one => (one.Unit, one.Calendar) = (Unit.BusinessDays, "calendars/office"));
        (await Refusal.OfAsync(admin.Policies.CreatePolicyAsync(
            new CreatePolicyRequest { Policy = Policy(Setting.Keep, rule), PolicyId = "counted" }))).Fields.ShouldBe(
            ["policy.rules[0].calendar"]);
        var office = await admin.Calendars.CreateCalendarAsync(new CreateCalendarRequest { Calendar = Office(), CalendarId = "office" });
        var created =
            await admin.Policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = Policy(Setting.Keep, rule), PolicyId = "counted" });
        (created.Rules[0], created.Recalculation, created.Active).ShouldBe((rule, Setting.Keep, false));
        (await Refusal.OfAsync(admin.Calendars.DeleteCalendarAsync(new DeleteCalendarRequest { Name = office.Name }))).Reason.ShouldBe(
            "CALENDAR_IN_USE");
        (await Refusal.OfAsync(admin.Calendars.DeleteCalendarAsync(new DeleteCalendarRequest { Name = "calendars/target2" }))).Reason
            .ShouldBe("CALENDAR_IS_PRESET");
        (await Refusal.OfAsync(admin.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "policies/house-default" }))).Reason
            .ShouldBe("POLICY_IN_FORCE");
        (await Refusal.OfAsync(admin.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "policies/bod-26-04" }))).Reason.ShouldBe(
            "POLICY_IS_PRESET");
        (await Refusal.OfAsync(admin.Policies.UpdatePolicyAsync(
            new UpdatePolicyRequest { Policy = new Policy(created) { Etag = "99" } }))).Code.ShouldBe(StatusCode.Aborted);
        var renamed = await admin.Policies.UpdatePolicyAsync(new UpdatePolicyRequest
        {
            Policy = new Policy { Name = created.Name, DisplayName = "Renamed", Etag = created.Etag },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "display_name" } },
        });
        (renamed.DisplayName, renamed.Rules.Count).ShouldBe(("Renamed", 1));
        await admin.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = created.Name });
        await admin.Calendars.DeleteCalendarAsync(new DeleteCalendarRequest { Name = office.Name });
        (await Refusal.OfAsync(admin.Calendars.GetCalendarAsync(new GetCalendarRequest { Name = office.Name }))).Code.ShouldBe(
            StatusCode.NotFound);
        var refused = await Refusal.OfAsync(admin.Calendars.CreateCalendarAsync(new CreateCalendarRequest
        {
            Calendar = new Calendar
            {
                TimeZone = "Mars/Phobos",
                Opens = "9",
                Holidays = { new Holiday { Date = "2026-13-01", Name = "x" }, new Holiday { Name = "y" } },
            },
        }));
        refused.Fields.ShouldBe(
            [
                "calendar.display_name", "calendar.time_zone", "calendar.working_days", "calendar.holidays[0].date",
                "calendar.holidays[1]", "calendar.opens", "calendar.closes",
            ], ignoreOrder: true);
        var engineer = patching.As(Callers.Person("eve", "engineer"));
        (await Refusal.OfAsync(engineer.Policies.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/bod-26-04" }))).Code
            .ShouldBe(StatusCode.PermissionDenied);
        var scoped = patching.As(Callers.Person("ada", "architect@systems/front"));
        (await Refusal.OfAsync(scoped.Policies.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/bod-26-04" }))).Code
            .ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Calendar_Changed_MovesWhatIsCountedByItAndNamesTheSkippedDays()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var office =
            await patching.Admin.Calendars.CreateCalendarAsync(new CreateCalendarRequest { Calendar = Office(), CalendarId = "office" });
        await InForceAsync(patching, Policy(Setting.Recalculate, Rule(
            "count", 2, one => (one.Unit, one.Calendar, one.ClockStart) = (Unit.BusinessDays, "calendars/office", ClockStart.Detection))));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        var counted = await patching.OnlyAsync();
        counted.Due.ToDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
        counted.SkippedDays.ShouldBeEmpty();
        office.Holidays.Add(new Holiday { Yearly = "03-03", Name = "Stocktaking" });
        await patching.Admin.Calendars.UpdateCalendarAsync(new UpdateCalendarRequest { Calendar = office });
        var moved = await Eventually.GetAsync(
            async () => await patching.OnlyAsync() is { SkippedDays.Count: 1 } one ? one : null, "the holiday counts");
        moved.Due.ToDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero));
        moved.SkippedDays[0].ShouldBe(new SkippedDay { Date = "2026-03-03", Reason = "Stocktaking" });
        moved.DueHistory[^1].Reason.ShouldStartWith("policies/test was changed.");
    }
}
