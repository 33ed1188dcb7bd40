using Governance.Ownership.Components;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Insights;

/// <summary>Walks the graph against its arrows, level by level: who depends, directly or not, on some components.</summary>
internal static class DependentWalk
{
    public const int Most = 10_000;

    /// <summary>Nearest first; each with the component one step nearer. Those that use an interface depend on whoever offers it.</summary>
    public static async Task<(List<Dependent> Found, bool Truncated)> DependentsAsync(
        this OwnershipDb db, IReadOnlyList<string> from, CancellationToken ct)
    {
        var (seen, found) = (from.ToHashSet(), new List<Dependent>());
        for (var (level, distance) = (from, 1); level.Count > 0; distance++)
        {
            var next = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var batch in level.Chunk(DutyTables.BatchSize))
            {
                foreach (var (dependent, via) in await DirectAsync(db, batch, ct))
                {
                    if (!seen.Contains(dependent) && (!next.TryGetValue(dependent, out var other) || string.CompareOrdinal(via, other) < 0))
                    {
                        next[dependent] = via;
                    }
                }
            }

            foreach (var (dependent, via) in next)
            {
                if (found.Count == Most) return (found, true);
                seen.Add(dependent);
                found.Add(new Dependent(dependent, distance, via));
            }

            level = [.. next.Keys];
        }

        return (found, false);
    }

    private static async Task<List<(string Dependent, string Via)>> DirectAsync(OwnershipDb db, string[] targets, CancellationToken ct)
    {
        var direct = (await db.Relations.Where(row => EF.Parameter(targets).Contains(row.To) && row.Kind == RelationKind.DependsOn)
            .Select(row => new { row.From, row.To }).ToListAsync(ct)).ConvertAll(row => (row.From, row.To));
        var offered = await db.Relations.Where(row => EF.Parameter(targets).Contains(row.From) && row.Kind == RelationKind.ProvidesApi)
            .Select(row => new { row.From, row.To }).ToListAsync(ct);
        if (offered.Count == 0) return direct;
        var providers = offered.ToLookup(row => row.To, row => row.From);
        foreach (var apis in providers.Select(group => group.Key).Chunk(DutyTables.BatchSize))
        {
            var users = await db.Relations.Where(row => EF.Parameter(apis).Contains(row.To) && row.Kind == RelationKind.ConsumesApi)
                .Select(row => new { row.From, row.To }).ToListAsync(ct);
            direct.AddRange(users.SelectMany(user => providers[user.To].Select(provider => (user.From, provider))));
        }

        return direct;
    }
}

/// <summary>A component that depends on others.</summary>
internal readonly record struct Dependent(string Component, int Distance, string Via);
