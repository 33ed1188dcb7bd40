using Governance.BuildingBlocks.Operators;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Persistence;

public sealed class HousekeepingTests
{
    [Fact]
    public async Task Rows_PastTheirTime_AreRemovedAndYoungerOnesStay()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        var host = estate[SampleServices.DepotEntry];
        var now = Instant.FromDateTimeUtc(DateTime.UtcNow);
        await host.ReadAsync(db =>
        {
            for (var i = 0; i < 2500; i++)
            {
                db.Add(new InboxRow { EventId = $"event-{i}", HandleTime = now - Duration.FromDays(i < 2400 ? 31 : 29) });
            }
            db.Add(new RequestRow { Key = "old", Digest = "", Response = [], CommitTime = now - Duration.FromHours(25) });
            db.Add(new RequestRow { Key = "young", Digest = "", Response = [], CommitTime = now - Duration.FromHours(23) });
            return db.SaveChangesAsync();
        });

        await host.Services.GetServices<IHostedService>().OfType<Housekeeping<SampleDb>>().Single().CleanAsync(now, CancellationToken.None);

        (await host.ReadAsync(db => db.Inbox.CountAsync())).ShouldBe(100);
        (await host.ReadAsync(db => db.RequestResults.Select(row => row.Key).ToListAsync())).ShouldBe(["young"]);
    }

    [Fact]
    public async Task Instants_Stored_CompareAndOrderInTheDatabase()
    {
        await using var estate = await TestEstate.StartAsync(SampleServices.Depot);
        foreach (var (id, time) in new[]
        {
            ("early-lot", "1969-12-31T23:59:59.5Z"),
            ("middle-lot", "1970-01-01T00:00:00.0000001Z"),
            ("late-lot", "9999-12-31T23:59:59.9999999Z"),
        })
        {
            estate.Clock.Set(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
            await estate.Lots().CreateLotAsync(Depot.NewLot(id));
        }

        var epoch = Instant.FromUnixTimeTicks(0);
        var after = await estate[SampleServices.DepotEntry].ReadAsync(db =>
            db.Lots.Where(lot => lot.CreateTime > epoch).OrderByDescending(lot => lot.CreateTime).Select(lot => lot.Id).ToListAsync());

        after.ShouldBe(["late-lot", "middle-lot"]);
    }
}
