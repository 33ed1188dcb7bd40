using Governance.Common.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.MaintenanceWindows.Tests.ChangePolicies;

public sealed class ChangePolicyTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task DefaultPolicy_IsThereFromTheStart_AndAsksForWindowsInTierOneAndTwo()
    {
        var read = await estate.Admin.ChangePolicies.GetChangePolicyAsync(new() { Name = "changePolicies/default" });

        read.WindowRequired.ShouldBeTrue();
        read.Scope.ShouldBe(new Scope { Environments = { "production" }, Tiers = { 1, 2 } });
    }

    [Fact]
    public async Task DeleteChangePolicy_OfTheDefault_IsRefused()
    {
        var refusal = await Refusal.OfAsync(estate.Admin.ChangePolicies.DeleteChangePolicyAsync(new() { Name = "changePolicies/default" }));

        (refusal.Code, refusal.Reason).ShouldBe((StatusCode.FailedPrecondition, "DEFAULT_POLICY"));
    }

    [Fact]
    public async Task ChangePolicy_CreatedUpdatedAndDeleted_IsGoneAndItsNameFree()
    {
        var wanted =
            new ChangePolicy { DisplayName = "Two eyes more", Scope = new Scope { Systems = { "systems/pay" } }, ApprovalsNeeded = 1 };
        await estate.Admin.ChangePolicies.CreateChangePolicyAsync(new() { ChangePolicy = wanted, ChangePolicyId = "pay-team" });
        var updated = await estate.Admin.ChangePolicies.UpdateChangePolicyAsync(new()
        {
            ChangePolicy = new() { Name = "changePolicies/pay-team", ApprovalsNeeded = 2, Kinds = { ChangeKind.Release } },
            UpdateMask = new() { Paths = { "approvals_needed", "kinds" } },
        });

        await estate.Admin.ChangePolicies.DeleteChangePolicyAsync(new() { Name = "changePolicies/pay-team", Etag = updated.Etag });

        (updated.ApprovalsNeeded, updated.DisplayName).ShouldBe((2, "Two eyes more"));
        var gone = await Refusal.OfAsync(estate.Admin.ChangePolicies.GetChangePolicyAsync(new() { Name = "changePolicies/pay-team" }));
        gone.Code.ShouldBe(StatusCode.NotFound);
        await estate.Admin.ChangePolicies.CreateChangePolicyAsync(new() { ChangePolicy = wanted, ChangePolicyId = "pay-team" });
    }
}
