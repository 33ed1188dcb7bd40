using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Imports.Intake;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports;

/// <summary>Catalogues that a host in the same process brings from a file, where nobody is signed in.</summary>
public static class CatalogFile
{
    /// <summary>The format by the file's ending: `.yaml` and `.yml` are Backstage's, `.csv` is CSV; null for any other.</summary>
    public static ImportCatalogRequest.Types.Format? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".yaml" or ".yml" => ImportCatalogRequest.Types.Format.Backstage,
        ".csv" => ImportCatalogRequest.Types.Format.Csv,
        _ => null,
    };

    /// <summary>What in it would be refused by itself, each with its place; nothing is kept.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        Stream document, ImportCatalogRequest.Types.Format format, CancellationToken ct)
    {
        var faults = new List<string>();
        try
        {
            await foreach (var record in new CatalogDuplicates().RefuseAsync(CatalogFormats.Read(document, format, ct), ct))
            {
                if (record is RefusedRecord refused) faults.Add($"{refused.Position}: {refused.Reason}");
            }
        }
        catch (InvalidDataException unreadable)
        {
            faults.Add(unreadable.Message);
        }

        return faults;
    }

    /// <summary>Imports it as ImportCatalog does, in the service's own name.</summary>
    /// <param name="services">The running Ownership service's.</param>
    /// <param name="document">The document.</param>
    /// <param name="format">What it is written in.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="ct">Gives up before the next batch.</param>
    public static Task<ImportCatalogResponse> ImportAsync(
        IServiceProvider services, Stream document, ImportCatalogRequest.Types.Format format, string source, CancellationToken ct) =>
        new CatalogImport(
            new ImportCatalogRequest { Format = format, Source = source },
            null,
            services.GetRequiredService<Imports<OwnershipDb>>(),
            services.GetRequiredService<Writes<OwnershipDb>>(),
            services.GetRequiredService<IDbContextFactory<OwnershipDb>>()).RunAsync(document, ct);
}
