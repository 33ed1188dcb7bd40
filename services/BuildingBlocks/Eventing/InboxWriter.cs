using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Requests;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Commits the effects of deliveries with their inbox rows. A delivery that is known does nothing.</summary>
internal sealed class InboxWriter<TDb>(IServiceProvider services, UnitRunner<TDb> runner, Subscriptions<TDb> subscriptions)
    where TDb : GovernanceDbContext
{
    /// <summary>All of them in one commit, or none.</summary>
    public Task CommitAsync(IReadOnlyList<IncomingEvent> share, CancellationToken ct) =>
        share.Count > 1 && share.All(incoming => subscriptions.SharingOf(incoming.Envelope.Type) == CommitSharing.Freely)
            ? runner.RunManyAsync([(Scope(share[0]), (unit, token) => ApplyAsync(unit, share, token))], ct)
            : runner.RunManyAsync([.. share.Select(Job)], ct);

    private (UnitScope Scope, Func<WriteUnit<TDb>, CancellationToken, Task> Work) Job(IncomingEvent incoming) =>
        (Scope(incoming), (unit, ct) => ApplyAsync(unit, incoming, ct));

    private UnitScope Scope(IncomingEvent incoming) => new(
        Caller.Service(subscriptions.Service) with { Person = incoming.Meta.Actor?.Person ?? "" },
        incoming.Envelope.Type[(incoming.Envelope.Type.LastIndexOf('.') + 1)..],
        [])
    {
        Lane = incoming.Envelope.Lane,
        TraceParent = incoming.Envelope.TraceParent.Length > 0 ? incoming.Envelope.TraceParent : Correlation.TraceParent,
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
        var known = await unit.Db.Inbox.AsNoTracking().Where(row => ids.Contains(row.EventId)).Select(row => row.EventId).ToHashSetAsync(ct);
        List<IncomingEvent> fresh = [.. share.Where(incoming => known.Add(incoming.Envelope.Id))];
        unit.InsertRange(fresh.Select(incoming => Note(unit, incoming)));
        foreach (var same in fresh.GroupBy(incoming => incoming.Envelope.Type))
        {
            foreach (var route in subscriptions.RoutesOf(same.Key)) await route.HandleAllAsync(services, unit, [.. same], ct);
        }

        foreach (var incoming in fresh) await Neighbours.CountAsync(services, subscriptions, unit, incoming, ct);
    }

    private static InboxRow Note(WriteUnit<TDb> unit, IncomingEvent incoming)
    {
        unit.Ledger.Handled++;
        unit.Ledger.LastHandledTime = SystemTime.Now;
        Telemetry.Handled.Add(1);
        return new InboxRow { EventId = incoming.Envelope.Id, HandleTime = SystemTime.Now };
    }
}
