using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Keeps the components of one batch, with who is responsible for them.</summary>
internal sealed class ComponentIntake(
    WriteUnit<OwnershipDb> unit,
    CatalogScope scope,
    CatalogDocument document,
    ImportTally counted,
    Dictionary<string, IReadOnlyList<string>> held)
{
    private readonly List<ComponentRecord> _taken = [];

    public async Task TakeAsync(IReadOnlyList<ComponentRecord> records, CancellationToken ct)
    {
        if (records.Count == 0) return;
        var ids = records.Select(record => record.Name["components/".Length..]).ToArray();
        var known = await unit.Db.Components.AsTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Name, ct);
        var archive = await RevisionArchive.OpenAsync(unit.Db, known.Values, ct);
        foreach (var record in records) Take(record, known.GetValueOrDefault(record.Name), archive);
        await new AssignmentIntake(unit, scope, document).TakeAsync(_taken, ct);
    }

    private void Take(ComponentRecord record, Component? known, RevisionArchive archive)
    {
        var living = known is { IsDeleted: false } ? known : null;
        var faults = new FieldFaults();
        var terms = ComponentTerms.Of(record, known?.Terms, faults);
        var target = new Target(record.Name, terms.System, terms.Owner);
        if (scope.Refuses(record, living?.Source, known is null ? [target] : [known.Target, target], counted)) return;
        if (faults.Any)
        {
            counted.Reject(record.Position, record.Subject, new InvalidRequest(faults.All).Message);
            return;
        }

        Hold(record, living, terms);
        counted.Count(isNew: living is null, Keep(record, known, terms, archive));
        Remember(record);
    }

    /// <returns>Whether something that lives changed.</returns>
    private bool Keep(ComponentRecord record, Component? known, Proto.Component terms, RevisionArchive archive)
    {
        if (known is null)
        {
            unit.Insert(Component.Create(record.Name["components/".Length..], terms, scope.Source, unit.Now));
            return false;
        }

        if (!known.IsDeleted && known.Terms.Equals(terms)) return false;
        archive.Keep(known, unit.Now);
        if (known.IsDeleted) known.Restore(terms, scope.Source, unit.Now);
        else known.Put(terms, unit.Now, "UPDATED", unit.Now);
        return true;
    }

    private void Hold(ComponentRecord record, Component? living, Proto.Component terms)
    {
        string[] others = living is null ? [] : [.. living.Terms.DependsOn.Except(terms.DependsOn)];
        if (others.Length == 0) return;
        held[record.Name] = record.DependsOn;
        terms.DependsOn.Add(others);
    }

    private void Remember(ComponentRecord record)
    {
        _taken.Add(record);
        if (record.Owner.Length > 0) document.Owners.Add(record.Owner);
        document.Owners.UnionWith(record.Assignments.Select(one => one.Party));
        foreach (var other in record.DependencyOf)
        {
            if (!document.Dependents.TryGetValue(other, out var names))
            {
                document.Dependents[other] = names = new SortedSet<string>(StringComparer.Ordinal);
            }
            names.Add(record.Name);
        }
    }
}
