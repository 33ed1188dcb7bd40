using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

/// <summary>What a change was before is rebuilt from its columns, however they are kept.</summary>
public sealed class ChangedRowTests : IAsyncLifetime
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private CrateDb _db = null!;
    private Crate _crate = null!;

    public async Task InitializeAsync()
    {
        await _connection.OpenAsync();
        _db = new CrateDb(new DbContextOptionsBuilder<CrateDb>().UseSqlite(_connection).Options);
        await _db.Database.EnsureCreatedAsync();
        _db.Add(new Crate("one", "plain", Instant.FromUnixTimeSeconds(1), ["a", "b"], Wide(1, "deep")));
        await _db.SaveChangesAsync();
        _db.ChangeTracker.Clear();
        _crate = await _db.Set<Crate>().SingleAsync();
    }

    public async Task DisposeAsync()
    {
        await _db.DisposeAsync();
        await _connection.DisposeAsync();
    }

    [Fact]
    public void Before_OfPlainConvertedAndComplexProperties_IsWhatWasLoaded()
    {
        _crate.Become("other", Instant.FromUnixTimeSeconds(2), ["c"], Wide(2, "deeper"));

        var change = Change();

        change.Before.ShouldNotBeSameAs(_crate);
        (change.Before!.Id, change.Before.Label, change.Before.Time).ShouldBe(("one", "plain", Instant.FromUnixTimeSeconds(1)));
        change.Before.Tags.ShouldBe(["a", "b"]);
        change.Before.Size.ShouldBe(Wide(1, "deep"));
        change.BeforeAndNow(crate => crate.Size.Width).ShouldBe([1, 2]);
        change.Before.ShouldBeSameAs(change.Before);
    }

    [Fact]
    public void Before_OfWhatIsDeleted_IsWhatWasLoaded()
    {
        _crate.Become("other", Instant.FromUnixTimeSeconds(2), ["c"], Wide(2, "deeper"));
        _db.Remove(_crate);

        var change = Change();

        (change.Now, change.Before!.Label, change.Before.Size.Inner.Text).ShouldBe((null, "plain", "deep"));
    }

    [Fact]
    public void IsNews_OnlyAComplexPropertyChanged_IsTrue()
    {
        _crate.Become(_crate.Label, _crate.Time, _crate.Tags, Wide(1, "deeper"));

        Change().IsNews.ShouldBeTrue();
    }

    [Fact]
    public void RowValues_OfNestedColumns_TellThemApart()
    {
        var before = RowValues.Of(_db.Entry(_crate));
        before.ShouldBe(RowValues.Of(_db.Entry(_crate)));

        _crate.Become(_crate.Label, _crate.Time, _crate.Tags, Wide(1, "deeper"));

        before.DifferenceTo(RowValues.Of(_db.Entry(_crate))).ShouldBe("Text");
    }

    private static Size Wide(int width, string inner) => new() { Width = width, Inner = new Inner(inner) };

    private Change<Crate> Change()
    {
        _db.ChangeTracker.DetectChanges();
        return new Change<Crate>(new ChangedRow(_crate, _db.Entry(_crate)));
    }

    private sealed record Inner(string Text);

    private sealed record Size
    {
        public required int Width { get; init; }

        public required Inner Inner { get; init; }
    }

    private sealed class Crate
    {
        private Crate()
        {
        }

        public Crate(string id, string label, Instant time, string[] tags, Size size) =>
            (Id, Label, Time, Tags, Size) = (id, label, time, tags, size);

        public string Id { get; private set; } = "";

        public string Label { get; private set; } = "";

        public Instant Time { get; private set; }

        public string[] Tags { get; private set; } = [];

        public Size Size { get; private set; } = null!;

        public void Become(string label, Instant time, string[] tags, Size size) => (Label, Time, Tags, Size) = (label, time, tags, size);
    }

    private sealed class CrateDb(DbContextOptions<CrateDb> options) : GovernanceDbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Crate>(crate =>
            {
                crate.Property(row => row.Tags).HasConversion(
                    tags => string.Join(',', tags),
                    text => text.Split(','),
                    new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<string[]>(
                        (a, b) => a!.SequenceEqual(b!), tags => tags.Length, tags => tags.ToArray()));
                crate.ComplexProperty(row => row.Size, size => size.ComplexProperty(row => row.Inner));
            });
            base.OnModelCreating(modelBuilder);
        }

        protected override bool OwnConfiguration(Type configuration) => false;
    }
}
