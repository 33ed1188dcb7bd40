using Governance.BuildingBlocks.Tests.Sample;
using Governance.Sample.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync(SampleServices.Depot);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 100));
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Repeat_SameRequest_ReturnsTheFirstResultAndDoesNothing()
    {
        var request = new ReserveRequest { Name = "lots/north-yard", RequestId = Guid.NewGuid().ToString() };
        var first = await _estate.Lots().ReserveAsync(request);
        await _estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard" });

        var repeat = await _estate.Lots().ReserveAsync(request);

        repeat.ShouldBe(first);
        (await ReservedAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Repeat_RacesWithItself_EveryLoserGetsTheWinnersResult()
    {
        var request = new ReserveRequest { Name = "lots/north-yard", RequestId = Guid.NewGuid().ToString() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _estate.Lots().ReserveAsync(request).ResponseAsync));

        answers.Distinct().Count().ShouldBe(1);
        (await ReservedAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Repeat_AnotherRequest_IsInvalid()
    {
        var id = Guid.NewGuid().ToString();
        await _estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard", RequestId = id });

        var refusal = await Refusal.OfAsync(_estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/other", RequestId = id }));

        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe(["request_id"]);
    }

    [Fact]
    public async Task Repeat_AnotherCaller_IsItsOwnRequest()
    {
        var request = new ReserveRequest { Name = "lots/north-yard", RequestId = Guid.NewGuid().ToString() };
        await _estate.Lots().ReserveAsync(request);

        await _estate.Lots(Callers.Person("other", "engineer")).ReserveAsync(request);

        (await ReservedAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Repeat_AfterAFailure_RunsAgain()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("full-yard", capacity: 0));
        var request = new ReserveRequest { Name = "lots/full-yard", RequestId = Guid.NewGuid().ToString() };
        (await Refusal.OfAsync(_estate.Lots().ReserveAsync(request))).Reason.ShouldBe("LOT_FULL");
        await _estate.Lots()
            .UpdateLotAsync(new UpdateLotRequest { Lot = new Lot { Name = "lots/full-yard", DisplayName = "Wider", Capacity = 1 } });

        var lot = await _estate.Lots().ReserveAsync(request);

        lot.Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task Repeat_AfterADay_IsANewRequest()
    {
        var request = new ReserveRequest { Name = "lots/north-yard", RequestId = Guid.NewGuid().ToString() };
        await _estate.Lots().ReserveAsync(request);
        var yesterday = Instant.FromDateTimeUtc(DateTime.UtcNow) - Duration.FromHours(25);
        await _estate[SampleServices.DepotEntry].ReadAsync(db =>
            db.RequestResults.ExecuteUpdateAsync(rows => rows.SetProperty(row => row.CommitTime, yesterday)));

        await _estate.Lots().ReserveAsync(request);

        (await ReservedAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task RequestId_NoUuid_IsInvalid()
    {
        var refusal =
            await Refusal.OfAsync(_estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard", RequestId = "again" }));

        refusal.Fields.ShouldBe(["request_id"]);
    }

    private async Task<int> ReservedAsync() =>
        (await _estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/north-yard" })).Reserved;
}
