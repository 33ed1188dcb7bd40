using Governance.Ownership.V1;
using Governance.Testing;
using NodaTime;
using Shouldly;
using Xunit;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Tests.Responsibilities;

/// <summary>Who has which duty: exactly one is accountable at any moment.</summary>
public sealed class ResponsibilityTests : IAsyncLifetime
{
    private const string Patching = "security-patching";
    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await OwnershipEstate.StartAsync();
        await _estate.ComponentAsync("checkout");
        await _estate.PartyAsync("team-a");
        await _estate.PartyAsync("team-b");
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task CreateResponsibility_SecondAccountableAtTheSameTime_IsRefusedNamingTheFirst()
    {
        var first = await _estate.AssignAsync("checkout", Patching, "team-a", Duty.Accountable, until: _estate.Now + Duration.FromDays(30));

        var refusal = await Refusal.OfAsync(() =>
            _estate.AssignAsync("checkout", Patching, "team-b", Duty.Accountable, from: _estate.Now + Duration.FromDays(29)));
        await _estate.AssignAsync("checkout", Patching, "team-b", Duty.Accountable, from: _estate.Now + Duration.FromDays(30));
        await _estate.AssignAsync("checkout", Patching, "team-b", Duty.Responsible);
        await _estate.AssignAsync("checkout", "upgrades", "team-b", Duty.Accountable);

        refusal.Reason.ShouldBe("TWO_ACCOUNTABLES");
        refusal.Facts["responsibility"].ShouldBe(first.Name);
    }

    [Fact]
    public async Task CreateResponsibility_ThatReplaces_EndsTheOneBeforeAtItsBeginning()
    {
        var first = await _estate.AssignAsync("checkout", Patching, "team-a", Duty.Accountable);
        var handover = _estate.Now + Duration.FromDays(7);

        var second = await _estate.AssignAsync("checkout", Patching, "team-b", Duty.Accountable, handover, replace: true);

        (await _estate.Admin.Responsibilities.GetResponsibilityAsync(new GetResponsibilityRequest { Name = first.Name })).Until.ShouldBe(
            handover.ToStamp());
        (await InForceAsync(handover - Duration.FromTicks(1))).ShouldBe([first.Name]);
        (await InForceAsync(handover)).ShouldBe([second.Name]);
    }

    [Fact]
    public async Task CreateResponsibility_OfWhatIsNotThere_NamesEachField()
    {
        var refusal = await Refusal.OfAsync(() => _estate.AssignAsync("chekout", "patching", "team-z", Duty.Responsible));

        refusal.Fields.ShouldBe(["responsibility.component", "responsibility.area", "responsibility.party"], ignoreOrder: true);
    }

    [Fact]
    public async Task UpdateResponsibility_ToOverlapWithTheNext_IsRefused()
    {
        var handover = _estate.Now + Duration.FromDays(7);
        var first = await _estate.AssignAsync("checkout", Patching, "team-a", Duty.Accountable, until: handover);
        await _estate.AssignAsync("checkout", Patching, "team-b", Duty.Accountable, handover);
        first.Until = null;

        var refusal = await Refusal.OfAsync(
            _estate.Admin.Responsibilities.UpdateResponsibilityAsync(new UpdateResponsibilityRequest { Responsibility = first }));

        refusal.Reason.ShouldBe("TWO_ACCOUNTABLES");
    }

    [Fact]
    public async Task ListResponsibilities_OfAVendorsUser_ShowsThoseOfItsComponentsAlone()
    {
        await _estate.ComponentAsync("search");
        await _estate.AssignAsync("checkout", Patching, "team-a", Duty.Responsible);
        await _estate.AssignAsync("search", Patching, "team-b", Duty.Responsible);
        var vendor = _estate.As(Callers.Person("vee", "viewer@parties/team-a"));

        var seen = (await vendor.Responsibilities.ListResponsibilitiesAsync(new ListResponsibilitiesRequest())).Responsibilities;

        seen.Select(one => one.Component).ShouldBe(["components/checkout"]);
        (await vendor.Components.ListComponentsAsync(new ListComponentsRequest())).Components
            .Select(one => one.Name)
            .ShouldBe(["components/checkout"]);
    }

    private async Task<List<string>> InForceAsync(Instant at) =>
        [.. (await _estate.Admin.Responsibilities.ListResponsibilitiesAsync(
            new ListResponsibilitiesRequest { Component = "checkout", At = at.ToStamp() })).Responsibilities.Select(one => one.Name)];
}
