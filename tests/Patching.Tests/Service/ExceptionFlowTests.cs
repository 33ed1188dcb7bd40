using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.RolloutScene;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;
using Stand = Governance.Patching.V1.RemediationException.Types.State;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Tests.Service;

public class ExceptionFlowTests
{
    private const string Frozen = "exceptions/frozen-shop";
    private const string Affected = "pkg:composer/acme/shop-core@1.4.0";
    private const string Fixed = "pkg:composer/acme/shop-core@2.0.0";

    /// <summary>HIGH, published on 1 March, under the house's policy: 14 days.</summary>
    private static readonly DateTimeOffset Due = new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Expiry = Due.AddDays(5);

    [Fact]
    public async Task Approve_ByAnyoneInvolvedOrAKey_IsRefusedAndByAnotherExcepts()
    {
        await using var patching = await StartAsync();
        var asked = await RequestAsync(patching, caller: Callers.Key("k1", "ines", "engineer", "approver"));
        (asked.State, asked.Requester, asked.Digest.Length).ShouldBe((Stand.Requested, "users/ines", 64));
        var edited = await patching.As(Omar).Exceptions.UpdateExceptionAsync(new UpdateExceptionRequest
        {
            Exception = new RemediationException { Name = Frozen, CompensatingControls = { "The firewall blocks the path." } },
            UpdateMask = new FieldMask { Paths = { "compensating_controls" } },
        });
        (edited.Reason, edited.Editors.ShouldHaveSingleItem()).ShouldBe((asked.Reason, "users/omar"));
        edited.Digest.ShouldNotBe(asked.Digest);
        await Eventually.HoldsAsync(
            () => patching.Estate.PubSub.Of<RemediationExceptionChanged>().Any(changed => changed.Exception.Digest == edited.Digest),
            "it is told to others");
        var told = patching.Estate.PubSub.Of<RemediationExceptionChanged>()[^1];
        (told.Meta.Change, told.Exception.State, told.Exception.Components.ShouldHaveSingleItem()).ShouldBe(
            ("UPDATED", Stand.Requested, PatchingEstate.Shop));
        edited.Components.ShouldBeEmpty();

        async Task<string> RefusedAsync(Caller caller, string digest = "") =>
            (await Refusal.OfAsync(() => ApproveAsync(patching, caller, digest))).Reason;
        (await RefusedAsync(Ines)).ShouldBe("SELF_APPROVAL");
        (await RefusedAsync(Omar)).ShouldBe("SELF_APPROVAL");
        (await RefusedAsync(Callers.Key("k1", "ines", "approver"))).ShouldBe("KEYS_CANNOT_APPROVE");
        (await RefusedAsync(Callers.Key("k2", "mia", "approver"))).ShouldBe("KEYS_CANNOT_APPROVE");
        (await RefusedAsync(Callers.Person("zoe", "engineer"))).ShouldBe("PERMISSION_MISSING");
        (await RefusedAsync(Mia, asked.Digest)).ShouldBe("DIGEST_MISMATCH");

        var approved = await ApproveAsync(patching, Mia, edited.Digest);
        var approval = approved.Approvals.ShouldHaveSingleItem();
        (approved.State, approval.Approver, approval.Digest).ShouldBe((Stand.Approved, "users/mia", edited.Digest));
        var excepted = await patching.OnlyAsync();
        (excepted.State, excepted.Exception, excepted.ExceptedUntil.ToDateTimeOffset(), excepted.Due.ToDateTimeOffset()).ShouldBe(
            (State.Excepted, Frozen, Expiry, Due));
        await Eventually.HoldsAsync(() => patching.Estate.PubSub.Of<SlotDemandChanged>()[^1].Meta.Deleted, "the demand is taken back");
        (await RefusedAsync(Mia)).ShouldBe("ALREADY_APPROVED");
        var late = patching.As(Omar).Exceptions.UpdateExceptionAsync(new UpdateExceptionRequest { Exception = edited });
        (await Refusal.OfAsync(late)).Code.ShouldBe(StatusCode.Aborted);
    }

    [Fact]
    public async Task Expire_WhileTheServiceSlept_LetsTheClockGoOnFromTheExpiry()
    {
        await using var patching = await StartAsync();
        await InForceAsync(patching);
        patching.Estate.Clock.Set(Due.AddDays(1));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected, "pkg:npm/left-pad@1.0.0");
        (await patching.OnlyAsync()).DeadlineOutcome.ShouldBe(Outcome.Unspecified);

