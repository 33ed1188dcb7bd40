using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

/// <summary>Deliveries change copies and rows too, and what follows from that happens in their commit.</summary>
public sealed class FollowedDeliveryTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private readonly List<string> _copies = [];
    private readonly List<string> _counts = [];
    private TestEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync();
        _script.First = (_, changes, _) =>
        {
            _copies.AddRange(changes.Of<LotCopy>().Select(Told));
            return Task.CompletedTask;
        };
        _script.Second = (_, changes, _) =>
        {
            _counts.AddRange(changes.Of<Applied>().Select(change => $"{change.State} {change.Now!.Count}"));
            return Task.CompletedTask;
        };
        await _script.StartAsync(_estate, FollowingServices.Front);
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Delivery_OfACopy_IsFollowedWithItsHandlersRows()
    {
        await DeliverAsync("North", version: 1);
        await DeliverAsync("Northern", version: 2);

        _script.Passes.ShouldBe(["first", "second", "first", "second"]);
        _copies.ShouldBe(["Added, news: - -> North", "Modified, news: North -> Northern"]);
        _counts.ShouldBe(["Added 1", "Modified 2"]);
    }

    [Fact]
    public async Task Delivery_OfACopyThatSaysTheSame_IsNoNews()
    {
        await DeliverAsync("North", version: 1);
        _copies.Clear();

        await DeliverAsync("North", version: 2);
        await DeliverAsync("North", version: 2, run: "run-1");

        _copies.ShouldBe(["Modified, no news: North -> North", "Modified, no news: North -> North"]);
    }

    [Fact]
    public async Task Delivery_OfADeletion_IsNews()
    {
        await DeliverAsync("North", version: 1);
        _copies.Clear();

        await DeliverAsync("North", version: 2, deleted: true);

        _copies.ShouldBe(["Modified, news: North -> gone"]);
    }

    [Fact]
    public async Task Delivery_ThatIsOld_IsNotFollowed()
    {
        await DeliverAsync("North", version: 2);
        _copies.Clear();

        await DeliverAsync("Older", version: 1);

        _copies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delivery_WhoseFollowerThrows_IsRetriedAndKeepsNothing()
    {
        var second = _script.Second;
        _script.Second = (_, _, _) => throw new InvalidOperationException("Not now.");
        _estate.Logs.Expect("Cannot handle");

        (await SendAsync("North", version: 1, id: "one")).ShouldBe("RETRY");
        (await _estate.CopyAsync("lots/north-yard")).ShouldBeNull();
        _script.Second = second;

        (await SendAsync("North", version: 1, id: "one")).ShouldBe("SUCCESS");
        (await _estate.CopyAsync("lots/north-yard"))!.DisplayName.ShouldBe("North");
        (await _estate.AppliedAsync("lots/north-yard")).ShouldBe(1);
    }

    private static string Told(Change<LotCopy> change) =>
        $"{change.State}, {(change.IsNews ? "news" : "no news")}: {change.Before?.DisplayName ?? "-"} -> "
            + $"{(change.Now!.IsDeleted ? "gone" : change.Now.DisplayName)}";

    private async Task DeliverAsync(string displayName, long version, bool deleted = false, string run = "") =>
        (await SendAsync(displayName, version, deleted, run)).ShouldBe("SUCCESS");

    private Task<string> SendAsync(string displayName, long version, bool deleted = false, string run = "", string? id = null) =>
        _estate[SampleServices.FrontEntry].DeliverAsync(
            SampleServices.DepotEntry,
            "lots/north-yard",
            new LotChanged
            {
                Meta = Envelopes.Meta(
                version, deleted: deleted, run: run),
                Lot = new Lot { Name = "lots/north-yard", DisplayName = displayName }
            },
            id);
}
