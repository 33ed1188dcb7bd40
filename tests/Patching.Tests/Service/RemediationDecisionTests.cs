using Governance.BuildingBlocks.Security;
using Governance.Patching.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.RolloutScene;
using ClosedBy = Governance.Patching.V1.Remediation.Types.ClosedBy;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;
using State = Governance.Patching.V1.Remediation.Types.State;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.Patching.Tests.Service;

public class RemediationDecisionTests
{
    private const string Affected = "pkg:composer/acme/shop-core@1.4.0";

    [Fact]
    public async Task NotAffected_SameVersionsImportedAgain_StaysAndANewVersionOpensIt()
    {
        await using var patching = await StartAsync();
        var marked = await MarkAsync(patching, Mia);
        (marked.State, marked.ClosedBy, marked.DeadlineOutcome).ShouldBe((State.NotAffected, ClosedBy.Assessment, Outcome.Unspecified));
        (marked.Assessment.Assessor, marked.Assessment.Justification).ShouldBe(
            ("users/mia", Assessment.Types.Justification.VulnerableCodeNotInExecutePath));

        await patching.HasAsync(PatchingEstate.Shop, "production", Affected, "pkg:npm/left-pad@1.0.0");
        await patching.ImportAsync(
            AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1", severity: "CRITICAL", fixedIn: "3.0.0", modified: "2026-03-02T00:00:00Z"));
        (await patching.OnlyAsync()).State.ShouldBe(State.NotAffected);

        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.5.0");
        var open = await patching.OnlyAsync();
        (open.State, open.Assessment, open.ClosedBy, open.Severity).ShouldBe(
            (State.Open, null, ClosedBy.Unspecified, Common.V1.Severity.Critical));
        open.ReopenReason.ShouldContain("shop-core@2.5.0");
    }

    [Fact]
    public async Task NotAffected_ByAKeyOrWithoutEvidence_IsRefused()
    {
        await using var patching = await StartAsync();
        (await Refusal.OfAsync(() => MarkAsync(patching, Callers.Key("k1", "mia", "approver")))).Reason.ShouldBe("KEYS_CANNOT_APPROVE");
        (await Refusal.OfAsync(() => MarkAsync(patching, Callers.Person("zoe", "engineer")))).Reason.ShouldBe("PERMISSION_MISSING");
        var name = (await patching.OnlyAsync()).Name;
        var faulty = await Refusal.OfAsync(
            patching.As(Mia).Remediations.MarkNotAffectedAsync(new MarkNotAffectedRequest { Name = name, Evidence = "see wiki" }));
        (faulty.Code, string.Join(' ', faulty.Fields)).ShouldBe((StatusCode.InvalidArgument, "justification impact_statement evidence"));
        (await patching.OnlyAsync()).State.ShouldBe(State.Open);
    }

    [Fact]
    public async Task Resolve_ByAnIsolatedPatch_StaysThoughALaterInventoryShowsTheOldVersion()
    {
        await using var patching = await StartAsync();
        var due = (await patching.OnlyAsync()).Due;
        var resolved = await ResolveAsync(patching);
        (resolved.State, resolved.ClosedBy, resolved.DeadlineOutcome, resolved.Patch.Patch).ShouldBe(
            (State.Remediated, ClosedBy.IsolatedPatch, Outcome.Met, "ACSD-1"));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        var shown = await patching.OnlyAsync();
        (shown.State, shown.Evidence).ShouldBe((State.Remediated, resolved.Evidence));
        shown.StillShownBy.ShouldStartWith("CYCLONEDX of ");

        var reopened = await ReopenAsync(patching);
        (reopened.State, reopened.ReopenReason, reopened.Patch, reopened.StillShownBy, reopened.Due).ShouldBe(
            (State.Open, "The patch does not apply.", null, "", due));
        (reopened.DeadlineOutcome, reopened.DueHistory.Count).ShouldBe((Outcome.Unspecified, 1));
        (await Refusal.OfAsync(() => ReopenAsync(patching))).Reason.ShouldBe("NOT_CLOSED_BY_HAND");
    }

    [Fact]
    public async Task Reopen_AfterAMissOrAFix_KeepsTheMissAndClosesWhatIsFixed()
    {
        await using var patching = await StartAsync();
        patching.Estate.Clock.Set((await patching.OnlyAsync()).Due.ToDateTimeOffset().AddMinutes(1));
        await Eventually.HoldsAsync(async () => (await patching.OnlyAsync()).DeadlineOutcome == Outcome.Missed, "the deadline is missed");
        (await ResolveAsync(patching)).DeadlineOutcome.ShouldBe(Outcome.Missed);
        (await ReopenAsync(patching)).DeadlineOutcome.ShouldBe(Outcome.Missed);
        await MarkAsync(patching, Mia);
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.0.0");
        (await patching.OnlyAsync()).State.ShouldBe(State.NotAffected);
        var reopened = await ReopenAsync(patching);
        (reopened.State, reopened.ClosedBy, reopened.DeadlineOutcome).ShouldBe((State.Remediated, ClosedBy.Inventory, Outcome.Missed));
    }

    [Fact]
    public async Task Resolve_WhatARolloutCarries_IsLetGoAndTheRolloutGoesOn()
    {
        await using var patching = await StartAsync();
        await ApprovedAsync(patching);
        await patching.AnswerAsync(await patching.WishAsync(Name, "staging", Wanted.Booked), Booking.Types.State.Confirmed);
        (await ResolveAsync(patching)).Rollout.ShouldBe("");
        var rollout = await patching.GetAsync(Name);
        (rollout.State, rollout.Remediations.Count).ShouldBe((Rollout.Types.State.Scheduled, 1));
        (await ReopenAsync(patching)).Rollout.ShouldBe("");
    }

    [Fact]
    public async Task Reopen_WhatAPersonDecidedOfAPlatform_WaitsForAPersonAgain()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.RunsAsync(1, PatchingEstate.Shop, "shop", "2.4.7", "production");
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("1", "2026-03-01T00:00:00Z", "CVE-2026-0001"));
        await MarkAsync(patching, Mia);
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:npm/left-pad@1.0.0");
        (await patching.OnlyAsync()).State.ShouldBe(State.NotAffected);
        var reopened = await ReopenAsync(patching);
        (reopened.State, reopened.Undecided).ShouldBe((State.Open, true));
    }

    [Fact]
    public async Task Decide_OnWhatIsClosedOrOutOfReach_IsRefused()
    {
        await using var patching = await StartAsync();
        var name = (await patching.OnlyAsync()).Name;
        var far = Callers.Person("eve", "engineer@systems/other");
        (await Refusal.OfAsync(() => ResolveAsync(patching, far, name))).Code.ShouldBe(StatusCode.NotFound);
        await ResolveAsync(patching);
        var refused = await Refusal.OfAsync(() => ResolveAsync(patching));
        (refused.Reason, refused.Facts["state"]).ShouldBe(("REMEDIATION_CLOSED", "REMEDIATED"));
    }

    private static async Task<Remediation> MarkAsync(PatchingEstate patching, Caller caller) =>
        await patching.As(caller).Remediations.MarkNotAffectedAsync(new MarkNotAffectedRequest
        {
            Name = (await patching.OnlyAsync()).Name,
            Justification = Assessment.Types.Justification.VulnerableCodeNotInExecutePath,
            ImpactStatement = "The shop never calls the parser.",
            Evidence = "https://wiki.example.org/cve-2026-1",
        });

    private static async Task<Remediation> ResolveAsync(PatchingEstate patching, Caller? caller = null, string? name = null) =>
        await patching.As(caller ?? Ines).Remediations.ResolveRemediationAsync(new ResolveRemediationRequest
        {
            Name = name ?? (await patching.OnlyAsync()).Name,
            Patch = "ACSD-1",
            Evidence = "https://ci.example.org/runs/9",
        });

    private static async Task<Remediation> ReopenAsync(PatchingEstate patching) =>
        await patching.As(Ines).Remediations.ReopenRemediationAsync(
            new ReopenRemediationRequest { Name = (await patching.OnlyAsync()).Name, Reason = "The patch does not apply." });
}
