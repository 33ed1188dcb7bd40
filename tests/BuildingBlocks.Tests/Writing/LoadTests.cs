using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Writing;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

/// <summary>What a write loads is what the database will have when the write is saved.</summary>
public sealed class LoadTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync(SampleServices.Depot);
        await WriteAsync((unit, _) =>
        {
            unit.Db.AddRange(Row("low", 1), Row("high", 10), Row("higher", 11));
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Load_NothingUnsaved_IsWhatTheDatabaseHas() =>
        (await HighAsync(_ => { })).ShouldBe(["high", "higher"], ignoreOrder: true);

    [Fact]
    public async Task Load_AddedAndMatching_IsThere() =>
        (await HighAsync(unit => unit.Db.AddRange(Row("new", 12), Row("new-low", 2)))).ShouldBe(
            ["high", "higher", "new"], ignoreOrder: true);

    [Fact]
    public async Task Load_InsertedAndMatching_IsThere() =>
        (await HighAsync(unit => unit.InsertRange([Row("new", 12), Row("new-low", 2)]))).ShouldBe(
            ["high", "higher", "new"], ignoreOrder: true);

    [Fact]
    public async Task Load_ChangedSoThatItMatches_IsThere() =>
        (await HighAsync(unit => Find(unit, "low").Count = 20)).ShouldBe(["high", "higher", "low"], ignoreOrder: true);

    [Fact]
    public async Task Load_ChangedSoThatItNoLongerMatches_IsNotThere() =>
        (await HighAsync(unit => Find(unit, "high").Count = 0)).ShouldBe(["higher"]);

    [Fact]
    public async Task Load_Deleted_IsNotThere() => (await HighAsync(unit => unit.Db.Remove(Find(unit, "high")))).ShouldBe(["higher"]);

    [Fact]
    public async Task Load_DeletedAndInsertedAnew_IsThereOnce() => (await HighAsync(unit =>
    {
        unit.Db.Remove(Find(unit, "high"));
        unit.Insert(Row("high", 99));
    })).ShouldBe(["high", "higher"], ignoreOrder: true);

    [Fact]
    public async Task Load_AddedAndRemovedAgain_IsNotThere() => (await HighAsync(unit =>
    {
        var row = Row("new", 12);
        unit.Db.Add(row);
        unit.Db.Remove(row);
    })).ShouldBe(["high", "higher"], ignoreOrder: true);

    [Fact]
    public async Task Load_Found_IsTrackedAndTheSameObjectEachTime()
    {
        await WriteAsync(async (unit, ct) =>
        {
            var first = (await unit.LoadAsync<Applied>(row => row.Subject == "high", ct)).Single();
            first.Count = 50;
            (await unit.LoadAsync<Applied>(row => row.Count == 50, ct)).Single().ShouldBeSameAs(first);
        });

        (await _estate[SampleServices.DepotEntry].ReadAsync(db => db.Applied.CountAsync(row => row.Count == 50))).ShouldBe(1);
    }

    [Fact]
    public async Task Load_InsertedAndThenChanged_IsSavedAsChanged()
    {
        await WriteAsync(async (unit, ct) =>
        {
            unit.Insert(Row("new", 12));
            (await unit.LoadAsync<Applied>(row => row.Subject == "new", ct)).Single().Count = 77;
        });

        (await _estate[SampleServices.DepotEntry].ReadAsync(db => db.Applied.CountAsync(row => row.Count == 77))).ShouldBe(1);
    }

    [Fact]
    public async Task Load_ByAListOfNames_AsksBothAlike()
    {
        string[] names = ["low", "new", "none"];
        await WriteAsync(async (unit, ct) =>
        {
            unit.Db.Add(Row("new", 12));
            (await unit.LoadAsync<Applied>(row => names.Contains(row.Subject), ct)).Select(row => row.Subject).ShouldBe(
                ["low", "new"], ignoreOrder: true);
        });
    }

    [Fact]
    public async Task Load_CopyThatThisWriteBuries_IsNotThere()
    {
        await WriteAsync((unit, _) =>
        {
            unit.Db.Add(new LotCopy());
            return Task.CompletedTask;
        });
        await WriteAsync(async (unit, ct) =>
        {
            (await unit.LoadAsync<LotCopy>(_ => true, ct)).Single().Bury();
            (await unit.LoadAsync<LotCopy>(_ => true, ct)).ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task Load_DuringTheWork_LeavesTheTrackerToFindChanges()
    {
        await WriteAsync(async (unit, ct) =>
        {
            var row = (await unit.LoadAsync<Applied>(row => row.Subject == "low", ct)).Single();
            await unit.LoadAsync<Applied>(row => row.Count > 5, ct);
            row.Count = 3;
            unit.Db.ChangeTracker.HasChanges().ShouldBeTrue();
        });
    }

    private static Applied Row(string subject, int count) => new() { Subject = subject, Count = count };

    private static Applied Find(WriteUnit<SampleDb> unit, string subject) => unit.Db.Applied.Find(subject)!;

    private async Task<List<string>> HighAsync(Action<WriteUnit<SampleDb>> before)
    {
        List<string> found = [];
        await WriteAsync(async (unit, ct) =>
        {
            before(unit);
            found = [.. (await unit.LoadAsync<Applied>(row => row.Count >= 10, ct)).Select(row => row.Subject)];
        });
        return found;
    }

    private Task WriteAsync(Func<WriteUnit<SampleDb>, CancellationToken, Task> work) =>
        _estate[SampleServices.DepotEntry].Services.GetRequiredService<Writes<SampleDb>>().RunAsync("Test", work, CancellationToken.None);
}
