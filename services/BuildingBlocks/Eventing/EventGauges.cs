using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>What a service has not yet published, and what it could not handle: asked of its database when somebody collects.</summary>
internal sealed class EventGauges<TDb>(IDbContextFactory<TDb> databases, ServiceEntry service) : IHostedService
    where TDb : GovernanceDbContext
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        EventGauges.Watch(this, service, databases.CreateDbContext);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        EventGauges.Forget(this);
        return Task.CompletedTask;
    }
}

/// <summary>The gauges of all services of the process: an instrument of the same name must not be made twice.</summary>
internal static class EventGauges
{
    private static readonly ConcurrentDictionary<object, (ServiceEntry Service, Func<GovernanceDbContext> Open)> Watched = [];

    static EventGauges()
    {
        Create("governance.outbox.depth", "{event}", "Events that wait to be published", db => Waiting(db).LongCount());
        Create("governance.outbox.age", "s", "How long the oldest of them has waited", AgeOf);
        Create("governance.dead_letters", "{event}", "Events that could not be handled", db => db.DeadLetters.LongCount());
    }

    public static void Watch(object owner, ServiceEntry service, Func<GovernanceDbContext> open) => Watched[owner] = (service, open);

    public static void Forget(object owner) => Watched.TryRemove(owner, out _);

    private static void Create(string name, string unit, string description, Func<GovernanceDbContext, double> read) =>
        Telemetry.Meter.CreateObservableGauge(
            name, () => Watched.Values.Select(watched => Measure(watched.Service, watched.Open, read)), unit, description);

    private static Measurement<double> Measure(
        ServiceEntry service, Func<GovernanceDbContext> open, Func<GovernanceDbContext, double> read)
    {
        using var db = open();
        return new Measurement<double>(read(db), Telemetry.Of(service));
    }

    private static double AgeOf(GovernanceDbContext db)
    {
        var oldest = Waiting(db).OrderBy(row => row.Sequence).Select(row => (NodaTime.Instant?)row.CommitTime).FirstOrDefault();
        return oldest is { } since ? (SystemTime.Now - since).TotalSeconds : 0;
    }

    private static IQueryable<OutboxRow> Waiting(GovernanceDbContext db) => db.Outbox.AsNoTracking().Where(row => !row.Parked);
}
