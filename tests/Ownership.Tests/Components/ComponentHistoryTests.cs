using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using Governance.Testing;
using NodaTime;
using Shouldly;
using Xunit;
using Duration = NodaTime.Duration;
using State = Governance.Ownership.V1.Revision.Types.State;

namespace Governance.Ownership.Tests.Components;

/// <summary>A component is read as it was, and becomes what was planned.</summary>
public sealed class ComponentHistoryTests : IAsyncLifetime
{
    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await OwnershipEstate.StartAsync();

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task UpdateComponent_Now_KeepsWhatItWas()
    {
        await _estate.ComponentAsync("checkout", tier: 3);
        var before = _estate.Now;
        _estate.Estate.Clock.Advance(TimeSpan.FromDays(30));

        var after = await UpdateAsync(component => component.Tier = 1, null, "tier");

        after.Tier.ShouldBe(1);
        (await AtAsync(before)).Tier.ShouldBe(3);
        (await AtAsync(before - Duration.FromDays(400))).Tier.ShouldBe(3, "what is known first is taken for what was before");
        (await AtAsync(_estate.Now)).Tier.ShouldBe(1);
    }

    [Fact]
    public async Task UpdateComponent_InTheFuture_TakesEffectByItselfAndLeavesOtherFieldsAlone()
    {
        await _estate.ComponentAsync("checkout", tier: 3);
        var then = _estate.Now + Duration.FromDays(10);

        (await UpdateAsync(component => component.Tier = 1, then, "tier")).Tier.ShouldBe(3);
        await UpdateAsync(component => component.DisplayName = "Checkout", null, "display_name");
        (await AtAsync(then)).Tier.ShouldBe(1);
        (await AtAsync(then)).DisplayName.ShouldBe("Checkout");
        (await AtAsync(then - Duration.FromTicks(1))).Tier.ShouldBe(3);

        _estate.Estate.Clock.Advance(TimeSpan.FromDays(11));
        await Eventually.HoldsAsync(async () => (await GetAsync()).Tier == 1, "the plan takes effect");
        var now = await GetAsync();
        now.DisplayName.ShouldBe("Checkout");
        now.EffectiveTime.ShouldBe(then.ToStamp());
        (await AtAsync(then - Duration.FromTicks(1))).Tier.ShouldBe(3);
        var revisions =
            (await _estate.Admin.Revisions.ListRevisionsAsync(new ListRevisionsRequest { Parent = "components/checkout" })).Revisions;
        revisions.Select(one => one.State).ShouldBe([State.Past, State.Current]);
        revisions[0].EndTime.ShouldBe(then.ToStamp());
        revisions[1].Content.Unpack<Component>().Tier.ShouldBe(1);
    }

    [Fact]
    public async Task UpdateComponent_InThePast_CorrectsWhatWasRecordedSince()
    {
        await _estate.ComponentAsync("checkout", tier: 4);
        var created = _estate.Now;
        _estate.Estate.Clock.Advance(TimeSpan.FromDays(10));
        await UpdateAsync(component => component.Tier = 3, null, "tier");
        _estate.Estate.Clock.Advance(TimeSpan.FromDays(10));

        await UpdateAsync(component => component.Tier = 1, created + Duration.FromDays(5), "tier");

        (await AtAsync(created + Duration.FromDays(4))).Tier.ShouldBe(4);
        (await AtAsync(created + Duration.FromDays(5))).Tier.ShouldBe(1);
        (await AtAsync(created + Duration.FromDays(12))).Tier.ShouldBe(1);
    }

    [Fact]
    public async Task CancelRevision_OfAPlan_KeepsThingsAsTheyAre()
    {
        await _estate.ComponentAsync("checkout", tier: 3);
        var then = _estate.Now + Duration.FromDays(10);
        await UpdateAsync(component => component.Tier = 1, then, "tier");

        await _estate.Admin.Revisions.CancelRevisionAsync(
            new CancelRevisionRequest { Parent = "components/checkout", EffectiveTime = then.ToStamp() });

        (await AtAsync(then)).Tier.ShouldBe(3);
    }

    [Fact]
    public async Task GetComponent_ThatRefersToWhatIsNotThere_ShowsIt()
    {
        await _estate.ComponentAsync("payments");

        var checkout = await _estate.ComponentAsync(
            "checkout", "parties/nobody", more: component => component.DependsOn.Add(["components/payments", "components/tax"]));

        checkout.Dangling.ShouldBe(["components/tax", "parties/nobody"]);
        (await _estate.Admin.Components.ListComponentsAsync(new ListComponentsRequest { DependsOn = "components/payments" })).Components
            .Single().Name
            .ShouldBe("components/checkout");
    }

    private async Task<Component> UpdateAsync(Action<Component> change, Instant? from, params string[] mask)
    {
        var component = new Component { Name = "components/checkout" };
        change(component);
        return await _estate.Admin.Components.UpdateComponentAsync(new UpdateComponentRequest
        {
            Component = component,
            UpdateMask = new FieldMask { Paths = { mask } },
            EffectiveTime = from?.ToStamp(),
        });
    }

    private async Task<Component> AtAsync(Instant at) =>
        await _estate.Admin.Components.GetComponentAsync(new GetComponentRequest { Name = "components/checkout", At = at.ToStamp() });

    private async Task<Component> GetAsync() =>
        await _estate.Admin.Components.GetComponentAsync(new GetComponentRequest { Name = "components/checkout" });
}