        await SleepUntilAsync(patching, Expiry.AddDays(5));
        await Eventually.HoldsAsync(async () => (await patching.OnlyAsync()).State == State.Open, "the remediation is open again");
        var open = await patching.OnlyAsync();
        (open.DeadlineOutcome, open.Due.ToDateTimeOffset(), open.DueHistory.Count, open.Exception).ShouldBe((Outcome.Missed, Due, 1, ""));
        (open.ExceptedPeriods.ShouldHaveSingleItem().Until.ToDateTimeOffset(), open.ReopenReason).ShouldBe((Expiry, $"{Frozen} expired."));
        (open.MissedAt.ToDateTimeOffset(), open.StateHistory[^1].At.ToDateTimeOffset()).ShouldBe((Expiry, Expiry));
        var expired = await GetAsync(patching);
        (expired.State, expired.EndTime.ToDateTimeOffset()).ShouldBe((Stand.Expired, Expiry));
    }

    [Fact]
    public async Task Expire_WhileTheServiceSlept_RestartsTheClockWhereThePolicySaysSo()
    {
        await using var patching = await StartAsync();
        await ChangePolicyAsync(patching, "exception_clock", policy => policy.ExceptionClock = Policy.Types.ExceptionClock.Restarts);
        await InForceAsync(patching);
        await SleepUntilAsync(patching, Expiry.AddDays(5));
        await Eventually.HoldsAsync(async () => (await patching.OnlyAsync()).State == State.Open, "the remediation is open again");
        var open = await patching.OnlyAsync();
        (open.DeadlineOutcome, open.Due.ToDateTimeOffset(), open.ClockStart.ToDateTimeOffset(), open.ClockBasis).ShouldBe(
            (Outcome.Unspecified, Expiry.AddDays(14), Expiry, "EXCEPTION_END"));
        open.DueHistory[^1].Reason.ShouldStartWith($"{Frozen} expired. The clock starts anew:");

        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1", severity: "CRITICAL", modified: "2026-03-02T00:00:00Z"));
        (await patching.OnlyAsync()).Due.ToDateTimeOffset().ShouldBe(Expiry.AddDays(3));
        await Eventually.HoldsAsync(
            async () => (await patching.OnlyAsync()).DeadlineOutcome == Outcome.Missed, "the stricter deadline is missed");
    }

    [Fact]
    public async Task Revoke_InForce_OpensAtOnceAndItsDeadlineCountsAgain()
    {
        await using var patching = await StartAsync();
        await InForceAsync(patching);
        var unexplained = patching.As(Mia).Exceptions.RevokeExceptionAsync(new RevokeExceptionRequest { Name = Frozen });
        (await Refusal.OfAsync(unexplained)).Fields.ShouldBe(["reason"]);
        patching.Estate.Clock.Advance(TimeSpan.FromHours(1));
        var revoked = await RevokeAsync(patching);
        (revoked.State, revoked.EndReason).ShouldBe((Stand.Revoked, "The firewall is gone."));
        var open = await patching.OnlyAsync();
        (open.State, open.Due.ToDateTimeOffset(), open.ExceptedPeriods[0].Until).ShouldBe((State.Open, Due, revoked.EndTime));
        await Eventually.HoldsAsync(() => !patching.Estate.PubSub.Of<SlotDemandChanged>()[^1].Meta.Deleted, "the calendar is asked again");
        (await Refusal.OfAsync(() => RevokeAsync(patching))).Reason.ShouldBe("EXCEPTION_NOT_APPROVED");
        patching.Estate.Clock.Set(Due.AddSeconds(1));
        await Eventually.HoldsAsync(async () => (await patching.OnlyAsync()).DeadlineOutcome == Outcome.Missed, "the deadline is missed");
    }

    [Fact]
    public async Task Fix_DuringAnException_MeetsTheDeadlineAndItsEndChangesNothing()
    {
        await using var patching = await StartAsync();
        await InForceAsync(patching);
        patching.Estate.Clock.Set(Due.AddDays(1));
        await patching.HasAsync(PatchingEstate.Shop, "production", Fixed);
        var done = await patching.OnlyAsync();
        (done.State, done.DeadlineOutcome, done.ExceptedPeriods[0].Until).ShouldBe((State.Remediated, Outcome.Met, done.Closed));
        patching.Estate.Clock.Set(Expiry);
        await Eventually.HoldsAsync(async () => (await GetAsync(patching)).State == Stand.Expired, "the exception expires");
        (await patching.OnlyAsync()).Etag.ShouldBe(done.Etag);
    }

    [Fact]
    public async Task Miss_BeforeAnException_StaysMissed()
    {
        await using var patching = await StartAsync();
        patching.Estate.Clock.Set(Due.AddMinutes(1));
        await InForceAsync(patching);
        (await patching.OnlyAsync()).DeadlineOutcome.ShouldBe(Outcome.Missed);
        await patching.HasAsync(PatchingEstate.Shop, "production", Fixed);
        var done = await patching.OnlyAsync();
        (done.State, done.DeadlineOutcome).ShouldBe((State.Remediated, Outcome.Missed));
    }

    [Fact]
    public async Task Expiry_PastOrLongerThanThePolicyAllows_IsRefusedNamingBoth()
    {
        await using var patching = await StartAsync();
        var now = patching.Estate.Clock.GetUtcNow();
        var tooLong = await Refusal.OfAsync(() => RequestAsync(patching, now.AddDays(90).AddSeconds(1)));
        tooLong.Fields.ShouldBe(["exception.expiry"]);
        tooLong.Message.ShouldContain("2026-05-31T09:00:01Z");
        tooLong.Message.ShouldContain("policies/house-default lets an exception last at most 90 days: until 2026-05-31T09:00:00Z");
        (await Refusal.OfAsync(() => RequestAsync(patching, now))).Fields.ShouldBe(["exception.expiry"]);
        await RequestAsync(patching, now.AddDays(90));

        await ChangePolicyAsync(patching, "maximum_exception_days", policy => policy.MaximumExceptionDays = 30);
        var refused = await Refusal.OfAsync(() => ApproveAsync(patching, Mia));
        (refused.Reason, refused.Facts["policy"], refused.Facts["expiry"]).ShouldBe(
            ("EXCEPTION_TOO_LONG", "policies/house-default", "2026-05-31T09:00:00Z"));
        (await patching.OnlyAsync()).State.ShouldBe(State.Open);
    }

    [Fact]
    public async Task Create_FaultyRequest_NamesEveryFault()
    {
        await using var patching = await StartAsync();
        var faulty = new RemediationException { Remediations = { "shop" }, CompensatingControls = { " " } };
        var refused = await Refusal.OfAsync(
            patching.As(Ines).Exceptions.CreateExceptionAsync(new CreateExceptionRequest { Exception = faulty, ExceptionId = "X" }));
        refused.Fields.ShouldBe(
            [
                "exception_id", "exception.remediations[0]", "exception.reason", "exception.compensating_controls[0]", "exception.risk.level", "exception.expiry",
            ]);
        await patching.HasAsync(PatchingEstate.Shop, "production", Fixed);
        (await Refusal.OfAsync(() => RequestAsync(patching))).Fields.ShouldBe(["exception.remediations[0]"]);
    }

    [Fact]
    public async Task Facts_WorseSinceTheApproval_AreShownUntilTheNextReview()
    {
        await using var patching = await StartAsync();
        await InForceAsync(patching, review: Due.AddDays(-1));
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1", severity: "CRITICAL", modified: "2026-03-02T00:00:00Z"));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected, "pkg:composer/acme/shop-core@1.5.0");
        var changed = await GetAsync(patching);
        changed.State.ShouldBe(Stand.Approved);
        changed.ChangedSinceApproval.Select(change => change.Reason)
            .ShouldBe(["Severity is CRITICAL, was HIGH.", "pkg:composer/acme/shop-core@1.5.0 is affected, too."]);

        patching.Estate.Clock.Set(Due);
        await Eventually.HoldsAsync(async () => (await GetAsync(patching)).ReviewOverdue, "the review is overdue");
        (await patching.Admin.Exceptions.ListExceptionsAsync(new ListExceptionsRequest { ReviewOverdue = true })).Exceptions.Count
            .ShouldBe(1);
        var own = patching.As(Ines).Exceptions.ReviewExceptionAsync(new ReviewExceptionRequest { Name = Frozen, Comment = "Still fine." });
        (await Refusal.OfAsync(own)).Reason.ShouldBe("SELF_APPROVAL");
        var reviewed =
            await patching.As(Mia).Exceptions.ReviewExceptionAsync(new ReviewExceptionRequest { Name = Frozen, Comment = "Still fine." });
        (reviewed.ReviewOverdue, reviewed.ChangedSinceApproval.Count, reviewed.Reviews.ShouldHaveSingleItem().Changes.Count).ShouldBe(
            (false, 0, 2));
    }

    [Fact]
    public async Task Exception_OfWhatARolloutCarries_LeavesItThereAndEndsIntoItsState()
    {
        await using var patching = await StartAsync();
        await ApprovedAsync(patching);
        await BookAllAsync(patching);
        await InForceAsync(patching);
        var excepted = await patching.OnlyAsync();
        (excepted.State, excepted.Rollout).ShouldBe((State.Excepted, Name));
        await RevokeAsync(patching);
        (await patching.OnlyAsync()).State.ShouldBe(State.Scheduled);
        await InForceAsync(patching, id: "once-more");
        await patching.As(Ines).Rollouts.CancelRolloutAsync(new CancelRolloutRequest { Name = Name, Reason = "Not now." });
        var left = await patching.OnlyAsync();
        (left.State, left.Rollout, left.ExceptedPeriods.Count).ShouldBe((State.Excepted, "", 2));
    }

    [Fact]
    public async Task Exception_OfAnEndOfLife_SurvivesImportsAndClosesWithTheUpgrade()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.RunsAsync(1, PatchingEstate.Shop, "magento", "8.1.7", "production");
        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.2", "8.1 2026-03-10"));
        await InForceAsync(patching);
        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.2", "8.1 2026-03-09"));
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:npm/left-pad@1.0.0");
        (await patching.OnlyAsync()).State.ShouldBe(State.Excepted);
        patching.Estate.Clock.Set(Due);
        await patching.RunsAsync(2, PatchingEstate.Shop, "magento", "8.2.1", "production");
        var done = await patching.OnlyAsync();
        (done.State, done.DeadlineOutcome).ShouldBe((State.Remediated, Outcome.Met));
    }

    [Fact]
    public async Task List_Filtered_ShowsWhatIsAskedForWithinReach()
    {
        await using var patching = await StartAsync();
        await RequestAsync(patching);
        async Task<int> CountAsync(ListExceptionsRequest request, Caller? caller = null) =>
            (await patching.As(caller ?? Callers.Admin).Exceptions.ListExceptionsAsync(request)).Exceptions.Count;
        var remediation = (await patching.OnlyAsync()).Name;
        (await CountAsync(new ListExceptionsRequest { States = { Stand.Requested }, Remediation = remediation, Component = "shop" }))
            .ShouldBe(1);
        (await CountAsync(new ListExceptionsRequest { ExpiresBefore = Expiry.ToTimestamp() })).ShouldBe(0);
        (await CountAsync(new ListExceptionsRequest { States = { Stand.Approved } })).ShouldBe(0);
        (await CountAsync(new ListExceptionsRequest(), Callers.Person("eve", "engineer@systems/other"))).ShouldBe(0);
        var rejected =
            await patching.As(Mia).Exceptions.RejectExceptionAsync(new RejectExceptionRequest { Name = Frozen, Reason = "Do it." });
        (rejected.State, rejected.EndReason, (await patching.OnlyAsync()).State).ShouldBe((Stand.Rejected, "Do it.", State.Open));
        (await Refusal.OfAsync(() => ApproveAsync(patching, Mia))).Reason.ShouldBe("EXCEPTION_NOT_REQUESTED");
    }

    private static async Task<RemediationException> RequestAsync(
        PatchingEstate patching, DateTimeOffset? expiry =
            null, DateTimeOffset? review = null, Caller? caller = null, string id = "frozen-shop") =>
        await patching.As(caller ?? Ines).Exceptions.CreateExceptionAsync(new CreateExceptionRequest
        {
            ExceptionId = id,
            Exception = new RemediationException
            {
                Remediations = { (await patching.OnlyAsync()).Name },
                Reason = "The shop is frozen until the sale is over.",
                CompensatingControls = { "The admin is reachable from inside alone." },
                Risk = new Risk { Level = Severity.Medium, Description = "An insider could use it." },
                Expiry = (expiry ?? Expiry).ToTimestamp(),
                NextReviewTime = review?.ToTimestamp(),
            },
        });

    private static async Task InForceAsync(PatchingEstate patching, DateTimeOffset? review = null, string id = "frozen-shop")
    {
        await RequestAsync(patching, review: review, id: id);
        await patching.As(Mia).Exceptions.ApproveExceptionAsync(new ApproveExceptionRequest { Name = $"exceptions/{id}" });
    }

    private static async Task<RemediationException> ApproveAsync(PatchingEstate patching, Caller caller, string digest = "") =>
        await patching.As(caller).Exceptions.ApproveExceptionAsync(new ApproveExceptionRequest { Name = Frozen, Digest = digest });

    private static async Task<RemediationException> RevokeAsync(PatchingEstate patching) =>
        await patching.As(Mia).Exceptions
            .RevokeExceptionAsync(new RevokeExceptionRequest { Name = Frozen, Reason = "The firewall is gone." });

    private static async Task<RemediationException> GetAsync(PatchingEstate patching) =>
        await patching.Admin.Exceptions.GetExceptionAsync(new GetExceptionRequest { Name = Frozen });

    private static async Task SleepUntilAsync(PatchingEstate patching, DateTimeOffset until)
    {
        await patching.Estate.StopAsync(ServiceCatalog.Patching);
        patching.Estate.Clock.Set(until);
        await patching.Estate.StartAsync(PatchingDefinition.Value);
    }

    private static async Task ChangePolicyAsync(PatchingEstate patching, string field, Action<Policy> change)
    {
        var policy = new Policy { Name = "policies/house-default" };
        change(policy);
        await patching.Admin.Policies.UpdatePolicyAsync(
            new UpdatePolicyRequest { Policy = policy, UpdateMask = new FieldMask { Paths = { field } } });
    }
}
