using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Responsibilities;

/// <summary>Sees to it that the areas that ship with the service are there from the first start on.</summary>
internal sealed class AreaSeed(IDbContextFactory<OwnershipDb> databases, Writes<OwnershipDb> writes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if ((await MissingAsync(db, cancellationToken)).Count == 0) return;
        await writes.RunAsync(
            "SeedAreas",
            async (unit, ct) =>
            {
                foreach (var id in await MissingAsync(unit.Db, ct)) unit.Db.Areas.Add(Area.Create(id, AreaPresets.All[id], unit.Now));
            },
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<List<string>> MissingAsync(OwnershipDb db, CancellationToken ct) =>
        [.. AreaPresets.All.Keys.Except(await db.Areas.Select(area => area.Id).ToListAsync(ct)).Order(StringComparer.Ordinal)];
}
