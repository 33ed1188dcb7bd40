using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Inventory;

/// <summary>Replaces what a component has in an environment by what a document says.</summary>
internal static class InventoryIntake
{
    /// <summary>The document's packages. The product that it is about is installed too, where advisories are known to name it.</summary>
    public static IReadOnlyList<InventoryRow> Rows(SoftwareBill document, string component, string environment)
    {
        var subject = document.Subject is { } about && IsNamedByAdvisories(about.Purl) ? [about] : Array.Empty<InstalledPackage>();
        return
        [
            .. document.Packages.Concat(subject).Select(package => RowOf(package, component, environment)).DistinctBy(row => row.Key),
        ];
    }

    public static string SourceOf(SoftwareBill document) =>
        document.SerialNumber is { } serial ? $"{document.Format} {serial[..Math.Min(200, serial.Length)]}" : document.Format;

    /// <returns>The counts: by package, whose versions may be several.</returns>
    public static async Task<Proto.ImportInventoryResponse> ReplaceAsync(
        WriteUnit<PatchingDb> unit, string component, string environment, IReadOnlyList<InventoryRow> rows, CancellationToken ct)
    {
        var before = await unit.Db.Inventory.AsTracking()
            .Where(row => row.Component == component && row.Environment == environment).ToDictionaryAsync(row => row.Key, ct);
        var response = Compare(before.Keys, rows.Select(row => row.Key));
        foreach (var row in rows)
        {
            if (!before.Remove(row.Key, out var known)) unit.Insert(row);
            else known.Take(row);
        }

        unit.Db.RemoveRange(before.Values);
        var content = rows.Select(row => $"{row.Package}@{row.Version}").Order(StringComparer.Ordinal);
        unit.Record($"{component}/inventory/{environment}", after: Digests.Of(string.Join('\n', content)));
        return response;
    }

    public static async Task RememberAsync(
        WriteUnit<PatchingDb> unit, string component, string environment, string source, CancellationToken ct)
    {
        var row = await unit.Db.InventoryDocuments.FindAsync([component, environment], ct);
        if (row is null)
        {
            unit.Db.InventoryDocuments.Add(
            row = new InventoryDocumentRow { Component = component, Environment = environment, Source = "" });
        }

        (row.Source, row.ImportTime) = (source, unit.Now);
    }

    public static Proto.InventoryItem ToProto(this InventoryRow row, InventoryDocumentRow document) => new()
    {
        Component = row.Component,
        Environment = row.Environment,
        Package = row.Package,
        Version = row.Version,
        Source = document.Source,
        LastSeen = document.ImportTime.ToTimestamp(),
        AppliedPatches = { row.AppliedPatches },
    };

    private static Proto.ImportInventoryResponse Compare(
        IEnumerable<(string Package, string Version)> before, IEnumerable<(string Package, string Version)> after)
    {
        var (old, now) = (before.ToLookup(key => key.Package, key => key.Version), after.ToLookup(key => key.Package, key => key.Version));
        var kept = now.Where(versions => old.Contains(versions.Key)).ToList();
        var same = kept.Count(versions => versions.ToHashSet().SetEquals(old[versions.Key]));
        return new Proto.ImportInventoryResponse
        {
            Created = now.Count - kept.Count,
            Updated = kept.Count - same,
            Unchanged = same,
            Removed = old.Count - kept.Count,
        };
    }

    private static InventoryRow RowOf(InstalledPackage package, string component, string environment)
    {
        var (ecosystem, name) = Ecosystems.Of(package.Purl) ?? ("", package.Purl.Name);
        return new InventoryRow
        {
            Component = component,
            Environment = environment,
            Package = package.Purl.Package.ToString(),
            Version = package.Version ?? "",
            Ecosystem = ecosystem,
            PackageName = name,
            SourceVersion = DistributionPackages.AdvisoryVersion(Ecosystems.BaseOf(ecosystem), package.Purl, package.Version),
            AppliedPatches = package.AppliedPatches,
        };
    }

    private static bool IsNamedByAdvisories(PackageUrl purl) =>
        Ecosystems.Of(purl) is var (ecosystem, name) && PackageEquivalents.Shipped.AdvisoryNames(ecosystem, name).Count > 1;
}
