using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Asks each owner that never republished in full to do so, with growing pauses, until it has.</summary>
internal sealed partial class NeighbourWatch<TDb>(
    IDbContextFactory<TDb> databases,
    UnitRunner<TDb> runner,
    Subscriptions<TDb> subscriptions,
    ILogger<NeighbourWatch<TDb>> log) : BackgroundService
    where TDb : GovernanceDbContext
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly Duration LongestPause = Duration.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await AskAsync(stoppingToken)) await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>Whether anyone is still to answer.</returns>
    private async Task<bool> AskAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var known = await db.Neighbours.AsNoTracking().ToDictionaryAsync(row => row.Owner, ct);
            List<string> open = [.. subscriptions.Owners.Select(owner => owner.Name)
                .Where(owner => known.GetValueOrDefault(owner) is not { Complete: true })];
            List<string> due = [.. open.Where(owner => IsDue(known.GetValueOrDefault(owner)))];
            if (due.Count > 0)
            {
                await runner.RunAsync(
                new UnitScope(Caller.Service(subscriptions.Service), "AskToRepublish", []),
                (unit, token) => AskAsync(unit, due, token),
                ct);
            }

            return open.Count > 0;
        }
        catch (Exception fault)
        {
            // A service that stops may take its database away in the middle of this.
            if (ct.IsCancellationRequested) return false;
            CannotAsk(log, fault);
            return true;
        }
    }

    private static bool IsDue(NeighbourRow? row)
    {
        if (row?.AskTime is not { } asked) return true;
        var pause = Duration.FromSeconds(Math.Pow(2, Math.Min(row.Asks, 10)));
        return SystemTime.Now - asked >= (pause < LongestPause ? pause : LongestPause);
    }

    private async Task<bool> AskAsync(WriteUnit<TDb> unit, List<string> owners, CancellationToken ct)
    {
        foreach (var owner in owners)
        {
            var row = await Neighbours.FindAsync(unit.Db, owner, ct);
            (row.AskTime, row.Asks) = (SystemTime.Now, row.Asks + 1);
            var ask = new RepublishRequested
            {
                Owner = owner,
                Consumer = subscriptions.Service.Name,
                Reason = "This consumer never received a republish in full.",
            };
            unit.Raised.Add(new RaisedEvent($"services/{owner}", ask, "REQUESTED", unit.Sequence, Deleted: false)
            {
                Topic = ServiceCatalog.ControlTopic,
            });
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot ask the neighbours for their state yet")]
    private static partial void CannotAsk(ILogger log, Exception fault);
}
