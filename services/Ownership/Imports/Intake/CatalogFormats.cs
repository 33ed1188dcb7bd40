using Governance.Ownership.Imports.Backstage;
using Governance.Ownership.Imports.Csv;
using Governance.Ownership.Imports.Records;
using Format = Governance.Ownership.V1.ImportCatalogRequest.Types.Format;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Reads what each format says in the same records.</summary>
internal static class CatalogFormats
{
    public static IAsyncEnumerable<CatalogRecord> Read(Stream document, Format format, CancellationToken ct) =>
        format == Format.Csv ? CsvCatalogReader.ReadAsync(document, ct) : BackstageReader.ReadAsync(document, ct);
}
