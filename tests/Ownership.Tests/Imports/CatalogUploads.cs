using System.Text;
using Google.Api;
using Google.Protobuf;
using Governance.Ownership.V1;

namespace Governance.Ownership.Tests.Imports;

/// <summary>Sends documents in pieces, as the gateway does.</summary>
internal static class CatalogUploads
{
    private const int Piece = 64 * 1024;

    public static Task<ImportCatalogResponse> ImportYamlAsync(
        this V1.Catalogs.CatalogsClient client, string yaml, string source = "", bool validateOnly = false) =>
        client.ImportAsync(Encoding.UTF8.GetBytes(yaml), ImportCatalogRequest.Types.Format.Backstage, source, validateOnly);

    public static Task<ImportCatalogResponse> ImportCsvAsync(
        this V1.Catalogs.CatalogsClient client, string csv, string source = "", bool validateOnly = false) =>
        client.ImportAsync(Encoding.UTF8.GetBytes(csv), ImportCatalogRequest.Types.Format.Csv, source, validateOnly);

    public static async Task<ImportCatalogResponse> ImportAsync(
        this V1.Catalogs.CatalogsClient client, byte[] document, ImportCatalogRequest.Types.Format format, string source =
            "", bool validateOnly = false)
    {
        using var call = client.ImportCatalog();
        await call.RequestStream.WriteAsync(new ImportCatalogRequest { Format = format, Source = source, ValidateOnly = validateOnly });
        foreach (var piece in document.Chunk(Piece))
        {
            await call.RequestStream.WriteAsync(
                new ImportCatalogRequest { Document = new HttpBody { Data = UnsafeByteOperations.UnsafeWrap(piece) } });
        }
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    public static async Task<ImportCodeownersResponse> ImportCodeownersAsync(
        this V1.Codeowners.CodeownersClient client, string component, string file, bool validateOnly = false)
    {
        using var call = client.ImportCodeowners();
        await call.RequestStream.WriteAsync(new ImportCodeownersRequest { Component = component, ValidateOnly = validateOnly });
        foreach (var piece in Encoding.UTF8.GetBytes(file).Chunk(Piece))
        {
            await call.RequestStream.WriteAsync(
                new ImportCodeownersRequest { Document = new HttpBody { Data = UnsafeByteOperations.UnsafeWrap(piece) } });
        }
        await call.RequestStream.CompleteAsync();
        return await call;
    }
}
