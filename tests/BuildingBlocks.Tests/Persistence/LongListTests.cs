using System.Globalization;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Persistence;

/// <summary>What a batch names is looked up in one question, however much it is.</summary>
public sealed class LongListTests
{
    /// <summary>SQLite takes at most 32,766 parameters.</summary>
    private const int Many = 40_000;

    [Fact]
    public async Task Query_MoreValuesThanParametersAreAllowed_FindsTheRowAmongThem()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        var host = estate[SampleServices.DepotEntry];
        await host.ReadAsync(db =>
        {
            db.Add(new Applied { Subject = "lots/31999" });
            return db.SaveChangesAsync();
        });
        var names = Enumerable.Range(0, Many).Select(i => string.Create(CultureInfo.InvariantCulture, $"lots/{i}")).ToArray();

        var found =
            await host.ReadAsync(db => db.Applied.Where(row => names.Contains(row.Subject)).Select(row => row.Subject).ToListAsync());

        found.ShouldBe(["lots/31999"]);
    }
}
