using System.Collections.Immutable;
using System.Text.Json;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Governance.Sample.V1;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Persistence;

/// <summary>What is kept as a whole in one column comes back as it was, and is written only when it was replaced.</summary>
public sealed class WholeColumnsTests : IAsyncLifetime
{
    private static readonly Plan Full = new(
        "Größe \"1\"",
        Severity.High,
        Instant.FromUtc(2026, 11, 27, 2, 0) + Duration.FromNanoseconds(1),
        Duration.FromHours(30) + Duration.FromMilliseconds(5),
        new LocalDate(2026, 11, 27),
        new LocalTime(23, 59, 59, 999),
        new LocalDateTime(2026, 11, 27, 2, 30),
        ["a", "b"],
        new Lot { DisplayName = "Lot", Capacity = 3 },
        null);

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly DbContextOptions<PlansDb> _options;

    public WholeColumnsTests() => _options = new DbContextOptionsBuilder<PlansDb>().UseSqlite(_connection).Options;

    public async Task InitializeAsync()
    {
        await _connection.OpenAsync();
        await using var db = new PlansDb(_options);
        await db.Database.EnsureCreatedAsync();
        db.Add(new Kept { Id = "one", Plan = Full, Lot = Full.Lot });
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await _connection.DisposeAsync();

    [Fact]
    public async Task Kept_ReadBack_IsWhatWasWritten()
    {
        await using var db = new PlansDb(_options);

        var kept = await db.Set<Kept>().SingleAsync();

        kept.Lot.ShouldBe(Full.Lot);
        (kept.Plan with { Tags = Full.Tags }).ShouldBe(Full);
        kept.Plan.Tags.ShouldBe(Full.Tags);
        db.ChangeTracker.HasChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task Kept_Replaced_IsWritten()
    {
        await using (var db = new PlansDb(_options))
        {
            var kept = await db.Set<Kept>().SingleAsync();
            kept.Plan = kept.Plan with { Title = "Other" };
            kept.Lot = new Lot(kept.Lot) { Capacity = 4 };
            await db.SaveChangesAsync();
        }

        await using var again = new PlansDb(_options);
        var found = await again.Set<Kept>().SingleAsync();
        (found.Plan.Title, found.Lot.Capacity).ShouldBe(("Other", 4));
    }

    [Fact]
    public async Task Kept_EqualMessage_IsNoChange()
    {
        await using var db = new PlansDb(_options);

        (await db.Set<Kept>().SingleAsync()).Lot = Full.Lot.Clone();

        db.ChangeTracker.HasChanges().ShouldBeFalse();
    }

    [Fact]
    public void Json_OfAValue_IsReadableAndWithoutNulls()
    {
        using var json = JsonDocument.Parse(WholeColumns.ToJson(Full));

        json.RootElement.GetProperty("Severity").GetString().ShouldBe("High");
        json.RootElement.GetProperty("At").GetString().ShouldBe("2026-11-27T02:00:00.000000001Z");
        json.RootElement.GetProperty("Date").GetString().ShouldBe("2026-11-27");
        json.RootElement.GetProperty("Lot").GetProperty("displayName").GetString().ShouldBe("Lot");
        json.RootElement.TryGetProperty("Note", out _).ShouldBeFalse();
    }

    [Fact]
    public void Json_WithFieldsThatCameLater_IsRead()
    {
        var text = WholeColumns.ToJson(Full).Replace("\"displayName\"", "\"later\":1,\"displayName\"", StringComparison.Ordinal);

        WholeColumns.FromJson<Plan>("{\"Later\":1," + text[1..]).Lot.ShouldBe(Full.Lot);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"At\":\"yesterday\"}")]
    [InlineData("{\"At\":5}")]
    public void Json_OfSomethingElse_IsRefused(string json) => Should.Throw<JsonException>(() => WholeColumns.FromJson<Plan>(json));

    private sealed record Plan(
        string Title,
        Severity Severity,
        Instant At,
        Duration Length,
        LocalDate Date,
        LocalTime Opens,
        LocalDateTime Civil,
        ImmutableArray<string> Tags,
        Lot Lot,
        string? Note);

    private sealed class Kept
    {
        public required string Id { get; init; }

        public required Plan Plan { get; set; }

        public required Lot Lot { get; set; }
    }

    private sealed class PlansDb(DbContextOptions<PlansDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Kept>(kept =>
        {
            kept.Property(row => row.Plan).KeepAsJson();
            kept.Property(row => row.Lot).KeepAsMessage();
        });
    }
}
