using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Tracing;
using Governance.BuildingBlocks.Writing;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Commits the effects of deliveries with their inbox rows. A delivery that is known does nothing.</summary>
internal sealed class InboxWriter<TDb>(IServiceProvider services, UnitRunner<TDb> runner, Subscriptions<TDb> subscriptions)
    where TDb : GovernanceDbContext
{
    /// <summary>All of them in one commit, or none.</summary>
    public async Task CommitAsync(IReadOnlyList<IncomingEvent> share, CancellationToken ct)
    {
        List<Activity?> spans = [.. share.Select(incoming => EventTraces.StartHandling(subscriptions.Service, incoming))];
        try
        {
            await runner.RunManyAsync(Jobs(share, spans), ct);
        }
        catch (Exception fault)
        {
            spans.ForEach(span => span?.Fail(fault));
            throw;
        }
        finally
        {
            foreach (var span in Enumerable.Reverse(spans)) span?.Dispose();
        }
    }

    private IReadOnlyList<UnitJob<TDb>> Jobs(
        IReadOnlyList<IncomingEvent> share, IReadOnlyList<Activity?> spans) =>
        share.Count > 1 && share.All(incoming => subscriptions.SharingOf(incoming.Envelope.Type) == CommitSharing.Freely)
            ? [new(Scope(share[0], spans[0]), (unit, ct) => ApplyAsync(unit, share, ct))]
            : [.. share.Zip(spans, Job)];

    /// <summary>What it does to the database belongs to its own span, not to the one that began last.</summary>
    private UnitJob<TDb> Job(IncomingEvent incoming, Activity? span) => new(Scope(incoming, span), (unit, ct) =>
    {
        Activity.Current = span;
        return ApplyAsync(unit, incoming, ct);
    });

    private UnitScope Scope(IncomingEvent incoming, Activity? span) => new(
        Caller.Service(subscriptions.Service) with { Person = incoming.Meta.Actor?.Person ?? "" },
        incoming.Envelope.Type[(incoming.Envelope.Type.LastIndexOf('.') + 1)..],
        [])
    {
        Lane = incoming.Envelope.Lane,
        TraceParent = span?.Id ?? (incoming.Envelope.TraceParent.Length > 0 ? incoming.Envelope.TraceParent : Correlation.TraceParent),
    };

    private async Task ApplyAsync(WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct)
    {
        if (await unit.Db.Inbox.FindAsync([incoming.Envelope.Id], ct) is not null) return;
        unit.Db.Inbox.Add(Note(unit, incoming));
        foreach (var route in subscriptions.RoutesOf(incoming.Envelope.Type)) await route.HandleAsync(services, unit, incoming, ct);
        await Neighbours.CountAsync(services, subscriptions, unit, incoming, ct);
    }

    /// <summary>Copies: one look at the inbox, one at each table, one save.</summary>
    private async Task ApplyAsync(WriteUnit<TDb> unit, IReadOnlyList<IncomingEvent> share, CancellationToken ct)
    {
        List<string> ids = [.. share.Select(incoming => incoming.Envelope.Id)];
        var known =
            await unit.Db.Inbox.AsNoTracking().Where(row => ids.Contains(row.EventId)).Select(row => row.EventId).ToHashSetAsync(ct);
        List<IncomingEvent> fresh = [.. share.Where(incoming => known.Add(incoming.Envelope.Id))];
        unit.InsertRange(fresh.Select(incoming => Note(unit, incoming)));
        foreach (var same in fresh.GroupBy(incoming => incoming.Envelope.Type))
        {
            foreach (var route in subscriptions.RoutesOf(same.Key)) await route.HandleAllAsync(services, unit, [.. same], ct);
        }

        foreach (var incoming in fresh) await Neighbours.CountAsync(services, subscriptions, unit, incoming, ct);
    }

    private InboxRow Note(WriteUnit<TDb> unit, IncomingEvent incoming)
    {
        unit.Ledger.Handled++;
        unit.Ledger.LastHandledTime = SystemTime.Now;
        Telemetry.Handled.Add(1, Telemetry.Of(subscriptions.Service));
        if (incoming.Meta.CommitTime is { } committed) Telemetry.Lag.Record(Lag(unit, committed), Telemetry.Of(subscriptions.Service));
        return new InboxRow { EventId = incoming.Envelope.Id, HandleTime = SystemTime.Now };
    }

    /// <summary>By the clock of business rules, which both ends share.</summary>
    private static double Lag(WriteUnit<TDb> unit, Timestamp committed) => Math.Max(0, (unit.Now - committed.ToInstant()).TotalSeconds);
}
