using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Intake;

/// <summary>
/// Completes the dependencies of components with those that others declare (`dependencyOf`), once the whole document is read, and drops
/// those that nobody declares any more.
/// </summary>
internal sealed class DependentIntake(CatalogScope scope, CatalogDocument document, IReadOnlyDictionary<string, IReadOnlyList<string>> held)
{
    public IEnumerable<string> Components() => document.Dependents.Keys.Union(held.Keys);

    public async Task TakeAsync(WriteUnit<OwnershipDb> unit, IReadOnlyList<string> names, ImportTally counted, CancellationToken ct)
    {
        var ids = names.Select(name => name["components/".Length..]).ToArray();
        var known = await unit.Db.Components.AsTracking().Where(one => ids.Contains(one.Id) && one.DeleteTime == null).ToDictionaryAsync(
            one => one.Name, ct);
        var archive = await RevisionArchive.OpenAsync(unit.Db, known.Values, ct);
        foreach (var name in names)
        {
            if (known.GetValueOrDefault(name) is { } component && component.Source == scope.Source && scope.Covers(component.Target))
            {
                Take(unit, component, archive);
            }
            else
            {
                Note(name, known.ContainsKey(name));
            }
        }
    }

    private void Take(WriteUnit<OwnershipDb> unit, Component component, RevisionArchive archive)
    {
        var declared = held.GetValueOrDefault(component.Name) ?? component.Terms.DependsOn;
        string[] all = [.. declared.Union(document.Dependents.GetValueOrDefault(component.Name) ?? [])];
        if (all.SequenceEqual(component.Terms.DependsOn)) return;
        var terms = component.Terms.Clone();
        terms.DependsOn.Clear();
        terms.DependsOn.Add(all);
        archive.Keep(component, unit.Now);
        component.Put(terms, unit.Now, "UPDATED", unit.Now);
    }

    private void Note(string name, bool exists)
    {
        foreach (var dependency in document.Dependents.GetValueOrDefault(name) ?? [])
        {
            document.Note(
                new NotedRecord("", dependency, ""),
                $"dependencyOf: {name} {(exists ? "belongs to others" : "is not there")}; the relation is not kept.");
        }
    }
}
