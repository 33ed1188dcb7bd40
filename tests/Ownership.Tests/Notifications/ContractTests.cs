using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Governance.Patching.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using Severity = Governance.Ownership.V1.OwnershipGap.Types.Severity;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>A contract's dates are told to its internal owner, by the calendar of its own zone.</summary>
public sealed class ContractTests
{
    [Fact]
    public async Task NoticeDate_ThirtyDaysAhead_IsToldOnceToTheInternalOwner_AndAnotherOneAgain()
    {
        await using var estate = await NotifyingEstate.StartAsync();
        await estate.HookedPartyAsync("procurement");
        await estate.HookedPartyAsync("vendor");
        await WriteAsync(estate, Contract(notice: "2026-05-31"), create: true);
        var begins = new DateTimeOffset(2026, 5, 1, 4, 0, 0, TimeSpan.Zero);

        estate.Estate.Estate.Clock.Set(begins.AddSeconds(-1));
        await estate.SettleAsync();
        (await estate.LogAsync("contracts/hosting")).ShouldBeEmpty();
        estate.Estate.Estate.Clock.Set(begins);
        var told = (await estate.ToldAsync("contracts/hosting", 1, State.Sent))[0];
        (told.Occasion, told.Party).ShouldBe((Occasion.ContractNoticeNear, "parties/procurement"));
        told.Text.ShouldContain("2026-05-31 is the last day to give notice to parties/vendor");

        await WriteAsync(estate, Contract(notice: "2026-05-31", note: "Another note"), create: false);
        await estate.SettleAsync();
        (await estate.LogAsync("contracts/hosting")).ShouldHaveSingleItem();
        await WriteAsync(estate, Contract(notice: "2026-05-20"), create: false);
        await estate.ToldAsync("contracts/hosting", 2, State.Sent);
    }

    [Fact]
    public async Task Obligation_NotDoneOnItsDay_IsToldTheDayAfterUnlessItWasDone()
    {
        await using var estate = await NotifyingEstate.StartAsync();
        await estate.HookedPartyAsync("procurement");
        var contract = Contract(notice: "");
        contract.Obligations.Add(
            new Obligation { Id = "pen-test", What = "Penetration test", DueDate = "2026-03-05", Status = Obligation.Types.Status.Open });
        contract.Obligations.Add(
            new Obligation { Id = "handover", What = "Handover", DueDate = "2026-03-05", Status = Obligation.Types.Status.Done });
        await WriteAsync(estate, contract, create: true);

        estate.Estate.Estate.Clock.Set(new DateTimeOffset(2026, 3, 6, 4, 59, 59, TimeSpan.Zero));
        await estate.SettleAsync();
        (await estate.LogAsync("contracts/hosting")).ShouldBeEmpty();
        estate.Estate.Estate.Clock.Set(new DateTimeOffset(2026, 3, 6, 5, 0, 0, TimeSpan.Zero));

        var told = (await estate.ToldAsync("contracts/hosting", 1, State.Sent))[0];
        (told.Occasion, told.Title).ShouldBe((Occasion.ActionOverdue, "Overdue: Penetration test by parties/vendor"));
    }

    [Fact]
    public async Task Feed_ThatNobodyOwns_GoesToTheDefaultParty()
    {
        await using var estate = await NotifyingEstate.StartAsync();
        await estate.HookedPartyAsync("security", party => party.Labels["default"] = "");
        await estate.DeliverAsync(new Feed { Name = "feeds/kev", DisplayName = "KEV", Enabled = true, Stale = true });

        var told = (await estate.ToldAsync("feeds/kev", 1, State.Sent))[0];
        (told.Occasion, told.Party, told.Text).ShouldBe((Occasion.FeedStale, "parties/security", "It has never succeeded."));
    }

