using Google.Protobuf;
using Governance.Ownership.History;
using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Makes timelines of resources and their past.</summary>
internal static class Timelines
{
    private const int Most = 500;

    /// <summary>The states that were, of those resources that have any, oldest first.</summary>
    public static async Task<ILookup<string, RevisionRow>> PastAsync(OwnershipDb db, IEnumerable<string> resources, CancellationToken ct)
    {
        var rows = new List<RevisionRow>();
        foreach (var some in resources.Chunk(Most))
        {
            rows.AddRange(await db.Revisions.AsNoTracking().Where(row => some.Contains(row.Resource) && row.Mask == null).ToListAsync(ct));
        }
        return rows.OrderBy(row => row.From).ToLookup(row => row.Resource);
    }

    /// <param name="past">The resource's, oldest first.</param>
    /// <param name="from">From when the present state holds.</param>
    /// <param name="present">The present state.</param>
    /// <param name="end">When it was deleted.</param>
    /// <param name="map">What is looked at of a state.</param>
    public static Timeline<TState> Of<TTerms, TState>(
        IEnumerable<RevisionRow> past, Instant from, TState present, Instant? end, Func<TTerms, TState> map)
        where TTerms : class, IMessage<TTerms>, new()
        where TState : class =>
        new(
            [.. past.Where(row => row.From < from).Select(row => (row.From, map(RevisionLog.Parse<TTerms>(row.Content)))), (from, present)],
            end);

    /// <summary>Reads by names in portions that a statement can hold.</summary>
    public static async Task<List<TRow>> ReadAsync<TRow>(
        IEnumerable<string> names, Func<string[], IQueryable<TRow>> query, CancellationToken ct)
    {
        var rows = new List<TRow>();
        foreach (var some in names.Chunk(Most)) rows.AddRange(await query(some).ToListAsync(ct));
        return rows;
    }

    /// <summary>The id in a name.</summary>
    public static string IdOf(string name) => name[(name.IndexOf('/') + 1)..];
}
