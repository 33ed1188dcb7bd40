using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.OnDuty.DutyEstate;
using Unit = Governance.Ownership.V1.OnCallSchedule.Types.TurnUnit;

namespace Governance.Ownership.Tests.OnDuty;

/// <summary>Parties, holiday calendars and escalation policies by their rules.</summary>
public sealed class PartyTests : IAsyncLifetime
{
    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await OwnershipEstate.StartAsync();

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Party_Whole_IsReadAsItWasEntered()
    {
        var entered = await _estate.EnterAsync("shop", party =>
        {
            party.SupportHours = Office("Asia/Kolkata", "holidayCalendars/us-federal");
            party.Schedule = Turns("Asia/Kolkata", "2026-01-05T09:00", Unit.Weeks, "one", "two");
            party.Schedule.Overrides.Add(Override("two", "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z"));
            party.Contacts.Add(new Contact { User = "users/one", Email = "one@example.com" });
        });
        (await _estate.Admin.Parties.GetPartyAsync(new GetPartyRequest { Name = "parties/shop" })).ShouldBe(entered);

        entered.DisplayName = "Shop";
        var updated = await _estate.Admin.Parties.UpdatePartyAsync(
            new UpdatePartyRequest { Party = entered, UpdateMask = new() { Paths = { "display_name" } } });
        (updated.DisplayName, updated.Schedule).ShouldBe(("Shop", entered.Schedule));
        (await Refusal.OfAsync(_estate.Admin.Parties.UpdatePartyAsync(new UpdatePartyRequest { Party = entered }))).Code.ShouldBe(
            StatusCode.Aborted);
        (await _estate.Admin.Parties.ListPartiesAsync(new ListPartiesRequest { Kind = Party.Types.Kind.Team })).Parties.ShouldBe([updated]);
        (await _estate.Admin.Parties.ListPartiesAsync(new ListPartiesRequest { Kind = Party.Types.Kind.Vendor })).Parties.ShouldBeEmpty();
    }

    [Fact]
    public async Task CreateParty_WithFaults_NamesThemAll()
    {
        var refusal = await Refusal.OfAsync(() => _estate.EnterAsync("shop", party =>
        {
            party.DisplayName = "";
            party.Members.Add("one");
            party.Contacts.Add(new Contact { Role = "lead" });
            party.Contacts.Add(new Contact { Email = "nowhere" });
            party.SupportHours =
                new SupportHours { TimeZone = "Europe/Berln", Weekly = { new WeeklyHours { Opens = "9", Closes = "24:00" } } };
            party.Schedule = Turns("Mars/Phobos", "2026-01-05", Unit.Days);
            party.Schedule.Overrides.Add(Override("two", "2026-01-07T00:00:00Z", "2026-01-06T00:00:00Z"));
            party.Parent = "parties/shop";
        }, (Party.Types.Kind)7));

        refusal.Fields.ShouldBe(
            ["party.display_name", "party.kind", "party.members[0]", "party.contacts[0]", "party.contacts[1].email", "party.support_hours.time_zone",
                "party.support_hours.weekly[0].day", "party.support_hours.weekly[0].opens", "party.schedule.time_zone", "party.schedule.rotations[0].members",
                "party.schedule.rotations[0].start", "party.schedule.overrides[0].until", "party.parent"],
            ignoreOrder: true);
        (await Refusal.OfAsync(() =>
            _estate.EnterAsync("shop", party => party.SupportHours = Office("UTC", "holidayCalendars/none")))).Fields.ShouldBe(
            ["party.support_hours.holiday_calendar"]);
    }

    [Fact]
    public async Task Party_OfAVendorsUser_IsTheirsAlone()
    {
        await _estate.EnterAsync("carrier", party => party.SupportHours = Office("UTC"), Party.Types.Kind.Vendor);
        await _estate.EnterAsync("shop", Reachable);
        await _estate.ComponentAsync("checkout", owner: "parties/shop");
        await _estate.AssignAsync("checkout", "incident-response", "carrier", Responsibility.Types.Duty.Responsible);
        var theirs = _estate.As(Callers.Person("vee", "engineer@parties/carrier"));

        (await theirs.Parties.ListPartiesAsync(new ListPartiesRequest())).Parties.Select(one => one.Name).ShouldBe(["parties/carrier"]);
        (await Refusal.OfAsync(theirs.Parties.GetPartyAsync(new GetPartyRequest { Name = "parties/shop" }))).Code.ShouldBe(
            StatusCode.NotFound);
        (await theirs.Parties.UpdatePartyAsync(Rename("parties/carrier"))).DisplayName.ShouldBe("Renamed");
        (await Refusal.OfAsync(theirs.Parties.UpdatePartyAsync(Rename("parties/shop")))).Code.ShouldBe(StatusCode.NotFound);
        (await Refusal.OfAsync(theirs.Parties.CreatePartyAsync(new CreatePartyRequest
        {
            PartyId = "other",
            Party = new Party { DisplayName = "x", Kind = Party.Types.Kind.Team },
        }))).Code.ShouldBe(
            StatusCode.PermissionDenied);
        (await theirs.Owners.ResolveOwnerAsync(new ResolveOwnerRequest { Name = "components/checkout" })).Accountable.Contacts
            .ShouldBeEmpty();
        (await _estate.Admin.Owners.ResolveOwnerAsync(new ResolveOwnerRequest { Name = "components/checkout" })).Accountable.Contacts.Count
            .ShouldBe(1);
        (await _estate.As(Callers.Person("eve", "viewer@components/checkout")).Parties
            .ListPartiesAsync(new ListPartiesRequest())).Parties.Count.ShouldBe(2, "they have duties there");
    }

