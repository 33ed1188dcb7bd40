using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.ChangePolicies;

/// <summary>Sees to it that <c>changePolicies/default</c> is there from the first start on.</summary>
internal sealed class DefaultPolicy(IDbContextFactory<WindowsDb> databases, Writes<WindowsDb> writes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await IsThereAsync(db, cancellationToken)) return;
        await writes.RunAsync(
            "SeedDefaultPolicy",
            async (unit, ct) =>
            {
                if (!await IsThereAsync(unit.Db, ct))
                {
                    unit.Db.ChangePolicies.Add(ChangePolicy.Create(ChangePolicy.DefaultId, ChangePolicyTerms.Default, unit.Now));
                }
            },
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Task<bool> IsThereAsync(WindowsDb db, CancellationToken ct) =>
        db.ChangePolicies.AnyAsync(policy => policy.Id == ChangePolicy.DefaultId, ct);
}
