using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using Governance.Ownership.Imports.Records;

namespace Governance.Ownership.Imports.Csv;

/// <summary>
/// Components from CSV with a header line, row by row; each bad row is refused by itself. Several values in one cell are separated by
/// `;`, `|` or `,`. The separator of cells is found from the first lines.
/// </summary>
internal static class CsvCatalogReader
{
    private const int LargestRow = 1024 * 1024;

    /// <exception cref="InvalidDataException">The header is wrong, or a quote is never closed, so that what follows it is not
    /// known.</exception>
    public static async IAsyncEnumerable<CatalogRecord> ReadAsync(
        Stream document, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var malformed = new Queue<CsvMalformedRecord>();
        await using var csv = CsvReader.Create(document, Options(malformed), leaveOpen: true);
        var columns = await HeaderAsync(csv, cancel);
        while (await ReadAsync(csv, cancel))
        {
            while (malformed.TryDequeue(out var bad)) yield return Refuse(bad);
            string[] cells = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            yield return new CsvRow(columns, cells, Position(csv.LineNumber)).Read();
        }

        while (malformed.TryDequeue(out var bad)) yield return Refuse(bad);
    }

    private static CsvReaderOptions Options(Queue<CsvMalformedRecord> malformed) => new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = LargestRow,
        MalformedData = CsvMalformedDataHandling.Skip,
        OnMalformedRecord = malformed.Enqueue,
    };

    private static async Task<CsvColumns> HeaderAsync(CsvReader csv, CancellationToken cancel)
    {
        try
        {
            await csv.ReadHeaderAsync(cancel);
            return CsvColumns.Read([.. csv.Headers]);
        }
        catch (CsvFormatException fault)
        {
            throw new InvalidDataException($"line 1: {fault.Message}");
        }
    }

    private static async ValueTask<bool> ReadAsync(CsvReader csv, CancellationToken cancel)
    {
        try
        {
            return await csv.ReadAsync(cancel);
        }
        catch (CsvFormatException fault)
        {
            throw new InvalidDataException($"{Position(fault.LineNumber)}: {fault.Message} The rows from there on were not read.");
        }
    }

    private static RefusedRecord Refuse(CsvMalformedRecord bad) => bad.Reason == CsvMalformedReason.UnterminatedQuote
        ? throw new InvalidDataException($"{Position(bad.LineNumber)}: a quote is never closed. The rows from there on were not read.")
        : new RefusedRecord(Position(bad.LineNumber), "", bad.Reason == CsvMalformedReason.StrayQuote
            ? "a quote stands in a cell that does not begin with one: put the cell in quotes and double the quote"
            : "text follows the closing quote of a cell")
        {
            Speaks = [.. bad.RawRecord.Split([',', ';', '\t', '|', '"', ' '])
                .Where(CatalogIds.IsName)
                .Select(word => word.ToLowerInvariant())],
        };

    private static string Position(long line) => string.Create(CultureInfo.InvariantCulture, $"line {line}");
}
