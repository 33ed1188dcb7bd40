using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Deadlines;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Policies;

/// <summary>Sees to it that the presets are there from the first start on, and that one policy is in force.</summary>
internal sealed class PolicySeed(IDbContextFactory<PatchingDb> databases, Writes<PatchingDb> writes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if ((await MissingAsync(db, cancellationToken)).Count + (await MissingCalendarsAsync(db, cancellationToken)).Count == 0) return;
        await writes.RunAsync(
            "SeedPolicies",
            async (unit, ct) =>
            {
                foreach (var id in await MissingCalendarsAsync(unit.Db, ct))
                {
                    unit.Db.Calendars.Add(WorkCalendar.Create(id, PresetCalendars.Load(id), unit.Now));
                }
                var isActive = !await unit.Db.Policies.AnyAsync(policy => policy.IsActive, ct);
                foreach (var preset in await MissingAsync(unit.Db, ct))
                {
                    unit.Db.Policies.Add(Policy.Create(preset, isActive, unit.Sequence, unit.Now));
                    isActive = false;
                }
            },
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<List<string>> MissingCalendarsAsync(PatchingDb db, CancellationToken ct) =>
        [.. PresetCalendars.Ids.Except(await db.Calendars.Select(calendar => calendar.Id).ToListAsync(ct))];

    private static async Task<List<DeadlinePolicy>> MissingAsync(PatchingDb db, CancellationToken ct)
    {
        var known = await db.Policies.Select(policy => policy.Id).ToListAsync(ct);
        return [.. PolicyFile.LoadPresets().Where(preset => !known.Contains(preset.Id))];
    }
}
