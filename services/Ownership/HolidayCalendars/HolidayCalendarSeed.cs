using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.HolidayCalendars;

/// <summary>Sees to it that the calendars that ship with the service are there from the first start on.</summary>
internal sealed class HolidayCalendarSeed(IDbContextFactory<OwnershipDb> databases, Writes<OwnershipDb> writes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if ((await MissingAsync(db, cancellationToken)).Count == 0) return;
        await writes.RunAsync(
            "SeedHolidayCalendars",
            async (unit, ct) =>
            {
                foreach (var id in await MissingAsync(unit.Db, ct))
                {
                    unit.Db.HolidayCalendars.Add(HolidayCalendar.Create(id, HolidayTerms.Preset(id), unit.Now));
                }
            },
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<List<string>> MissingAsync(OwnershipDb db, CancellationToken ct) =>
        [.. PresetCalendars.Ids.Except(await db.HolidayCalendars.Select(calendar => calendar.Id).ToListAsync(ct))];
}