    [Fact]
    public async Task Gap_ThatOpens_IsToldOnlyByARuleThatIsOn_AndNotWhenItClosedBefore()
    {
        await using var estate = await NotifyingEstate.StartAsync();
        await estate.HookedPartyAsync("shop");
        var before = await OpenAsync(estate, "before");
        await estate.RuleAsync("gaps", Occasion.GapOpened, null, NotifyingEstate.To("parties/shop"));

        estate.Hooks.Answer = _ => 503;
        var (first, second) = (await OpenAsync(estate, "first"), await OpenAsync(estate, "second"));
        await estate.ToldAsync(first, 1, State.Pending);
        await estate.ToldAsync(second, 1, State.Pending);
        await CloseAsync(estate, first);
        estate.Hooks.Answer = _ => 204;

        (await estate.ToldAsync(second, 1, State.Sent))[0].Occasion.ShouldBe(Occasion.GapOpened);
        await estate.ToldAsync(first, 1, State.Suppressed);
        (await estate.LogAsync(before)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Mails_ThatWaitTogetherForOneAddress_AreOneMail()
    {
        await using var estate = await NotifyingEstate.StartAsync();
        await estate.TurnOffAsync("approval-waiting");
        foreach (var id in new[] { "r1", "r2", "r3" }) await estate.DeliverAsync(NotifyingEstate.Waiting(id));
        await estate.RuleAsync("by-mail", Occasion.ApprovalWaiting, null, NotifyingEstate.Address("duty@example.com"));

        foreach (var id in new[] { "r1", "r2", "r3" }) await estate.ToldAsync($"rollouts/{id}", 1, State.Sent);
        var mail = estate.Mails.Mails.ShouldHaveSingleItem();
        mail.Header("Subject").ShouldEndWith(", and 2 more");
        foreach (var id in new[] { "r1", "r2", "r3" }) mail.Body.ShouldContain($"https://governance.example.com/v1/rollouts/{id}");
    }

    /// <summary>One that nothing looks at again by itself.</summary>
    private static Task<string> OpenAsync(NotifyingEstate estate, string related) =>
        estate.Estate.Host.Services.GetRequiredService<Writes<OwnershipDb>>().RunAsync(
            "CheckGaps",
            (unit, _) =>
            {
                var finding = new Finding(
                    OwnershipGap.Types.Kind.OwnerWithoutContact, "Nobody can be reached.")
                { Party = "parties/shop", Related = related };
                var gap = Gap.Open("parties/elsewhere", finding, 1, Severity.High, unit.Now, unit.Now);
                unit.Insert(gap);
                return Task.FromResult(gap.Name);
            },
            CancellationToken.None);

    private static Task CloseAsync(NotifyingEstate estate, string name) =>
        estate.Estate.Host.Services.GetRequiredService<Writes<OwnershipDb>>().RunAsync(
            "CheckGaps",
            async (unit, ct) =>
                (await unit.Db.Gaps.AsTracking().SingleAsync(gap => "ownershipGaps/" + gap.Id == name, ct)).Close(unit.Now, unit.Now),
            CancellationToken.None);

    private static Contract Contract(string notice, string note = "") => new()
    {
        DisplayName = "Hosting",
        Party = "parties/vendor",
        InternalOwner = "parties/procurement",
        TimeZone = "America/New_York",
        NoticeDate = notice,
        EndDate = "2026-08-31",
        Renewal = V1.Contract.Types.Renewal.Automatic,
        Note = note,
    };

    private static Task WriteAsync(NotifyingEstate estate, Contract terms, bool create) =>
        estate.Estate.Host.Services.GetRequiredService<Writes<OwnershipDb>>().RunAsync(
            "EnterContract",
            async (unit, ct) =>
            {
                if (create)
                {
                    await unit.AddAsync(Governance.Ownership.Contracts.Contract.Create("hosting", terms, unit.Now), ct);
                }
                else
                {
                    var kept = await unit.Db.Contracts.AsTracking().SingleAsync(one => one.Id == "hosting", ct);
                    await History.RevisionLog.ReviseAsync(unit, kept, terms, null, null, ct);
                }
            },
            CancellationToken.None);
}
