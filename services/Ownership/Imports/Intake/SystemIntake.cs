using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Apis;
using Governance.Ownership.Components;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Keeps the systems of one batch.</summary>
internal sealed class SystemIntake(WriteUnit<OwnershipDb> unit, CatalogScope scope, CatalogDocument document, ImportTally counted)
{
    public async Task TakeAsync(IReadOnlyList<SystemRecord> records, CancellationToken ct)
    {
        if (records.Count == 0) return;
        var ids = records.Select(record => record.Name["systems/".Length..]).ToArray();
        var known = await unit.Db.Systems.AsTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Name, ct);
        foreach (var record in records) Take(record, known.GetValueOrDefault(record.Name));
    }

    private void Take(SystemRecord record, BusinessSystem? known)
    {
        var terms = new SystemTerms(record.DisplayName, record.Description, record.Owner, record.Domain);
        var living = known is { IsDeleted: false } ? known : null;
        var target = new Target(System: record.Name, Party: record.Owner);
        if (scope.Refuses(record, living?.Source, known is null ? [target] : [known.Target, target], counted)) return;
        if (record.Owner.Length > 0) document.Owners.Add(record.Owner);
        if (known is null) unit.Db.Systems.Add(BusinessSystem.Create(record.Name["systems/".Length..], terms, scope.Source, unit.Now));
        else if (living is null) known.Restore(terms, scope.Source, unit.Now);
        counted.Count(isNew: living is null, living is not null && known!.Revise(terms, unit.Now));
    }
}

/// <summary>Keeps the APIs of one batch.</summary>
internal sealed class ApiIntake(WriteUnit<OwnershipDb> unit, CatalogScope scope, CatalogDocument document, ImportTally counted)
{
    public async Task TakeAsync(IReadOnlyList<ApiRecord> records, CancellationToken ct)
    {
        if (records.Count == 0) return;
        var ids = records.Select(record => record.Name["apis/".Length..]).ToArray();
        var known = await unit.Db.Apis.AsTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Name, ct);
        foreach (var record in records) Take(record, known.GetValueOrDefault(record.Name));
    }

    private void Take(ApiRecord record, Api? known)
    {
        var terms = new ApiTerms(record.DisplayName, record.Description, record.Type, record.Lifecycle, record.Owner, record.System);
        var living = known is { IsDeleted: false } ? known : null;
        var target = new Target(System: record.System, Party: record.Owner);
        if (scope.Refuses(record, living?.Source, known is null ? [target] : [known.Target, target], counted)) return;
        if (record.Owner.Length > 0) document.Owners.Add(record.Owner);
        if (known is null) unit.Db.Apis.Add(Api.Create(record.Name["apis/".Length..], terms, scope.Source, unit.Now));
        else if (living is null) known.Restore(terms, scope.Source, unit.Now);
        counted.Count(isNew: living is null, living is not null && known!.Revise(terms, unit.Now));
    }
}

internal static class Tallies
{
    public static void Count(this ImportTally tally, bool isNew, bool isChanged)
    {
        if (isNew) tally.Created();
        else if (isChanged) tally.Updated();
        else tally.Unchanged();
    }
}
