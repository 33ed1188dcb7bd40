using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Microsoft.EntityFrameworkCore;
using Remediation = Governance.Patching.Remediations.Remediation;

namespace Governance.Patching.Exceptions;

/// <summary>The remediations that an exception is about.</summary>
internal static class ExceptionCargo
{
    /// <summary>Those that the terms name; refused where one is not there or is closed.</summary>
    public static async Task<List<Remediation>> DemandAsync(PatchingDb db, RemediationException terms, CancellationToken ct)
    {
        var found = (await LoadAsync(db, terms, ct)).ToDictionary(one => one.Name);
        var faults = new FieldFaults();
        for (var i = 0; i < terms.Remediations.Count; i++)
        {
            var (name, field) = (terms.Remediations[i], $"exception.remediations[{i}]");
            if (!found.TryGetValue(name, out var remediation)) faults.Add(field, $"There is no {name}.", "UNKNOWN_REMEDIATION");
            else if (!remediation.IsPending) faults.Add(field, $"{name} is closed already.", "NOT_OPEN");
        }

        faults.ThrowIfAny();
        return [.. found.Values];
    }

    public static Task<List<Remediation>> LoadAsync(PatchingDb db, RemediationException terms, CancellationToken ct)
    {
        var ids = terms.Remediations.Select(name => name["remediations/".Length..]).ToArray();
        return db.Remediations.AsTracking().Where(one => ids.Contains(one.Id)).ToListAsync(ct);
    }

    /// <summary>Each once, by name.</summary>
    public static IEnumerable<string> ComponentsOf(IEnumerable<Remediation> remediations) =>
        remediations.Select(one => one.Component).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Keeps by which remediations and components the exception is found.</summary>
    public static async Task IndexAsync(
        WriteUnit<PatchingDb> unit, string exceptionId, IReadOnlyCollection<Remediation> remediations, CancellationToken ct)
    {
        var rows = await unit.Db.ExceptionRemediations.AsTracking().Where(row => row.ExceptionId == exceptionId).ToListAsync(ct);
        var known = rows.Select(row => row.RemediationId).ToHashSet();
        unit.Db.RemoveRange(rows.Where(row => remediations.All(one => one.Id != row.RemediationId)));
        unit.Db.AddRange(remediations.Where(one => !known.Contains(one.Id))
            .Select(one => new ExceptionRemediationRow { ExceptionId = exceptionId, RemediationId = one.Id, Component = one.Component }));
    }
}
