using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using Governance.BuildingBlocks.Documents;
using Format = Governance.Ownership.V1.ImportTimeEntriesRequest.Types.Format;

namespace Governance.Ownership.Contracts.TimeEntries;

/// <summary>Reads a vendor's sheet row by row, in flat memory.</summary>
internal static class TimeEntryReader
{
    private const int LargestRow = 64 * 1024;

    /// <exception cref="InvalidDataException">The document as a whole cannot be read.</exception>
    public static async Task<IAsyncEnumerable<SheetRow>> OpenAsync(Stream document, Format format, CancellationToken cancel)
    {
        var content = await PackedDocument.OpenAsync(document, cancel);
        if (format == Format.Unspecified) (format, content) = await TellAsync(content, cancel);
        return format == Format.Json ? ReadJsonAsync(content, cancel) : ReadCsvAsync(content, cancel);
    }

    private static async Task<(Format Kind, Stream Content)> TellAsync(Stream content, CancellationToken cancel)
    {
        var head = new byte[256];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        var first = head.AsSpan(0, length).TrimStart("\uFEFF"u8).TrimStart(" \t\r\n"u8);
        var format = first.Length > 0 && first[0] is (byte)'{' or (byte)'[' ? Format.Json : Format.Csv;
        return (format, new PeekedStream(head.AsMemory(0, length), content));
    }

    private static async IAsyncEnumerable<SheetRow> ReadJsonAsync(Stream content, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var raw in RecordStream.SplitAsync(content, cancel))
        {
            using var json = RecordStream.Parse(raw, out var fault);
            yield return json is null ? Broken(raw.Position, fault!) : OfJson(raw.Position, json.RootElement);
        }
    }

    private static SheetRow OfJson(string position, JsonElement element)
    {
        var cells = new Dictionary<string, string>();
        foreach (var property in element.EnumerateObject())
        {
            if (TimeEntryColumns.Find(property.Name) is not { } column)
            {
                return Broken(position, TimeEntryColumns.Unknown(property.Name), cells);
            }
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return Broken(position, $"{column}: Is neither text nor number.", cells);
            }
            if (!cells.TryAdd(column, Text(property.Value))) return Broken(position, $"{column}: Stands there twice.", cells);
        }

        return new SheetRow(position, cells);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static async IAsyncEnumerable<SheetRow> ReadCsvAsync(Stream content, [EnumeratorCancellation] CancellationToken cancel)
    {
        var malformed = new Queue<CsvMalformedRecord>();
        await using var csv = CsvReader.Create(content, Options(malformed), leaveOpen: true);
        var columns = await HeaderAsync(csv, cancel);
        SheetRow? end = null;
        while (end is null && (end = await NextAsync(csv, cancel)) is null)
        {
            while (malformed.TryDequeue(out var bad)) yield return Refused(bad);
            if (csv.FieldCount != columns.Count)
            {
                yield return Broken(Line(csv.LineNumber), $"Has {csv.FieldCount} cells; the header has {columns.Count}.");
            }
            else
            {
                yield return new SheetRow(
                Line(csv.LineNumber), Enumerable.Range(0, columns.Count).ToDictionary(i => columns[i], csv.GetString));
            }
        }

        while (malformed.TryDequeue(out var bad)) yield return Refused(bad);
        if (end!.Fault is not null) yield return end;
    }

    /// <summary>Null: there is a row. Else the end, with a fault where the rows beyond it cannot be read.</summary>
    private static async Task<SheetRow?> NextAsync(CsvReader csv, CancellationToken cancel)
    {
        try
        {
            return await csv.ReadAsync(cancel) ? null : new SheetRow("", new Dictionary<string, string>());
        }
        catch (CsvFormatException fault)
        {
            return Broken(Line(fault.LineNumber), $"{fault.Message} The rows from there on were not read.");
        }
    }

    private static CsvReaderOptions Options(Queue<CsvMalformedRecord> malformed) => new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = LargestRow,
        MalformedData = CsvMalformedDataHandling.Skip,
        OnMalformedRecord = malformed.Enqueue,
    };

    private static async Task<List<string>> HeaderAsync(CsvReader csv, CancellationToken cancel)
    {
        try
        {
            await csv.ReadHeaderAsync(cancel);
        }
        catch (CsvFormatException fault)
        {
            throw new InvalidDataException($"line 1: {fault.Message}");
        }

        var columns = csv.Headers
            .Select(given => TimeEntryColumns.Find(given) ?? throw new InvalidDataException($"line 1: {TimeEntryColumns.Unknown(given)}"))
            .ToList();
        if (columns.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"line 1: The column {twice.Key} stands there twice.");
        }
        if (!columns.Contains(TimeEntryColumns.Date)
            || !(columns.Contains(TimeEntryColumns.Hours) || columns.Contains(TimeEntryColumns.Minutes)))
        {
            throw new InvalidDataException("line 1: A header is required with the columns date and hours or minutes.");
        }
        return columns;
    }

    private static SheetRow Refused(CsvMalformedRecord bad) => Broken(Line(bad.LineNumber), bad.Reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "A quote is never closed. The rows from there on were not read.",
        CsvMalformedReason.StrayQuote =>
            "A quote stands in a cell that does not begin with one: put the cell in quotes and double the quote.",
        _ => "Text follows the closing quote of a cell.",
    });

    private static SheetRow Broken(string position, string fault, Dictionary<string, string>? cells = null) =>
        new(position, cells ?? [], fault);

    private static string Line(long number) => string.Create(CultureInfo.InvariantCulture, $"line {number}");
}
