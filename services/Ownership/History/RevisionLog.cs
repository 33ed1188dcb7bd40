using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.History;

/// <summary>Changes resources from an instant on, and reads them as they were or will be at one.</summary>
internal static class RevisionLog
{
    /// <summary>
    /// Takes over a state from now on, from a past instant on (a correction: what was recorded since then is replaced), or
    /// plans it for later.
    /// </summary>
    /// <param name="unit">The write.</param>
    /// <param name="aggregate">The resource.</param>
    /// <param name="terms">Its whole new state, checked.</param>
    /// <param name="mask">Which fields a planned change takes over.</param>
    /// <param name="effective">From when; unset: now.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task ReviseAsync<T>(
        this WriteUnit<OwnershipDb> unit, DatedAggregate<T> aggregate, T terms, FieldMask? mask, Timestamp? effective, CancellationToken ct)
        where T : class, IMessage<T>, new()
    {
        var from = effective?.ToInstant() ?? unit.Now;
        if (from > unit.Now) await PlanAsync(unit, aggregate, terms, mask, from, ct);
        else await ApplyAsync(unit, aggregate, terms, from, ct);
    }

    /// <summary>The state at an instant. Before the first that is known, that one. Null: deleted then.</summary>
    public static async Task<T?> AtAsync<T>(this OwnershipDb db, DatedAggregate<T> aggregate, Instant at, CancellationToken ct)
        where T : class, IMessage<T>, new()
    {
        if (aggregate.DeleteTime <= at) return null;
        if (!aggregate.HasRevisions) return aggregate.Terms;
        var rows = await db.Revisions.AsNoTracking().Where(row => row.Resource == aggregate.Name).OrderBy(row => row.From).ToListAsync(ct);
        return At(aggregate, rows, at);
    }

    /// <summary>As <see cref="AtAsync{T}"/>, among revisions that were read before, oldest first.</summary>
    public static T At<T>(DatedAggregate<T> aggregate, IReadOnlyList<RevisionRow> rows, Instant at)
        where T : class, IMessage<T>, new()
    {
        if (at < aggregate.EffectiveFrom)
        {
            var past = rows.Where(row => row.Mask is null).ToList();
            var then = past.LastOrDefault(row => row.From <= at) ?? past.FirstOrDefault();
            return then is null ? aggregate.Terms : Parse<T>(then.Content);
        }

        return rows.Where(row => row.Mask is not null && row.From <= at)
            .Aggregate(aggregate.Terms, (terms, planned) => Merge(terms.Clone(), planned));
    }

    public static T Parse<T>(byte[] content)
        where T : class, IMessage<T>, new()
    {
        var message = new T();
        message.MergeFrom(content);
        return message;
    }

    /// <summary>The state with a planned change in it.</summary>
    public static T Merge<T>(T current, RevisionRow planned)
        where T : class, IMessage<T>, new()
    {
        var given = Parse<T>(planned.Content);
        return planned.Mask == "*"
            ? given
            : new FieldFaults().Masked(current, given, new FieldMask { Paths = { planned.Mask!.Split(',') } });
    }

    /// <summary>Keeps the present state as one that held.</summary>
    public static async Task ArchiveAsync(WriteUnit<OwnershipDb> unit, IDated aggregate, CancellationToken ct)
    {
        aggregate.HasRevisions = true;
        if (await unit.Db.Revisions.FindAsync([aggregate.Name, aggregate.EffectiveFrom], ct) is { } same)
        {
            same.Content = aggregate.Content;
        }
        else
        {
            unit.Db.Revisions.Add(
            new RevisionRow { Resource = aggregate.Name, From = aggregate.EffectiveFrom, Content = aggregate.Content });
        }
    }

    private static async Task ApplyAsync<T>(
        WriteUnit<OwnershipDb> unit, DatedAggregate<T> aggregate, T terms, Instant from, CancellationToken ct)
        where T : class, IMessage<T>, new()
    {
        if (aggregate.Content.AsSpan().SequenceEqual(terms.ToByteArray()) && from >= aggregate.EffectiveFrom) return;
        if (from > aggregate.EffectiveFrom)
        {
            await ArchiveAsync(unit, aggregate, ct);
        }
        else if (aggregate.HasRevisions)
        {
            unit.Db.Revisions.RemoveRange(await unit.Db.Revisions
                .Where(row => row.Resource == aggregate.Name && row.Mask == null && row.From >= from)
                .ToListAsync(ct));
        }
        aggregate.Put(terms, from, "UPDATED", unit.Now);
    }

    private static async Task PlanAsync<T>(
        WriteUnit<OwnershipDb> unit, DatedAggregate<T> aggregate, T terms, FieldMask? mask, Instant from, CancellationToken ct)
        where T : class, IMessage<T>, new()
    {
        var paths = UpdateMasks.IsWhole(mask) ? "*" : string.Join(',', mask!.Paths.Where(path => path is not ("name" or "etag")));
        if (await unit.Db.Revisions.FindAsync([aggregate.Name, from], ct) is { } planned)
        {
            (planned.Content, planned.Mask) = (terms.ToByteArray(), paths);
        }
        else
        {
            unit.Db.Revisions.Add(new RevisionRow { Resource = aggregate.Name, From = from, Content = terms.ToByteArray(), Mask = paths });
        }

        aggregate.HasRevisions = true;
        aggregate.Replan("PLANNED", unit.Now);
    }
}
