using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using Shouldly;
using Xunit;
using Kind = Governance.Ownership.V1.Recipient.Types.Kind;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>Whoever is on duty at that moment is told, in their own zone and by their own address.</summary>
public sealed class OnDutyTests : IAsyncLifetime
{
    private NotifyingEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await NotifyingEstate.StartAsync();
        await _estate.TurnOffAsync("approval-waiting");
        await _estate.Estate.PartyAsync("shop", more: party =>
        {
            party.SupportHours = new SupportHours
            {
                TimeZone = "Europe/Berlin",
                Weekly = { new WeeklyHours { Day = Weekday.Monday, Opens = "09:00", Closes = "17:00" } },
            };
            party.Contacts.Add(new Contact { DisplayName = "Team", Email = "team@example.com" });
            party.Contacts.Add(new Contact { DisplayName = "Ines", User = "users/ines", Email = "ines@example.com" });
        });
        await _estate.Estate.ComponentAsync("checkout", owner: "parties/shop", tier: 1);
        await _estate.RuleAsync("duty", Occasion.ApprovalWaiting, null, new Recipient { Kind = Kind.OwnerOnDuty });
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Owner_WithinSupportHoursAndWithoutASchedule_IsToldByTheContactsOfTheWhole()
    {
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        (await _estate.ToldAsync("rollouts/r1", 1, State.Sent))[0].OnDuty.ShouldBeTrue();
        _estate.Mails.Mails.ShouldHaveSingleItem().Recipients.ShouldBe(["team@example.com"]);
    }

    [Fact]
    public async Task Owner_OutsideOfSupportHours_IsNotToldAndTheLogSaysThatNobodyIsOnDuty()
    {
        _estate.Estate.Estate.Clock.Set(new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero));
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        (await _estate.ToldAsync("rollouts/r1", 1, State.Suppressed))[0].Reason.ShouldBe(
            "Nobody of parties/shop is on duty at 2026-03-02 16:00 UTC.");
        _estate.Mails.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Owner_WithSomebodyOnCall_IsToldByThatPersonsAddress()
    {
        var now = _estate.Estate.Estate.Clock.GetUtcNow();
        await _estate.Estate.PartyAsync("night", more: party =>
        {
            party.Contacts.Add(new Contact { DisplayName = "Team", Email = "team@example.com" });
            party.Contacts.Add(new Contact { DisplayName = "Ines", User = "users/ines", Email = "ines@example.com" });
            party.Schedule = new OnCallSchedule
            {
                TimeZone = "Europe/Berlin",
                Shifts = { new OnCallSchedule.Types.Shift
                {
                    User = "users/ines",
                    From = Timestamp.FromDateTimeOffset(now.AddHours(-1)),
                    Until = Timestamp.FromDateTimeOffset(now.AddHours(1)),
                } },
            };
        });
        await _estate.Estate.ComponentAsync("search", owner: "parties/night", tier: 1);
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1", "components/search"));

        await _estate.ToldAsync("rollouts/r1", 1, State.Sent);
        _estate.Mails.Mails.ShouldHaveSingleItem().Recipients.ShouldBe(["ines@example.com"]);
    }
}