    [Fact]
    public async Task HolidayCalendar_PresetOrInUse_StaysAndDatesAreChecked()
    {
        (await _estate.Admin.HolidayCalendars.ListHolidayCalendarsAsync(new ListHolidayCalendarsRequest())).HolidayCalendars
            .Select(one => (one.Name, one.Preset))
            .ShouldBe([("holidayCalendars/target2", true), ("holidayCalendars/us-federal", true), ("holidayCalendars/weekdays", true)]);
        var wrong = new HolidayCalendar
        {
            DisplayName = "x",
            Holidays = { new Holiday { Date = "2026-13-01", Name = "a" }, new Holiday { Name = "b" } },
        };
        (await Refusal.OfAsync(
            _estate.Admin.HolidayCalendars.CreateHolidayCalendarAsync(new CreateHolidayCalendarRequest { HolidayCalendar = wrong }))).Fields
            .ShouldBe(["holiday_calendar.holidays[0].date", "holiday_calendar.holidays[1]"]);
        var town = new HolidayCalendar { DisplayName = "Town", Holidays = { new Holiday { Yearly = "03-09", Name = "Fair" } } };
        town = await _estate.Admin.HolidayCalendars.CreateHolidayCalendarAsync(
            new CreateHolidayCalendarRequest { HolidayCalendar = town, HolidayCalendarId = "town" });
        await _estate.EnterAsync("shop", party => party.SupportHours = Office("UTC", "town"));
        await _estate.ComponentAsync("checkout", owner: "parties/shop");

        (await _estate.ResolveAsync("2026-03-09T10:00:00Z")).Accountable.OnDuty.ShouldBeFalse();
        town.Holidays.Clear();
        await _estate.Admin.HolidayCalendars.UpdateHolidayCalendarAsync(new UpdateHolidayCalendarRequest { HolidayCalendar = town });
        (await _estate.ResolveAsync("2026-03-09T10:00:00Z")).Accountable.OnDuty.ShouldBeTrue();
        (await Refusal.OfAsync(_estate.Admin.HolidayCalendars.DeleteHolidayCalendarAsync(
            new DeleteHolidayCalendarRequest { Name = "holidayCalendars/town" }))).Reason.ShouldBe("CALENDAR_IN_USE");
        (await Refusal.OfAsync(_estate.Admin.HolidayCalendars.DeleteHolidayCalendarAsync(
            new DeleteHolidayCalendarRequest { Name = "holidayCalendars/target2" }))).Reason.ShouldBe("CALENDAR_IS_PRESET");
    }

    [Fact]
    public async Task EscalationPolicy_WithFaults_NamesThemAll()
    {
        var policy = new EscalationPolicy { DisplayName = "x", Chains = { Chain(ServiceSeverity.S1), Chain(ServiceSeverity.S1) } };
        policy.Chains[0].Levels[0].Targets.Add(new EscalationPolicy.Types.Target());
        policy.Chains[1].Repeats = 10;
        var refusal = await Refusal.OfAsync(
            _estate.Admin.EscalationPolicies.CreateEscalationPolicyAsync(new CreateEscalationPolicyRequest { EscalationPolicy = policy }));
        refusal.Fields.ShouldBe(
            [
                "escalation_policy.chains[0].levels[0].targets[1]",
                "escalation_policy.chains[1].repeats",
                "escalation_policy.chains[1].levels",
                "escalation_policy.chains",
            ], ignoreOrder: true);

        policy = new EscalationPolicy { DisplayName = "Mine", Chains = { Chain(ServiceSeverity.S1) } };
        var mine = await _estate.Admin.EscalationPolicies.CreateEscalationPolicyAsync(
            new CreateEscalationPolicyRequest { EscalationPolicy = policy, EscalationPolicyId = "mine" });
        mine.DisplayName = "Ours";
        (await _estate.Admin.EscalationPolicies.UpdateEscalationPolicyAsync(
            new UpdateEscalationPolicyRequest { EscalationPolicy = mine })).DisplayName.ShouldBe("Ours");
        (await _estate.Admin.EscalationPolicies.DeleteEscalationPolicyAsync(
            new DeleteEscalationPolicyRequest { Name = mine.Name })).DeleteTime.ShouldNotBeNull();
        (await _estate.Admin.EscalationPolicies.ListEscalationPoliciesAsync(new ListEscalationPoliciesRequest())).EscalationPolicies
            .ShouldBeEmpty();
    }

    private static void Reachable(Party party)
    {
        party.SupportHours = new SupportHours { Always = true };
        party.Contacts.Add(new Contact { Phone = "+49 1" });
    }

    private static EscalationPolicy.Types.Chain Chain(ServiceSeverity severity) => new()
    {
        Severities = { severity },
        Levels = { new EscalationPolicy.Types.Level { Targets = { new EscalationPolicy.Types.Target { OnCall = "parties/shop" } } } },
    };

    private static UpdatePartyRequest Rename(string name) =>
        new() { Party = new Party { Name = name, DisplayName = "Renamed" }, UpdateMask = new() { Paths = { "display_name" } } };
}
