using Governance.Ownership.Resolution;
using Governance.Ownership.V1;
using Governance.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.OnDuty.DutyEstate;
using Duties = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.ReasonStep.Types.Kind;
using Reason = Governance.Ownership.V1.TrailEnd.Types.Reason;
using Unit = Governance.Ownership.V1.OnCallSchedule.Types.TurnUnit;

namespace Governance.Ownership.Tests.OnDuty;

/// <summary>"Who is it, at 03:00 on Sunday?" Every expected answer was worked out by hand from a calendar.</summary>
public sealed class ResolveOwnerTests : IAsyncLifetime
{
    private const string Incidents = "incident-response";
    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await OwnershipEstate.StartAsync();

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Theory]
    // the night summer time begins
    [InlineData("2026-03-29T01:30:00+01:00", "one", "2026-03-30T09:00:00+02:00", "2026-03-29T01:30:00+01:00")]
    [InlineData("2026-03-29T03:00:00+02:00", "one", "2026-03-30T09:00:00+02:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("2026-03-30T09:00:00+02:00", "two", "2026-04-06T09:00:00+02:00", "2026-03-30T09:00:00+02:00")] // Monday nine in summer time
    // 02:30 comes twice, 30 weeks later
    [InlineData("2026-10-25T02:30:00+02:00", "one", "2026-10-26T09:00:00+01:00", "2026-10-25T02:30:00+02:00")]
    [InlineData("2026-10-25T02:30:00+01:00", "one", "2026-10-26T09:00:00+01:00", "2026-10-25T02:30:00+01:00")]
    [InlineData("2040-06-03T03:00:00+02:00", "one", "2040-06-04T09:00:00+02:00", "2040-06-03T03:00:00+02:00")] // 740 weeks later
    public async Task ResolveOwner_WeeklyRotation_HandsOverAtNineInWinterAndSummer(string at, string person, string until, string local)
    {
        await _estate.EnterAsync("shop", party =>
        {
            party.Schedule = Turns("Europe/Berlin", "2026-03-23T09:00", Unit.Weeks, "one", "two");
            party.Contacts.Add([new Contact { Phone = "+49 1" }, new Contact { User = "users/one", Phone = "+49 11" }]);
        });
        await _estate.ComponentAsync("checkout", owner: "parties/shop");

        var answer = (await _estate.ResolveAsync(at)).Answer;

        (answer.Party, answer.Person, answer.OnDuty, answer.OnDutyUntil).ShouldBe(("parties/shop", $"users/{person}", true, Stamp(until)));
        (answer.TimeZone, answer.LocalTime, answer.Assignment).ShouldBe(("Europe/Berlin", local, "components/checkout"));
        answer.Contacts.Single().Phone.ShouldBe(person == "one" ? "+49 11" : "+49 1");
    }

    [Fact]
    public async Task ResolveOwner_VendorOnAHoliday_IsClosedAndTheAccountableTeamIsNextBest()
    {
        await VendorAsync();
        var closed = await _estate.ResolveAsync("2026-04-03T10:00:00+02:00"); // Good Friday

        closed.Answer.ShouldBeNull();
        (closed.TrailEnd.Reason, closed.TrailEnd.Resource, closed.TrailEnd.NextBest.Party).ShouldBe(
            (Reason.NobodyOnDuty, "parties/carrier", "parties/shop"));
        var vendor = closed.Responsible.Single();
        // after Easter Monday
        (vendor.OnDuty, vendor.NextOnDuty, vendor.OnDutyUntil).ShouldBe(
            (false, Stamp("2026-04-07T09:00:00+02:00"), Stamp("2026-04-07T09:00:00+02:00")));
        closed.Reasons.ShouldContain(step =>
            step.Kind == Kind.SupportHours && step.Detail.Contains("holiday: Good Friday", StringComparison.Ordinal));
        (await _estate.ResolveAsync("2026-04-02T16:59:59+02:00")).Answer.Party.ShouldBe("parties/carrier");
    }

    [Theory]
    [InlineData(ServiceSeverity.S1, "2026-04-02T16:45:00+02:00", "2026-04-02T20:30:00+02:00")] // 15 minutes and four hours around the clock
    // half an hour on Thursday, the rest after Easter
    [InlineData(ServiceSeverity.S2, "2026-04-07T09:30:00+02:00", "2026-04-08T09:30:00+02:00")]
    [InlineData(ServiceSeverity.S4, "2026-04-07T16:30:00+02:00", null)] // a business day
    public async Task ResolveOwner_Severity_HasTheDeadlinesOfTheContractsClock(
        ServiceSeverity severity, string response, string? resolution)
    {
        await VendorAsync();

        var answer = (await _estate.ResolveAsync("2026-04-02T16:30:00+02:00", severity)).Answer;

        (answer.Contract, answer.ResponseDeadline, answer.ResolutionDeadline).ShouldBe(
            ("contracts/carrier-1", Stamp(response), resolution is null ? null : Stamp(resolution)));
    }

    [Theory]
    [InlineData("2025-12-31T23:59:59+01:00", false)]
    [InlineData("2026-01-01T00:00:00+01:00", true)]
    [InlineData("2026-06-30T23:59:59+02:00", true)]
    [InlineData("2026-07-01T00:00:00+02:00", false)]
    public async Task ResolveOwner_Contract_IsInForceFromItsFirstDayToItsLast(string at, bool inForce)
    {
        await VendorAsync(party => party.SupportHours = new SupportHours { Always = true });

        var answer = await _estate.ResolveAsync(at);

        (answer.Answer?.Party, answer.TrailEnd?.Reason).ShouldBe(inForce ? ("parties/carrier", null) : (null, Reason.ContractNotInForce));
        if (!inForce) answer.TrailEnd!.NextBest.Party.ShouldBe("parties/shop");
    }

    [Fact]
    public async Task ResolveOwner_PlannedReassignment_HoldsFromItsInstantOn()
    {
        var always = new SupportHours { Always = true };
        await _estate.EnterAsync("old-team", party => party.SupportHours = always);
        await _estate.EnterAsync("new-team", party => party.SupportHours = always);
        await _estate.ComponentAsync("checkout", owner: "parties/old-team");
        var handover = _estate.Now + NodaTime.Duration.FromDays(40);
        await _estate.AssignAsync("checkout", Incidents, "old-team", Duties.Accountable);
        await _estate.AssignAsync("checkout", Incidents, "new-team", Duties.Accountable, handover, replace: true);
        Task<ResolveOwnerResponse> Ask(NodaTime.Instant at) => _estate.Admin.Owners
            .ResolveOwnerAsync(new ResolveOwnerRequest { Name = "components/checkout", At = at.ToStamp() }).ResponseAsync;

        (await Ask(handover - NodaTime.Duration.FromTicks(1))).Accountable.Party.ShouldBe("parties/old-team");
        (await Ask(handover)).Accountable.Party.ShouldBe("parties/new-team");
        (await _estate.ResolveAsync("2040-01-01T00:00:00Z", area: "upgrades")).Accountable.Party.ShouldBe(
            "parties/old-team", "another area stays with the owner");
    }

    [Fact]
    public async Task ResolveOwner_PlannedSchedule_AnswersByTheTermsOfTheInstant()
    {
        await _estate.EnterAsync("shop", party => party.Schedule = Turns("UTC", "2020-01-06T09:00", Unit.Weeks, "one"));
        await _estate.ComponentAsync("checkout", owner: "parties/shop");
        var then = _estate.Now + NodaTime.Duration.FromDays(10);
        var party = new Party { Name = "parties/shop", Schedule = Turns("UTC", "2020-01-06T09:00", Unit.Weeks, "two") };
        await _estate.Admin.Parties.UpdatePartyAsync(
            new UpdatePartyRequest { Party = party, UpdateMask = new() { Paths = { "schedule" } }, EffectiveTime = then.ToStamp() });
        Task<ResolveOwnerResponse> Ask(NodaTime.Instant at) => _estate.Admin.Owners
            .ResolveOwnerAsync(new ResolveOwnerRequest { Name = "components/checkout", At = at.ToStamp() }).ResponseAsync;

        var before = (await Ask(then - NodaTime.Duration.FromTicks(1))).Answer;
        (before.Person, before.OnDutyUntil).ShouldBe(("users/one", then.ToStamp()));
        (await Ask(then)).Answer.Person.ShouldBe("users/two");
        _estate.Estate.Clock.Advance(TimeSpan.FromDays(30));
        await Eventually.HoldsAsync(
            async () => (await _estate.Admin.Parties.GetPartyAsync(new GetPartyRequest { Name = "parties/shop" })).Schedule.Rotations[
                0].Members[0] == "users/two",
            "the plan takes effect");
        (await Ask(then - NodaTime.Duration.FromTicks(1))).Answer.Person.ShouldBe("users/one", "last month's truth");
    }

    [Fact]
    public async Task ResolveOwner_Overridden_SaysByWhomAndWhy()
    {
        await _estate.EnterAsync("shop", party =>
        {
            party.SupportHours = Office("America/New_York");
            party.Schedule = Turns("America/New_York", "2026-01-05T09:00", Unit.Days, "one", "two");
            party.Schedule.Overrides.Add([
                Override("swap", "2026-03-08T02:00:00-05:00", "2026-03-08T04:00:00-04:00", "launch"), // Sunday, in the night of the change
                Override("", "2026-03-09T10:00:00-04:00", "2026-03-09T11:00:00-04:00", "drill")]);
        });
        await _estate.ComponentAsync("checkout", owner: "parties/shop");

        var sunday = await _estate.ResolveAsync("2026-03-08T03:30:00-04:00");
        (sunday.Answer.Person, sunday.Answer.OnDutyUntil).ShouldBe(("users/swap", Stamp("2026-03-08T04:00:00-04:00")));
        sunday.Reasons.Select(step => step.Kind).ShouldBe([Kind.Component, Kind.Assignment, Kind.Override]);
        sunday.Reasons[2].Detail.ShouldBe("Overridden until 2026-03-08T04:00:00-04:00 America/New_York: users/swap (launch).");
        var nobody = await _estate.ResolveAsync("2026-03-09T10:30:00-04:00");
        (nobody.Answer, nobody.Accountable.NextOnDuty).ShouldBe((null, Stamp("2026-03-09T11:00:00-04:00")));
        var monday = await _estate.ResolveAsync("2026-03-09T11:00:00-04:00"); // 63 days after the first handover: the second member
        (monday.Answer.Person, monday.Answer.OnDutyUntil).ShouldBe(("users/two", Stamp("2026-03-09T17:00:00-04:00")));
        monday.Reasons.Select(step => step.Kind).ShouldBe([Kind.Component, Kind.Assignment, Kind.SupportHours, Kind.Rotation]);
    }

    [Fact]
    public async Task ResolveOwner_NobodyAssigned_NamesSystemsOwnerThenDefaultPartyAndTheGapIsNoted()
    {
        await _estate.EnterAsync(
            "desk", party => (party.SupportHours, party.Labels["default"]) = (new SupportHours { Always = true }, "true"));
        await _estate.EnterAsync("system-team", party => party.SupportHours = Office("UTC"));
        await _estate.Admin.Systems.CreateSystemAsync(
            new CreateSystemRequest { System = new V1.System { DisplayName = "Shop", Owner = "parties/system-team" }, SystemId = "shop" });
        await _estate.ComponentAsync("checkout", more: component => component.System = "systems/shop");

        var day = await _estate.ResolveAsync("2026-03-09T10:00:00Z"); // Monday
        (day.TrailEnd.Reason, day.TrailEnd.NextBest.Party, day.TrailEnd.NextBest.Assignment).ShouldBe(
            (Reason.NoAssignment, "parties/system-team", "systems/shop"));
        var night = await _estate.ResolveAsync("2026-03-08T03:00:00Z"); // Sunday: the system's owner sleeps
        night.TrailEnd.NextBest.Party.ShouldBe("parties/desk");
        night.Reasons.TakeLast(3).Select(step => step.Kind).ShouldBe([Kind.End, Kind.NextBest, Kind.SupportHours]);
        var noted = _estate.Host.Services.GetRequiredService<TrailEnds>().Reader;
        noted.TryRead(out var end).ShouldBeTrue();
        (end!.Component, end.Area, end.Reason).ShouldBe(("components/checkout", "areas/incident-response", Reason.NoAssignment));
    }

    [Fact]
    public async Task ResolveOwner_DeletedParty_IsGoneFromThenOn()
    {
        await _estate.EnterAsync("shop", party => party.SupportHours = new SupportHours { Always = true });
        await _estate.ComponentAsync("checkout", owner: "parties/shop");
        _estate.Estate.Clock.Advance(TimeSpan.FromDays(1));
        var deleted = _estate.Now;
        await _estate.Admin.Parties.DeletePartyAsync(new DeletePartyRequest { Name = "parties/shop", Reason = "dissolved" });
        Task<ResolveOwnerResponse> Ask(NodaTime.Instant at) => _estate.Admin.Owners
            .ResolveOwnerAsync(new ResolveOwnerRequest { Name = "components/checkout", At = at.ToStamp() }).ResponseAsync;

        (await Ask(deleted - NodaTime.Duration.FromTicks(1))).Answer.Party.ShouldBe("parties/shop");
        var gone = await Ask(deleted);
        (gone.TrailEnd.Reason, gone.TrailEnd.Resource, gone.TrailEnd.NextBest).ShouldBe((Reason.PartyGone, "parties/shop", null));
    }

    [Fact]
    public async Task ResolveOwner_Escalation_ReachesWhoeverIsOnDutyAtEachLevel()
    {
        await _estate.EnterAsync("shop", party =>
        {
            party.Schedule = Turns("Europe/Berlin", "2026-03-23T09:00", Unit.Weeks, "one", "two");
            party.Contacts.Add(new Contact { User = "users/lead", Email = "lead@example.com" });
        });
        await _estate.ComponentAsync("checkout", owner: "parties/shop");
        await _estate.Admin.EscalationPolicies.CreateEscalationPolicyAsync(
            new CreateEscalationPolicyRequest { EscalationPolicyId = "default", EscalationPolicy = Policy() });

        var answer = await _estate.ResolveAsync("2026-03-30T08:50:00+02:00", ServiceSeverity.S1);

        answer.EscalationPolicy.ShouldBe("escalationPolicies/default");
        answer.Escalation.Select(one => (one.Time, one.Level, one.Round, one.Recipients[0].Person)).ShouldBe([
            (Stamp("2026-03-30T08:50:00+02:00"), 1, 1, "users/one"), // before the handover
            (Stamp("2026-03-30T09:05:00+02:00"), 2, 1, "users/lead"),
            (Stamp("2026-03-30T09:35:00+02:00"), 1, 2, "users/two"), // after it
            (Stamp("2026-03-30T09:50:00+02:00"), 2, 2, "users/lead")]);
        answer.Escalation[1].Recipients[0].Contacts.Single().Email.ShouldBe("lead@example.com");
        answer.Escalation[2].Recipients[0].LocalTime.ShouldBe("2026-03-30T09:35:00+02:00");
        (await _estate.ResolveAsync("2026-03-30T08:50:00+02:00", ServiceSeverity.S3)).Escalation.ShouldBeEmpty("no chain is for S3");
    }

    [Fact]
    public async Task ResolveOwner_WrongQuestion_NamesEachField()
    {
        await _estate.ComponentAsync("checkout");
        var refusal = await Refusal.OfAsync(_estate.Admin.Owners.ResolveOwnerAsync(
            new ResolveOwnerRequest { Name = "components/a b", Area = "x/y", Severity = (ServiceSeverity)9 }));
        refusal.Fields.ShouldBe(["name", "area", "severity"], ignoreOrder: true);
        (await Refusal.OfAsync(() => _estate.ResolveAsync("2026-01-01T00:00:00Z", area: "gardening"))).Fields.ShouldBe(["area"]);
        (await Refusal.OfAsync(_estate.Admin.Owners.ResolveOwnerAsync(new ResolveOwnerRequest { Name = "components/nowhere" }))).Code
            .ShouldBe(Grpc.Core.StatusCode.NotFound);
        (await _estate.ResolveAsync("2026-01-01T00:00:00Z")).TrailEnd.Reason.ShouldBe(Reason.NoAssignment);
    }

    /// <summary>A vendor in Berlin is responsible by a contract of half a year, a team is accountable around the clock.</summary>
    private async Task VendorAsync(Action<Party>? more = null)
    {
        await _estate.EnterAsync("shop", party => party.SupportHours = new SupportHours { Always = true });
        await _estate.EnterAsync(
            "carrier",
            party =>
            {
                party.SupportHours = Office("Europe/Berlin", "holidayCalendars/target2");
                more?.Invoke(party);
            },
            Party.Types.Kind.Vendor);
        await _estate.ComponentAsync("checkout", owner: "parties/shop");
        await _estate.AssignAsync("checkout", Incidents, "carrier", Duties.Responsible);
        static ServiceTarget Hours(double hours, ServiceTarget.Types.Clock clock) =>
            new() { Duration = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(hours)), Clock = clock };
        await _estate.ContractAsync("carrier-1", "carrier", contract =>
        {
            (contract.StartDate, contract.EndDate) = ("2026-01-01", "2026-06-30");
            contract.ServiceLevels.Add([
                new ServiceLevel { Severity = ServiceSeverity.S1, Response = Hours(
                    0.25, ServiceTarget.Types.Clock.Always), Resolution = Hours(4, ServiceTarget.Types.Clock.Unspecified) },
                new ServiceLevel { Severity = ServiceSeverity.S2, Response = Hours(
                    1, ServiceTarget.Types.Clock.SupportHours), Resolution = Hours(9, ServiceTarget.Types.Clock.SupportHours) },
                new ServiceLevel { Severity = ServiceSeverity.S4, Response = new ServiceTarget { BusinessDays = 1 } }]);
        });
    }

    private static EscalationPolicy Policy() => new()
    {
        DisplayName = "Everything that stops orders",
        Chains =
        {
            new EscalationPolicy.Types.Chain
            {
                Severities = { ServiceSeverity.S1, ServiceSeverity.S2 },
                Repeats = 1,
                Levels =
                {
                    new EscalationPolicy.Types.Level
                    {
                        Targets = { new EscalationPolicy.Types.Target { Duty = Duties.Accountable } },
                        Delay = new() { Seconds = 900 },
                    },
                    new EscalationPolicy.Types.Level
                    {
                        Targets = { new EscalationPolicy.Types.Target { Person = "users/lead" } },
                        Delay = new() { Seconds = 1800 },
                    },
                },
            },
        },
    };
}
