using Governance.Ownership.Components;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using Component = Governance.Ownership.Components.Component;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Relations of a source's components, as far as the caller's roles reach them, to what nobody has entered.</summary>
internal static class DanglingRelations
{
    private static readonly int ComponentPrefix = "components/".Length;
    private static readonly int ApiPrefix = "apis/".Length;
    private static readonly int SystemPrefix = "systems/".Length;

    /// <returns>The first of them, by component, and how many there are.</returns>
    public static async Task<(List<DanglingRelation> First, int Count)> OfAsync(
        OwnershipDb db, CatalogScope scope, int most, CancellationToken ct)
    {
        var (first, count) = (new List<DanglingRelation>(), 0);
        foreach (var relations in (IQueryable<Dangling>[])[ToComponents(db, scope), ToApis(db, scope), ToSystems(db, scope)])
        {
            var found = await relations.OrderBy(one => one.From).ThenBy(one => one.To).Take(most - first.Count).ToListAsync(ct);
            count += found.Count < most - first.Count ? found.Count : await relations.CountAsync(ct);
            first.AddRange(found.Select(one => new DanglingRelation { Component = one.From, Field = FieldOf(one.Kind), Target = one.To }));
        }

        return (first, count);
    }

    private static IQueryable<Dangling> ToComponents(OwnershipDb db, CatalogScope scope) => Of(db, scope)
        .Where(row => (row.Kind == RelationKind.DependsOn || row.Kind == RelationKind.SubcomponentOf)
            && !db.Components.Any(one => one.Id == row.To.Substring(ComponentPrefix) && one.DeleteTime == null))
        .Select(row => new Dangling { From = row.From, Kind = row.Kind, To = row.To });

    private static IQueryable<Dangling> ToApis(OwnershipDb db, CatalogScope scope) => Of(db, scope)
        .Where(row => (row.Kind == RelationKind.ProvidesApi || row.Kind == RelationKind.ConsumesApi)
            && !db.Apis.Any(one => one.Id == row.To.Substring(ApiPrefix) && one.DeleteTime == null))
        .Select(row => new Dangling { From = row.From, Kind = row.Kind, To = row.To });

    private static IQueryable<Dangling> ToSystems(OwnershipDb db, CatalogScope scope) => Mine(db, scope)
        .Where(one => one.DeleteTime == null && one.System != ""
            && !db.Systems.Any(system => system.Id == one.System.Substring(SystemPrefix) && system.DeleteTime == null))
        .Select(one => new Dangling { From = "components/" + one.Id, Kind = 0, To = one.System });

    private static IQueryable<RelationRow> Of(OwnershipDb db, CatalogScope scope)
    {
        var mine = Mine(db, scope);
        return db.Relations.AsNoTracking().Where(row => mine.Any(one => one.Id == row.From.Substring(ComponentPrefix)));
    }

    private static IQueryable<Component> Mine(OwnershipDb db, CatalogScope scope)
    {
        var source = scope.Source;
        return scope.Components(db).Where(one => one.Source == source);
    }

    private static string FieldOf(RelationKind kind) => kind switch
    {
        RelationKind.DependsOn => "dependsOn",
        RelationKind.SubcomponentOf => "subcomponentOf",
        RelationKind.ProvidesApi => "providesApi",
        RelationKind.ConsumesApi => "consumesApi",
        _ => "system",
    };

    private sealed class Dangling
    {
        public required string From { get; init; }

        public required RelationKind Kind { get; init; }

        public required string To { get; init; }
    }
}
