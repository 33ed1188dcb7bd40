using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Components;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Component = Governance.Ownership.Components.Component;
using Place = Governance.Ownership.V1.OwnershipGraph.Types.Place;
using Relation = Governance.Ownership.V1.OwnershipGraph.Types.Relation;

namespace Governance.Ownership.Insights.Maps;

/// <summary>Reads the part of the catalogue that a map shows, as far as the caller may see it.</summary>
internal sealed class MapQuery(OwnershipDb db, Reach reach, Instant now)
{
    /// <summary>More than that is no map that anybody reads.</summary>
    public const int MostUnscoped = 500;

    public const int MostScoped = 1000;

    /// <summary>Where the caller does not say how many.</summary>
    public const int UsualNeighbours = 200;

    public const int MostNeighbours = 2000;

    private readonly SortedDictionary<string, OwnershipGraph.Types.MapNode> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To, Relation Relation, string Api)> _edges = [];

    /// <param name="scope">Of the request.</param>
    /// <param name="mostNeighbours">How many neighbours are shown.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<OwnershipGraph> ReadAsync(string scope, int mostNeighbours, CancellationToken ct)
    {
        var most = scope.Length == 0 ? MostUnscoped : MostScoped;
        var (title, chosen) = await ChosenAsync(scope, ct);
        var inside = await chosen.AsNoTracking().Where(one => one.DeleteTime == null).OrderBy(one => one.Id).Take(most + 1).ToListAsync(ct);
        if (inside.Count > most) throw TooLarge(scope, $"has more than {most} components");
        foreach (var one in inside) Add(one, Place.Inside);
        await RelationsAsync([.. inside.Select(one => one.Name)], ct);
        var leftOut = await NeighboursAsync(mostNeighbours, ct);
        return new OwnershipGraph
        {
            Title = title,
            Nodes = { _nodes.Values },
            NeighboursLeftOut = leftOut,
            Edges =
            {
                _edges.Where(edge => _nodes.ContainsKey(edge.From) && _nodes.ContainsKey(edge.To)).Order().Select(
                    edge => new OwnershipGraph.Types.MapEdge { From = edge.From, To = edge.To, Relation = edge.Relation, Api = edge.Api }),
            },
        };
    }

    private async Task<(string Title, IQueryable<Component> Chosen)> ChosenAsync(string scope, CancellationToken ct)
    {
        var (seen, id) = (db.SeenComponents(reach, now), scope[(scope.IndexOf('/') + 1)..]);
        if (scope.Length == 0) return ("All components", seen);
        if (NameFields.IsName(scope, "components"))
        {
            return await KnownAsync(seen.Where(one => one.Id == id).Select(one => one.Id), scope, ct, seen.Where(one => one.Id == id));
        }
        if (NameFields.IsName(scope, "systems"))
        {
            var system = await db.Systems.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.DeleteTime == null, ct);
            var parts = seen.Where(one => one.System == scope);
            return system is not null && reach.Covers(system.Target)
                ? (system.DisplayName, parts)
                : await KnownAsync(parts.Select(one => one.Id), scope, ct, parts);
        }

        if (!NameFields.IsName(scope, "parties"))
        {
            throw FieldFaults.Single("scope", $"'{scope}' is none of systems/…, components/… and parties/….", "INVALID_NAME");
        }
        var ids = await db.Responsibilities.Where(one => one.Party == scope && one.DeleteTime == null)
            .Where(one => (one.From == null || one.From <= now) && (one.Until == null || one.Until > now))
            .Select(one => one.Component).Distinct().Take(MostScoped + 1).ToListAsync(ct);
        var held = ids.Select(name => name["components/".Length..]).ToArray();
        var holding = seen.Where(one => one.Owner == scope || EF.Parameter(held).Contains(one.Id));
        return await db.SeenParties(reach).AnyAsync(one => one.Id == id && one.DeleteTime == null, ct)
            ? (scope, holding)
            : await KnownAsync(holding.Select(one => one.Id), scope, ct, holding);
    }

    /// <summary>What nobody has entered is a scope still where something refers to it.</summary>
    private static async Task<(string Title, IQueryable<Component> Chosen)> KnownAsync(
        IQueryable<string> names, string scope, CancellationToken ct, IQueryable<Component> chosen) =>
        await names.AnyAsync(ct) ? (scope, chosen) : throw new Missing(scope);

    private async Task RelationsAsync(IReadOnlyList<string> inside, CancellationToken ct)
    {
        var (offers, uses) = (new List<RelationRow>(), new List<RelationRow>());
        foreach (var batch in inside.Chunk(DutyTables.BatchSize))
        {
            foreach (var row in await db.Relations.AsNoTracking().Where(row => EF.Parameter(batch).Contains(row.From)).ToListAsync(ct))
            {
                if (row.Kind == RelationKind.ProvidesApi) offers.Add(row);
                else if (row.Kind == RelationKind.ConsumesApi) uses.Add(row);
                else Connect(row);
            }

            foreach (var row in await db.Relations.AsNoTracking()
                .Where(row => EF.Parameter(batch).Contains(row.To)
                    && (row.Kind == RelationKind.DependsOn || row.Kind == RelationKind.SubcomponentOf)).ToListAsync(ct))
            {
                Connect(row);
            }
        }

        var offered = await OfApisAsync([.. uses.Select(row => row.To).Distinct()], RelationKind.ProvidesApi, ct);
        var used = await OfApisAsync([.. offers.Select(row => row.To).Distinct()], RelationKind.ConsumesApi, ct);
        Connect(uses, offered);
        Connect(used, offers);
    }

    private async Task<List<RelationRow>> OfApisAsync(string[] apis, RelationKind kind, CancellationToken ct)
    {
        var rows = new List<RelationRow>();
        foreach (var batch in apis.Chunk(DutyTables.BatchSize))
        {
            rows.AddRange(
                await db.Relations.AsNoTracking().Where(row => EF.Parameter(batch).Contains(row.To) && row.Kind == kind).ToListAsync(ct));
        }
        return rows;
    }

    private void Connect(RelationRow row) =>
        _edges.Add((row.From, row.To, row.Kind == RelationKind.SubcomponentOf ? Relation.SubcomponentOf : Relation.DependsOn, ""));

    /// <summary>Who uses an interface needs those that offer it; where nobody does, the interface itself, which is missing.</summary>
    private void Connect(List<RelationRow> uses, List<RelationRow> offers)
    {
        var providers = offers.ToLookup(row => row.To, row => row.From);
        foreach (var use in uses)
        {
            foreach (var provider in providers[use.To].DefaultIfEmpty(use.To).Where(provider => provider != use.From))
            {
                _edges.Add((use.From, provider, Relation.ConsumesApi, use.To));
            }
        }
    }

    /// <summary>Adds the neighbours that are shown, and says how many are not.</summary>
    private async Task<int> NeighboursAsync(int most, CancellationToken ct)
    {
        if (!reach.Everything) await ForgetUnseenDependentsAsync(ct);
        var ties = _edges.SelectMany(edge => new[] { (Name: edge.From, IsNeeded: false), (Name: edge.To, IsNeeded: true) })
            .Where(tie => !_nodes.ContainsKey(tie.Name))
            .ToList();
        var names = await new NeighbourChoice(db.SeenComponents(reach, now)).OfAsync(ties, most, ct);
        var leftOut = LeaveOut(names);
        foreach (var batch in Ids(names))
        {
            foreach (var one in await db.SeenComponents(reach, now)
                .AsNoTracking()
                .Where(one => EF.Parameter(batch).Contains(one.Id) && one.DeleteTime == null)
                .ToListAsync(ct))
            {
                Add(one, Place.Outside);
            }

            if (reach.Everything) continue;
            foreach (var id in await db.Components.Where(one => EF.Parameter(batch).Contains(one.Id) && one.DeleteTime == null)
                .Select(one => one.Id)
                .ToListAsync(ct))
            {
                Add($"components/{id}", Place.Outside);
            }
        }

        foreach (var name in names) Add(name, Place.Dangling);
        return leftOut;
    }

    /// <summary>Counts what is not shown, in all and for each component of the scope.</summary>
    private int LeaveOut(IReadOnlySet<string> shown)
    {
        var lines = _edges.SelectMany(edge => new[] { (Inside: edge.From, Other: edge.To), (Inside: edge.To, Other: edge.From) })
            .Where(line => _nodes.ContainsKey(line.Inside) && !_nodes.ContainsKey(line.Other) && !shown.Contains(line.Other))
            .Distinct()
            .ToList();
        foreach (var line in lines.GroupBy(line => line.Inside)) _nodes[line.Key].NeighboursLeftOut = line.Count();
        return lines.Select(line => line.Other).Distinct().Count();
    }

    /// <summary>What a component needs is told with it; who needs it is told by those, to callers who see them.</summary>
    private async Task ForgetUnseenDependentsAsync(CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in Ids(_edges.Select(edge => edge.From).Where(name => !_nodes.ContainsKey(name)).Distinct()))
        {
            seen.UnionWith(await db.SeenComponents(reach, now)
                .Where(one => EF.Parameter(batch).Contains(one.Id) && one.DeleteTime == null)
                .Select(one => "components/" + one.Id)
                .ToListAsync(ct));
        }
        _edges.RemoveWhere(edge => !_nodes.ContainsKey(edge.From) && !seen.Contains(edge.From));
    }

    /// <summary>Those of the components among the names, in portions for a query.</summary>
    private static IEnumerable<string[]> Ids(IEnumerable<string> names) =>
        names.Where(name => name.StartsWith("components/", StringComparison.Ordinal))
            .Select(name => name["components/".Length..])
            .Chunk(DutyTables.BatchSize);

    private void Add(Component one, Place place) => _nodes.TryAdd(one.Name, new OwnershipGraph.Types.MapNode
    {
        Name = one.Name,
        DisplayName = one.DisplayName,
        Tier = one.Tier,
        Owner = one.Owner,
        Place = place,
        System = one.System,
    });

    /// <summary>Of what the caller may not see, or nobody has entered, the name alone.</summary>
    private void Add(string name, Place place) =>
        _nodes.TryAdd(name, new OwnershipGraph.Types.MapNode { Name = name, DisplayName = name[(name.IndexOf('/') + 1)..], Place = place });

    private static RuleViolation TooLarge(string scope, string reason) => new(
        "MAP_TOO_LARGE",
        $"{(scope.Length == 0 ? "The whole catalogue" : scope)} {reason}: ask for the map of a system, a component or a party with less.",
        ("scope", scope));
}
