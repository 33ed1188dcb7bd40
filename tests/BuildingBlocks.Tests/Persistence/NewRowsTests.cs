using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Persistence;

/// <summary>Rows that a write inserts without the change tracker are the rows that the tracker would have written.</summary>
public sealed class NewRowsTests
{
    private const int Many = 2345;

    [Fact]
    public async Task Insert_Rows_AreReadBackAsTheTrackerReadsThem()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);

        await InsertManyAsync(estate[SampleServices.DepotEntry]);
    }

    [SqlServerFact]
    public async Task Insert_RowsOnSqlServer_AreReadBackAsTheTrackerReadsThem()
    {
        await using var estate = await TestEstate.StartAsync();
        var database = DatabaseSettings.SqlServer(await SqlServer.NewDatabaseAsync());

        await InsertManyAsync(await estate.StartAsync(SampleServices.Depot, settings => settings with { Database = database }));
    }

    [Fact]
    public async Task Insert_BesidesAnAggregate_CommitsWithItsEventAndRaisesTheSequenceOnce()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        var host = estate[SampleServices.DepotEntry];

        await WriteAsync(host, async (unit, ct) =>
        {
            unit.Insert(new Applied { Subject = "lots/north-yard", Count = 1 });
            await unit.AddAsync(StoredLot.Create("north-yard", new Lot { DisplayName = "North" }, unit.Caller, unit.Now), ct);
        });
        await WriteAsync(host, (unit, _) =>
        {
            unit.Insert(new Applied { Subject = "lots/south-yard", Count = 2 });
            return Task.CompletedTask;
        });

        (await host.ReadAsync(db => db.Applied.CountAsync())).ShouldBe(2);
        (await host.ReadAsync(db => db.Lots.CountAsync())).ShouldBe(1);
        (await host.ReadAsync(db => db.Ledger.Select(row => row.Sequence).SingleAsync())).ShouldBe(2);
        await Eventually.HoldsAsync(() => estate.PubSub.Of<LotChanged>().Count == 1, "the aggregate's event went out");
    }

    [Fact]
    public async Task Insert_KeyIsTaken_KeepsNothingOfTheWrite()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        var host = estate[SampleServices.DepotEntry];
        await host.ReadAsync(db =>
        {
            db.Add(new Applied { Subject = "taken" });
            return db.SaveChangesAsync();
        });

        await Should.ThrowAsync<Exception>(() => WriteAsync(host, async (unit, ct) =>
        {
            await unit.AddAsync(StoredLot.Create("north-yard", new Lot { DisplayName = "North" }, unit.Caller, unit.Now), ct);
            unit.InsertRange([new Applied { Subject = "free" }, new Applied { Subject = "taken" }]);
        }));

        (await host.ReadAsync(db => db.Applied.Select(row => row.Subject).ToListAsync())).ShouldBe(["taken"]);
        (await host.ReadAsync(db => db.Lots.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task Insert_KeyThatTheSameWriteRemoved_Succeeds()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        var host = estate[SampleServices.DepotEntry];
        await host.ReadAsync(db =>
        {
            db.Add(new Applied { Subject = "again", Count = 1 });
            return db.SaveChangesAsync();
        });

        await WriteAsync(host, async (unit, ct) =>
        {
            unit.Insert(new Applied { Subject = "again", Count = 2 });
            unit.Db.Remove((await unit.Db.Applied.FindAsync(["again"], ct))!);
        });

        (await host.ReadAsync(db => db.Applied.Select(row => row.Count).SingleAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task Insert_Aggregates_PublishAndAreAuditedLikeAnyOther()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        var host = estate[SampleServices.DepotEntry];
        var lot = new Lot { DisplayName = "Yard", Capacity = 3, Component = "components/checkout" };

        await WriteAsync(host, async (unit, ct) =>
        {
            await unit.AddAsync(StoredLot.Create("tracked", lot, unit.Caller, unit.Now), ct);
            unit.Insert(StoredLot.Create("inserted", lot, unit.Caller, unit.Now));
        });

        (await estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/inserted" })).Etag.ShouldBe("1");
        var lots = await host.ReadAsync(db => db.Lots.AsNoTracking().ToDictionaryAsync(one => one.Id));
        lots["inserted"].StateDigest.Length.ShouldBe(64);
        (lots["inserted"].CreateTime, lots["inserted"].Requester).ShouldBe((lots["tracked"].CreateTime, lots["tracked"].Requester));
        await Eventually.HoldsAsync(() => estate.PubSub.Of<LotChanged>().Count == 2, "both events went out");
        estate.PubSub.Of<LotChanged>().Select(changed => (changed.Lot.Name, changed.Meta.Change, changed.Meta.Version))
            .ShouldBe([("lots/tracked", "CREATED", 1), ("lots/inserted", "CREATED", 1)], ignoreOrder: true);
        (await estate.Operations().ListAuditEntriesAsync(new())).Entries.Select(entry => entry.Resource)
            .ShouldBe(["lots/tracked", "lots/inserted"], ignoreOrder: true);
        (await estate.Operations().VerifyAuditAsync(new())).Intact.ShouldBeTrue();
    }

    [Fact]
    public async Task Insert_AggregateThenUpdated_KeepsItsDigestChain()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        await WriteAsync(estate[SampleServices.DepotEntry], (unit, _) =>
        {
            unit.Insert(StoredLot.Create(
                "north-yard",
                new Lot { DisplayName = "North", Capacity = 1, Component = "components/checkout" },
                Depot.Engineer,
                unit.Now));
            return Task.CompletedTask;
        });

        await estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard" });

        var entries = (await estate.Operations().ListAuditEntriesAsync(new())).Entries.OrderBy(entry => entry.Sequence).ToList();
        entries[1].BeforeDigest.ShouldBe(entries[0].AfterDigest);
    }

    [Fact]
    public void Insert_RowWithAKeyThatTheDatabaseMakes_IsRefused()
    {
        using var db = new NumberedDb(new DbContextOptionsBuilder<NumberedDb>().UseSqlite("Data Source=:memory:").Options);

        Should.Throw<InvalidOperationException>(() => new RowInsert(db, db.Model.FindEntityType(typeof(Numbered))!)).Message
            .ShouldContain("Numbered.Id");
    }

    [Fact]
    public async Task Statement_OnSqlServer_TakesManyRowsWithSizesThatHoldTheirValues()
    {
        await using var db = new SqlServerDesign().CreateDbContext([]);
        await using var command = new SqlCommand();
        var insert = new RowInsert(db, db.Model.FindEntityType(typeof(DeadLetterRow))!);

        insert.Fill(command, [Letter("short", "x"), Letter("long", new string('x', 5000))]);

        insert.Statement(2).ShouldBe(
            "INSERT INTO [DeadLetters] ([EventId], [Envelope], [Reason], [ReceiveTime], [Subject], [Topic], [Type]) "
            + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6), (@p7, @p8, @p9, @p10, @p11, @p12, @p13)");
        insert.RowsTogether.ShouldBe(285);
        command.Parameters["@p2"].Size.ShouldBe(4000);
        command.Parameters["@p9"].Size.ShouldBe(-1);
        command.Parameters["@p3"].Value.ShouldBe(10_000_000L);
    }

    private static DeadLetterRow Letter(string id, string reason) => new()
    {
        EventId = id,
        Topic = "governance.depot",
        Type = "type",
        Subject = "lots/a",
        Envelope = [1],
        ReceiveTime = Instant.FromUnixTimeSeconds(1),
        Reason = reason,
    };

    private static async Task InsertManyAsync(TestHost host)
    {
        await WriteAsync(host, (unit, _) =>
        {
            unit.InsertRange(Enumerable.Range(0, Many).Select(i => Neighbour("new", i)));
            unit.Db.AddRange(Enumerable.Range(0, 3).Select(i => Neighbour("tracked", i)));
            return Task.CompletedTask;
        });

        var rows = await host.ReadAsync(db => db.Neighbours.AsNoTracking()
            .Where(row => row.Owner.StartsWith("new") || row.Owner.StartsWith("tracked"))
            .ToDictionaryAsync(row => row.Owner));
        rows.Count.ShouldBe(Many + 3);
        foreach (var i in Enumerable.Range(0, 3)) Told(rows[$"new-{i}"]).ShouldBe(Told(rows[$"tracked-{i}"]));
        rows[$"new-{Many - 1}"].Asks.ShouldBe(Many - 1);
    }

    private static NeighbourRow Neighbour(string kind, int i) => new()
    {
        Owner = $"{kind}-{i}",
        Complete = i % 2 == 0,
        AskTime = i % 2 == 0 ? null : Instant.FromUnixTimeTicks(1234567 + i),
        Asks = i,
        Run = i == 2 ? "" : "ürün",
        Total = i == 1 ? null : long.MaxValue,
    };

    private static object Told(NeighbourRow row) =>
        (row.Complete, row.AskTime, row.Asks, row.Run, row.RunEpoch, row.Seen, row.Total, row.SnapshotSequence);

    private static Task WriteAsync(TestHost host, Func<WriteUnit<SampleDb>, CancellationToken, Task> work) =>
        host.Services.GetRequiredService<Writes<SampleDb>>().RunAsync("Test", work, CancellationToken.None);

    private sealed class Numbered
    {
        public int Id { get; set; }
    }

    private sealed class NumberedDb(DbContextOptions<NumberedDb> options) : GovernanceDbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Numbered>();
            base.OnModelCreating(modelBuilder);
        }

        protected override bool OwnConfiguration(Type configuration) => false;
    }
}
