using Governance.BuildingBlocks.Security;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Freezes;

public sealed class OverrideTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    private static readonly Caller Ines = Callers.Person("ines", "engineer");
    private static readonly Caller Max = Callers.Person("max", "approver");

    [Fact]
    public async Task ApproveOverride_ByEnoughOthers_LetsItPass()
    {
        await FreezeAsync("two-approvals", approvals: 2);
        var asked = await AskAsync("two-approvals");

        var first = await estate.As(Max).Overrides.ApproveOverrideAsync(new() { Name = asked.Name, Comment = "Card fraud is worse" });
        var second = await estate.As("mia", "approver").Overrides.ApproveOverrideAsync(new() { Name = asked.Name, Etag = first.Etag });

        (asked.State, asked.Requester).ShouldBe((Override.Types.State.Pending, "users/ines"));
        first.State.ShouldBe(Override.Types.State.Pending);
        second.State.ShouldBe(Override.Types.State.Approved);
        second.Approvals.Select(approval => approval.Approver).ShouldBe(["users/max", "users/mia"]);
        second.Approvals.ShouldAllBe(approval => approval.Digest == asked.Digest && approval.Roles.Contains("approver"));
    }

    [Fact]
    public async Task ApproveOverride_ByItsRequesterInWhateverRole_IsRefused()
    {
        await FreezeAsync("own-approval");
        var asked = await AskAsync("own-approval");

        var self = await Refusal.OfAsync(estate.As("ines", "admin").Overrides.ApproveOverrideAsync(new() { Name = asked.Name }));
        var key =
            await Refusal.OfAsync(estate.As(Callers.Key("k1", "max", "admin")).Overrides.ApproveOverrideAsync(new() { Name = asked.Name }));
        var ownKey = await Refusal.OfAsync(
            estate.As(Callers.Key("k2", "ines", "admin")).Overrides.ApproveOverrideAsync(new() { Name = asked.Name }));

        (self.Code, self.Reason).ShouldBe((StatusCode.FailedPrecondition, "SELF_APPROVAL"));
        (key.Code, key.Reason).ShouldBe((StatusCode.PermissionDenied, "KEYS_CANNOT_APPROVE"));
        ownKey.Reason.ShouldBe("KEYS_CANNOT_APPROVE");
    }

    [Fact]
    public async Task ApproveOverride_TwiceByOnePerson_CountsOnce()
    {
        await FreezeAsync("twice", approvals: 2);
        var asked = await AskAsync("twice");
        await estate.As(Max).Overrides.ApproveOverrideAsync(new() { Name = asked.Name });

        (await Refusal.OfAsync(estate.As(Max).Overrides.ApproveOverrideAsync(new() { Name = asked.Name }))).Reason.ShouldBe(
            "ALREADY_APPROVED");
    }

    [Fact]
    public async Task CreateOverride_WithoutAPolicy_IsRefusedWithTheFreeze()
    {
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = PeakSeason("components/pay"), FreezeId = "no-policy" });

        var refusal = await Refusal.OfAsync(() => AskAsync("no-policy"));

        (refusal.Code, refusal.Reason, refusal.Facts["freeze"]).ShouldBe(
            (StatusCode.FailedPrecondition, "OVERRIDE_NOT_ALLOWED", "freezes/no-policy"));
    }

    [Fact]
    public async Task CreateOverride_WithoutARoleThatMay_IsDenied()
    {
        await FreezeAsync("architects-only", role: "architect");

        var refusal = await Refusal.OfAsync(() => AskAsync("architects-only"));

        (refusal.Code, refusal.Reason).ShouldBe((StatusCode.PermissionDenied, "ROLE_MAY_NOT_OVERRIDE"));
        refusal.Message.ShouldContain("architect");
    }

    [Fact]
    public async Task CreateOverride_WithManyFaults_NamesAllOfThem()
    {
        await FreezeAsync("faulty");

        var refusal = await Refusal.OfAsync(estate.As(Ines).Overrides.CreateOverrideAsync(new()
        {
            Parent = "freezes/faulty",
            Override = new() { Reason = "too short", ExpireTime = At("2020-01-01T00:00:00Z") },
        }));

        refusal.Fields.ShouldBe(["override.components", "override.reason", "override.expire_time"], ignoreOrder: true);
    }

    [Fact]
    public async Task CreateOverride_BeyondTheFreeze_NamesTheExpiry()
    {
        await FreezeAsync("beyond");

        var refusal = await Refusal.OfAsync(() => AskAsync("beyond", until: "2027-01-01T00:00:00Z"));

        refusal.Fields.ShouldBe(["override.expire_time"]);
    }

    [Fact]
    public async Task Override_WhoseTimeIsOver_IsExpiredAndCannotBeApproved()
    {
        await FreezeAsync("expiring");
        var asked = await AskAsync("expiring", until: "2026-03-02T10:00:00Z");
        estate.Clock.Set(new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

        var refusal = await Refusal.OfAsync(estate.As(Max).Overrides.ApproveOverrideAsync(new() { Name = asked.Name }));
        var read = await estate.Admin.Overrides.GetOverrideAsync(new() { Name = asked.Name });
        estate.Clock.Set(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

        refusal.Reason.ShouldBe("OVERRIDE_EXPIRED");
        read.State.ShouldBe(Override.Types.State.Expired);
    }

    [Fact]
    public async Task RevokeOverride_TakesItBackForGood()
    {
        await FreezeAsync("revoking");
        var asked = await AskAsync("revoking");
        await estate.As(Max).Overrides.ApproveOverrideAsync(new() { Name = asked.Name });

        var revoked = await estate.As(Ines).Overrides.RevokeOverrideAsync(new() { Name = asked.Name, Reason = "The fix was faulty" });
        var again = await Refusal.OfAsync(estate.As("mia", "approver").Overrides.ApproveOverrideAsync(new() { Name = asked.Name }));

        revoked.State.ShouldBe(Override.Types.State.Revoked);
        again.Reason.ShouldBe("OVERRIDE_REVOKED");
        (await estate.Admin.Overrides.ListOverridesAsync(new() { Parent = "freezes/revoking" })).Overrides.ShouldHaveSingleItem();
    }

    private async Task FreezeAsync(string id, int approvals = 1, string role = "engineer")
    {
        var freeze = PeakSeason("components/pay");
        freeze.OverridePolicy = new OverridePolicy { Roles = { role }, ApprovalsNeeded = approvals };
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = freeze, FreezeId = id });
    }

    private async Task<Override> AskAsync(string freeze, string until = "2026-11-25T00:00:00Z") =>
        await estate.As(Ines).Overrides.CreateOverrideAsync(new()
        {
            Parent = $"freezes/{freeze}",
            Override = new()
            {
                Components = { "components/pay" },
                Reason = "Payment provider rotates its certificate",
                ExpireTime = At(
                until)
            },
        });
}
