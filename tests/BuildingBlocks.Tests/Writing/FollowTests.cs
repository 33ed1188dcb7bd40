using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

/// <summary>What follows from a change happens in its write: once, in order, whoever made the change.</summary>
public sealed class FollowTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync();
        await _script.StartAsync(_estate, FollowingServices.Depot);
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Followers_OneChangesWhatTheNextFollows_PassInOrderOnceEach()
    {
        List<string> heard = [];
        _script.First = (unit, changes, _) =>
            Task.FromResult(unit.Db.Add(new Applied { Subject = changes.Of<StoredLot>().Single().Subject.Name }));
        _script.Second = (_, changes, _) =>
        {
            heard.AddRange(changes.Of<Applied>().Select(change => $"{change.State} {change.Subject.Subject}"));
            return Task.CompletedTask;
        };

        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));

        _script.Passes.ShouldBe(["first", "second"]);
        heard.ShouldBe(["Added lots/north-yard"]);
        (await AppliedAsync()).ShouldBe(["lots/north-yard 0"]);
    }

    [Fact]
    public async Task Followers_LaterOneChangesWhatAnEarlierFollows_CallNobodyTwice()
    {
        _script.Second = async (unit, _, ct) => (await unit.Db.Lots.SingleAsync(ct)).Reserve(unit.Now);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 5));
        _script.Passes.Clear();

        await WriteAsync(unit => unit.Insert(new Applied { Subject = "a" }));

        _script.Passes.ShouldBe(["second"]);
        (await LotAsync()).Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task Followers_NothingOfTheirKindsChanged_DoNotPass()
    {
        await WriteAsync(unit => unit.Record("lots/none"));

        _script.Passes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_Updated_HasTheValuesOfBeforeAndOfNow()
    {
        var lot = await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 3));
        Change<StoredLot> change = null!;
        List<int> capacities = [];
        _script.First = (_, changes, _) =>
        {
            change = changes.Of<StoredLot>().Single();
            capacities.AddRange(change.BeforeAndNow(one => one.Capacity));
            change.Differs(one => one.Capacity).ShouldBeTrue();
            change.Differs(one => one.Component).ShouldBeFalse();
            change.IsNews.ShouldBeTrue();
            return Task.CompletedTask;
        };

        lot.Capacity = 7;
        await _estate.Lots().UpdateLotAsync(new UpdateLotRequest { Lot = lot });

        (change.State, change.Before!.Name, change.Before.Etag, change.Now!.Etag).ShouldBe(
            (EntityState.Modified, "lots/north-yard", "1", "2"));
        change.Before.CreateTime.ShouldBe(change.Now.CreateTime);
        capacities.ShouldBe([3, 7]);
    }

    [Fact]
    public async Task Change_Erased_HasOnlyBefore()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 3));
        Change<StoredLot> change = null!;
        _script.First = (_, changes, _) => Task.FromResult(change = changes.Of<StoredLot>().Single());

        await _estate.Lots(Callers.Admin).EraseLotAsync(new DeleteLotRequest { Name = "lots/north-yard" });

        (change.State, change.Now, change.IsNews).ShouldBe((EntityState.Deleted, null, true));
        change.BeforeAndNow(one => one.Capacity).ShouldBe([3]);
    }

    [Fact]
    public async Task Change_AddedAndInserted_ComeTogetherAndHaveOnlyNow()
    {
        List<Change<StoredLot>> heard = [];
        _script.First = (_, changes, _) =>
        {
            heard.AddRange(changes.Of<StoredLot>());
            return Task.CompletedTask;
        };

        await WriteAsync(unit =>
        {
            unit.Db.Add(NewLot(unit, "tracked"));
            unit.Insert(NewLot(unit, "inserted"));
        });

        _script.Passes.ShouldBe(["first"]);
        heard.Select(one => (one.Now!.Id, one.State, one.Before))
            .ShouldBe([("tracked", EntityState.Added, null), ("inserted", EntityState.Added, null)]);
    }

    [Fact]
    public async Task Changes_OfAKindThatIsNotDeclared_AreRefused()
    {
        _estate.Logs.Expect("LotCopy is followed without being declared");
        _script.First = (_, changes, _) => Task.FromResult(changes.Of<LotCopy>());

        (await Refusal.OfAsync(_estate.Lots().CreateLotAsync(Depot.NewLot("north-yard")))).Code.ShouldBe(StatusCode.Internal);
    }

    [Fact]
    public async Task Change_OfWhatSeveralShare_ComesInOnePass()
    {
        List<string> heard = [];
        _script.First = (_, changes, _) =>
        {
            heard.AddRange(changes.Of<ILot>().Select(change => change.Subject.GetType().Name));
            changes.Of<LotCopy>().Count.ShouldBe(1);
            return Task.CompletedTask;
        };
        await _estate.StopAsync(SampleServices.DepotEntry);
        await _script.StartAsync(_estate, FollowingServices.Both);

        await WriteAsync(unit =>
        {
            unit.Db.Add(NewLot(unit, "north-yard"));
            unit.Db.Add(new LotCopy());
            unit.Insert(NewLot(unit, "south-yard"));
            unit.Db.Add(new Applied { Subject = "none of theirs" });
        });

        _script.Passes.ShouldBe(["first"]);
        heard.ShouldBe(["StoredLot", "LotCopy", "StoredLot"], ignoreOrder: true);
    }

    [Fact]
    public async Task Follower_ChangesTheAggregate_AnswerIsWhatTheNextGetSays()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 5));
        _script.First = (unit, changes, _) =>
        {
            changes.Of<StoredLot>().Single().Now!.Reserve(unit.Now);
            return Task.CompletedTask;
        };

        var answer = await _estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard" });
        var created = await _estate.Lots().CreateLotAsync(Depot.NewLot("south-yard", capacity: 5));

        answer.Reserved.ShouldBe(2);
        answer.ShouldBe(await LotAsync());
        created.Reserved.ShouldBe(1);
        created.ShouldBe(await LotAsync("south-yard"));
        await Eventually.HoldsAsync(() => _estate.PubSub.Of<LotChanged>().Count == 3, "each write's event went out once");
        _estate.PubSub.Of<LotChanged>().Select(changed => changed.Lot.Reserved).ShouldBe([0, 2, 1], ignoreOrder: true);
    }

    [Fact]
    public async Task Repeat_OfACallWithFollowers_ReturnsTheMappedAnswerAndFollowsNothing()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 5));
        _script.First = (unit, changes, _) =>
        {
            changes.Of<StoredLot>().Single().Now!.Reserve(unit.Now);
            return Task.CompletedTask;
        };
        var request = new ReserveRequest { Name = "lots/north-yard", RequestId = Guid.NewGuid().ToString() };
        var first = await _estate.Lots().ReserveAsync(request);
        _script.Passes.Clear();

        var repeat = await _estate.Lots().ReserveAsync(request);

        repeat.ShouldBe(first);
        repeat.Reserved.ShouldBe(2);
        _script.Passes.ShouldBeEmpty();
        (await LotAsync()).Reserved.ShouldBe(2);
    }

    [Fact]
    public async Task ValidateOnly_WithFollowers_AnswersWhatWouldBeAndLeavesNothing()
    {
        _script.First = (unit, changes, _) =>
        {
            changes.Of<StoredLot>().Single().Now!.Reserve(unit.Now);
            unit.Insert(new Applied { Subject = "lots/north-yard" });
            return Task.CompletedTask;
        };
        var request = Depot.NewLot("north-yard");
        request.ValidateOnly = true;

        var answer = await _estate.Lots().CreateLotAsync(request);

        answer.Reserved.ShouldBe(1);
        (await Refusal.OfAsync(_estate.Lots().GetLotAsync(new GetLotRequest { Name = answer.Name }))).Code.ShouldBe(StatusCode.NotFound);
        (await AppliedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Follower_Throws_NothingOfTheWriteIsKept()
    {
        _script.First = (unit, changes, _) =>
            Task.FromResult(unit.Db.Add(new Applied { Subject = changes.Of<StoredLot>().Single().Subject.Name }));
        _script.Second = (_, _, _) => throw new RuleViolation("TOO_MANY", "It is counted already.");

        var refusal = await Refusal.OfAsync(_estate.Lots().CreateLotAsync(Depot.NewLot("north-yard")));

        refusal.Reason.ShouldBe("TOO_MANY");
        (await Refusal.OfAsync(_estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/north-yard" }))).Code.ShouldBe(
            StatusCode.NotFound);
        (await AppliedAsync()).ShouldBeEmpty();
        (await _estate.Operations().ListAuditEntriesAsync(new())).Entries.ShouldBeEmpty();
        _script.Second = (_, _, _) => Task.CompletedTask;
        (await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"))).Etag.ShouldBe("1");
    }

    [Fact]
    public async Task Units_InOneCommit_FollowersSeeEachOnesOwnChanges()
    {
        List<string> heard = [];
        _script.Second = (_, changes, _) =>
        {
            heard.Add(string.Join(',', changes.Of<Applied>().Select(change => $"{change.State} {change.Subject.Subject}")));
            return Task.CompletedTask;
        };
        var host = _estate[SampleServices.DepotEntry];
        var scope = new UnitScope(Caller.Service(SampleServices.DepotEntry), "Test", []);

        await host.Services.GetRequiredService<UnitRunner<SampleDb>>().RunManyAsync(
            [
                Job(unit => unit.Db.Add(new Applied { Subject = "a" })),
                Job(unit => unit.Insert(new Applied { Subject = "b" })),
                Job(unit => unit.Db.Applied.Local.Single(row => row.Subject == "a").Count++),
                Job(unit => unit.Record("lots/none")),
            ],
            CancellationToken.None);

        heard.ShouldBe(["Added a", "Added b", "Modified a"]);
        (await AppliedAsync()).ShouldBe(["a 1", "b 0"]);

        UnitJob<SampleDb> Job(Action<WriteUnit<SampleDb>> work) => new(scope, (unit, _) =>
        {
            work(unit);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Host_FollowsWhatNoTableHas_DoesNotStart()
    {
        await _estate.StopAsync(SampleServices.DepotEntry);

        var fault = await Should.ThrowAsync<InvalidOperationException>(() => _script.StartAsync(_estate, FollowingServices.Careless));

        fault.Message.ShouldBe("FirstFollower follows Script, which is in no table.");
    }

    [Fact]
    public void Declaration_OfNothingOrTwice_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Define(service => service.Follow<FirstFollower>()));
        Should.Throw<ArgumentException>(() =>
            Define(service => service.Follow<FirstFollower>(typeof(StoredLot)).Follow<FirstFollower>(typeof(Applied))));

        static void Define(Action<ServiceBuilder<SampleDb>> build) =>
            ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(SampleServices.DepotEntry, build);
    }

    private static StoredLot NewLot(WriteUnit unit, string id) =>
        StoredLot.Create(id, new Lot { DisplayName = id, Capacity = 1, Component = "components/checkout" }, unit.Caller, unit.Now);

    private Task WriteAsync(Action<WriteUnit<SampleDb>> work) =>
        _estate[SampleServices.DepotEntry].Services.GetRequiredService<Writes<SampleDb>>().RunAsync(
            "Test",
            (unit, _) =>
            {
                work(unit);
                return Task.CompletedTask;
            },
            CancellationToken.None);

    private async Task<Lot> LotAsync(string id = "north-yard") =>
        await _estate.Lots().GetLotAsync(new GetLotRequest { Name = $"lots/{id}" });

    private Task<List<string>> AppliedAsync() => _estate[SampleServices.DepotEntry].ReadAsync(db =>
        db.Applied.AsNoTracking().OrderBy(row => row.Subject).Select(row => row.Subject + " " + row.Count).ToListAsync());
}
