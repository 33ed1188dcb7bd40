using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.OnDuty.DutyEstate;
using CoverKind = Governance.Ownership.V1.ImportScheduleResponse.Types.CoverChange.Types.Kind;
using Duties = Governance.Ownership.V1.Responsibility.Types.Duty;
using Reason = Governance.Ownership.V1.TrailEnd.Types.Reason;
using Unit = Governance.Ownership.V1.OnCallSchedule.Types.TurnUnit;

namespace Governance.Ownership.Tests.OnDuty;

/// <summary>Hours without cover, and what an imported schedule does to them.</summary>
public sealed class CoverageTests : IAsyncLifetime
{
    private const string PagerDuty = """
        { "schedule": { "time_zone": "Europe/Berlin", "schedule_layers": [ { "name": "Days", "start": "2026-01-05T09:00:00+01:00",
          "rotation_virtual_start": "2026-01-05T09:00:00+01:00", "rotation_turn_length_seconds": 86400,
          "users": [ { "user": { "id": "P1", "summary": "First", "email": "ONE@example.com" } }, { "user": { "id": "P2", "summary": "New Hire", "email": "new.hire@example.com" } } ],
          "restrictions": [ { "type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 43200 } ] } ] } }
        """;

    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await OwnershipEstate.StartAsync();

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Theory]
    // an hour is missing
    [InlineData("2026-03-28T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 47, "2026-03-29T06:00:00+02:00", "2026-03-29T22:00:00+02:00")]
    // an hour comes twice
    [InlineData("2026-10-24T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 49, "2026-10-25T06:00:00+01:00", "2026-10-25T22:00:00+01:00")]
    public async Task CoverageForecast_NightWatch_LeavesTheDays(string from, string until, double total, string gapFrom, string gapUntil)
    {
        var nights = Enum.GetValues<Weekday>().Skip(1).Select(day => new WeeklyHours { Day = day, Opens = "22:00", Closes = "06:00" });
        await _estate.EnterAsync(
            "shop", party => party.SupportHours = new SupportHours { TimeZone = "Europe/Berlin", Weekly = { nights } });
        await _estate.ComponentAsync("checkout", owner: "parties/shop");

        var forecast = await ForecastAsync(from, until);

        (forecast.TotalHours, forecast.UncoveredHours, forecast.Uncovered.Count).ShouldBe((total, 32, 2));
        forecast.Uncovered[1].ShouldBe(
            new UncoveredTime { From = Stamp(gapFrom), Until = Stamp(gapUntil), Hours = 16, Reason = Reason.NobodyOnDuty });
    }

    [Fact]
    public async Task CoverageForecast_AssignmentsAndContractsThatEnd_AreSeen()
    {
        await _estate.EnterAsync("carrier", party => party.SupportHours = new SupportHours { Always = true }, Party.Types.Kind.Vendor);
        await _estate.EnterAsync("shop", party => party.SupportHours = Office("UTC"));
        await _estate.ContractAsync("carrier-1", "carrier", contract => (contract.EndDate, contract.TimeZone) = ("2026-03-03", "UTC"));
        await _estate.ComponentAsync("checkout");
        await _estate.AssignAsync(
            "checkout", "incident-response", "carrier", Duties.Responsible, until: Schedules.Times.At("2026-03-05T00:00:00Z"));
        await _estate.AssignAsync(
            "checkout", "incident-response", "shop", Duties.Accountable, from: Schedules.Times.At("2026-03-06T00:00:00Z"));

        var forecast = await ForecastAsync("2026-03-02T00:00:00Z", "2026-03-07T00:00:00Z");

        forecast.Uncovered.Select(one => (one.From, one.Until, one.Reason)).ShouldBe([
            (Stamp("2026-03-04T00:00:00Z"), Stamp("2026-03-05T00:00:00Z"), Reason.ContractNotInForce),
            (Stamp("2026-03-05T00:00:00Z"), Stamp("2026-03-06T00:00:00Z"), Reason.NoAssignment),
            (Stamp("2026-03-06T00:00:00Z"), Stamp("2026-03-06T09:00:00Z"), Reason.NobodyOnDuty),
            (Stamp("2026-03-06T17:00:00Z"), Stamp("2026-03-07T00:00:00Z"), Reason.NobodyOnDuty)]);
        forecast.UncoveredHours.ShouldBe(64);
        (await Refusal.OfAsync(() => ForecastAsync("2026-03-02T00:00:00Z", "2027-05-02T00:00:00Z"))).Fields.ShouldBe(["until"]);
    }

    [Fact]
    public async Task ImportSchedule_OfAVendorsOwnUser_SaysWhatChangesAndHoldsFromItsDate()
    {
        await _estate.EnterAsync(
            "carrier",
            party =>
            {
                party.Schedule = Turns("Europe/Berlin", "2026-01-05T09:00", Unit.Weeks, "one");
                party.Contacts.Add(new Contact { User = "users/one", Email = "one@example.com" });
            },
            Party.Types.Kind.Vendor);
        await _estate.ComponentAsync("checkout", owner: "parties/carrier");
        var theirs = Callers.Person("vee", "engineer@parties/carrier");
        const string from = "2040-03-06T09:00:00+01:00"; // 5,174 days after the first handover: the first member's turn

        var tried = await _estate.ImportAsync(theirs, "carrier", ScheduleFormat.Pagerduty, PagerDuty, from, validateOnly: true);
        (await _estate.ResolveAsync("2040-03-06T22:00:00+01:00")).Answer.Person.ShouldBe("users/one");
        var imported = await _estate.ImportAsync(theirs, "carrier", ScheduleFormat.Pagerduty, PagerDuty, from);

        imported.Schedule.ShouldBe(tried.Schedule);
        imported.Changes.Take(3).Select(one => (one.Kind, one.From, one.Until, one.Before, one.After)).ShouldBe([
            (CoverKind.Lost, Stamp("2040-03-06T21:00:00+01:00"), Stamp("2040-03-07T09:00:00+01:00"), "users/one", ""),
            (CoverKind.Changed, Stamp("2040-03-07T09:00:00+01:00"), Stamp("2040-03-07T21:00:00+01:00"), "users/one", "users/new.hire"),
            (CoverKind.Lost, Stamp("2040-03-07T21:00:00+01:00"), Stamp("2040-03-08T09:00:00+01:00"), "users/one", "")]);
        imported.LostHours.ShouldBe(90 * 12 - 1, "ninety nights, of which that to summer time is an hour short");
        imported.Unreachable.ShouldBe([new ImportScheduleResponse.Types.UnreachableUser
        {
            User = "users/new.hire",
            DisplayName = "New Hire",
            Email = "new.hire@example.com",
        }]);
        (await _estate.ResolveAsync("2040-03-06T08:59:59+01:00")).Answer.Person.ShouldBe("users/one");
        (await _estate.ResolveAsync("2040-03-06T22:00:00+01:00")).Answer.ShouldBeNull();
        (await _estate.ResolveAsync("2040-03-07T10:00:00+01:00")).Answer.Person.ShouldBe("users/new.hire");
        (await Refusal.OfAsync(() => _estate.ImportAsync(Callers.Person(
            "max", "engineer@parties/other"), "carrier", ScheduleFormat.Pagerduty, PagerDuty))).Code.ShouldBe(StatusCode.NotFound);
        (await Refusal.OfAsync(() => _estate.ImportAsync(Callers.Person(
            "vera", "viewer@parties/carrier"), "carrier", ScheduleFormat.Pagerduty, PagerDuty))).Code.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task ImportSchedule_OfAFeedOrSomethingElse_TakesItsShiftsOrSaysWhyNot()
    {
        await _estate.EnterAsync("shop", party => party.Schedule = Turns("UTC", "2020-01-06T09:00", Unit.Weeks, "one"));
        await _estate.ComponentAsync("checkout", owner: "parties/shop");
        const string feed =
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Night Owl\nDTSTART:20400101T000000Z\nDTEND:20400108T000000Z\nEND:VEVENT\n"
                + "BEGIN:VEVENT\nUID:b\nSUMMARY:Night "
                + "Owl\nDTSTART:20400101T000000Z\nDTEND:20400108T000000Z\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR\n";

        var imported = await _estate.ImportAsync(Callers.Admin, "shop", ScheduleFormat.Icalendar, feed);
        var refused = await Refusal.OfAsync(() => _estate.ImportAsync(Callers.Admin, "shop", ScheduleFormat.Pagerduty, feed));
        var past =
            await Refusal.OfAsync(() => _estate.ImportAsync(Callers.Admin, "shop", ScheduleFormat.Icalendar, feed, "2040-01-08T00:00:00Z"));

        imported.Rejected.Single().Id.ShouldBe("b");
        imported.LostHours.ShouldBe(90 * 24);
        (await _estate.ResolveAsync("2040-01-02T00:00:00Z")).Answer.Person.ShouldBe("users/night-owl");
        (await _estate.ResolveAsync("2040-01-08T00:00:00Z")).Answer.ShouldBeNull();
        refused.Fields.ShouldBe(["document"]);
        past.Message.ShouldContain("nobody on call");
    }

    private Task<CoverageForecastResponse> ForecastAsync(string from, string until) =>
        _estate.Admin.Owners.CoverageForecastAsync(
            new CoverageForecastRequest { Component = "components/checkout", From = Stamp(from), Until = Stamp(until) }).ResponseAsync;
}
