using System.Text.Json;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Follows a neighbour's republish: counts its events and, when all are in, removes what the run did not have.</summary>
internal static class Neighbours
{
    public static async Task CountAsync<TDb>(
        IServiceProvider services, Subscriptions<TDb> subscriptions, WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct)
        where TDb : GovernanceDbContext
    {
        if (!subscriptions.Reads(incoming.Envelope.Source)) return;
        var completed = incoming.Message as RepublishCompleted;
        var run = completed?.Run ?? incoming.Meta.Run;
        if (run.Length == 0) return;

        var neighbour = await FindAsync(unit.Db, incoming.Envelope.Source, ct);
        if (string.CompareOrdinal(run, neighbour.Run) < 0) return;
        if (neighbour.Run != run) (neighbour.Run, neighbour.Seen, neighbour.Total) = (run, 0, null);
        if (completed is null)
        {
            neighbour.Seen++;
        }
        else
        {
            (neighbour.Total, neighbour.RunEpoch, neighbour.SnapshotSequence) =
            (completed.Total, completed.Epoch, completed.SnapshotSequence);
        }

        if (neighbour.Total is { } total && neighbour.Seen >= total) await FinishAsync(services, subscriptions, unit, neighbour, ct);
    }

    public static async Task<NeighbourRow> FindAsync<TDb>(TDb db, string owner, CancellationToken ct)
        where TDb : GovernanceDbContext
    {
        if (await db.Neighbours.FindAsync([owner], ct) is { } known) return known;
        var row = new NeighbourRow { Owner = owner };
        db.Neighbours.Add(row);
        return row;
    }

    private static async Task FinishAsync<TDb>(
        IServiceProvider services, Subscriptions<TDb> subscriptions, WriteUnit<TDb> unit, NeighbourRow neighbour, CancellationToken ct)
        where TDb : GovernanceDbContext
    {
        foreach (var sweep in subscriptions.SweepsOf(neighbour.Owner)) await sweep.SweepAsync(services, unit, neighbour, ct);
        neighbour.Complete = true;
        neighbour.Total = null;
    }
}

/// <summary>Finds the run in an event whose type this service does not know.</summary>
internal static class RunOnly
{
    public static EventMeta MetaIn(string data)
    {
        using var document = JsonDocument.Parse(data);
        var meta = new EventMeta();
        if (document.RootElement.TryGetProperty("meta", out var found)
            && found.ValueKind == JsonValueKind.Object
            && found.TryGetProperty("run", out var run)
            && run.ValueKind == JsonValueKind.String)
        {
            meta.Run = run.GetString();
        }

        return meta;
    }
}
