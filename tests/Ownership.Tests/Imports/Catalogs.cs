using System.Text;
using Governance.Ownership.Imports.Backstage;
using Governance.Ownership.Imports.Csv;
using Governance.Ownership.Imports.Records;

namespace Governance.Ownership.Tests.Imports;

/// <summary>Reads catalogues out of texts, in chunks as small as a slow network's.</summary>
internal static class Catalogs
{
    public static Task<List<CatalogRecord>> BackstageAsync(string yaml) => ListAsync(BackstageReader.ReadAsync(StreamOf(yaml)));

    public static Task<List<CatalogRecord>> CsvAsync(string csv) => ListAsync(CsvCatalogReader.ReadAsync(StreamOf(csv)));

    public static string Written(
        string name, string spec = "type: service, lifecycle: production, owner: shop", string metadata = "") => $$"""
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: {{name}}{{(metadata.Length == 0 ? "" : $", {metadata}")}} }
        spec: { {{spec}} }
        """;

    private static Stream StreamOf(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    private static async Task<List<CatalogRecord>> ListAsync(IAsyncEnumerable<CatalogRecord> records)
    {
        var list = new List<CatalogRecord>();
        await foreach (var record in new CatalogDuplicates().RefuseAsync(records)) list.Add(record);
        return list;
    }
}
