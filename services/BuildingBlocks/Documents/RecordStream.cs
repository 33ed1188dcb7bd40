using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Governance.BuildingBlocks.Documents;

/// <summary>The records of a feed, each parsed, in flat memory.</summary>
public static class RecordStream
{
    /// <summary>The longest record that is read; the longest in OSV's own data is under a tenth of it.</summary>
    public const int LargestRecord = 16 * 1024 * 1024;

    private const int ChunkSize = 64 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Cuts the feed as it arrives; a broken record comes with its fault, and the next ones follow.</summary>
    public static async IAsyncEnumerable<RawRecord> SplitAsync(Stream feed, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var splitter = new RecordSplitter(LargestRecord);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            int read;
            while ((read = await feed.ReadAsync(chunk.AsMemory(), cancel)) > 0)
            {
                splitter.Feed(chunk.AsSpan(0, read));
                while (splitter.TryTake(out var record))
                {
                    yield return record;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        splitter.Complete();
        while (splitter.TryTake(out var last))
        {
            yield return last;
        }
    }

    /// <summary>Parses one record as a JSON object; null with the reason where it is none.</summary>
    public static JsonDocument? Parse(RawRecord record, out string? fault)
    {
        fault = record.Fault;
        if (fault is not null)
        {
            return null;
        }
        fault = Unreadable(record.Bytes, out var json);
        if (fault is null)
        {
            return json;
        }
        json?.Dispose();
        return null;
    }

    /// <summary>Why the bytes are not one JSON object, or null when they are.</summary>
    public static string? Unreadable(ReadOnlyMemory<byte> bytes, out JsonDocument? json, JsonDocumentOptions? options = null)
    {
        json = null;
        if (!Utf8.IsValid(bytes.Span))
        {
            return "The text is not UTF-8.";
        }
        try
        {
            json = JsonDocument.Parse(bytes, options ?? Options);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "Expected a JSON object.";
            }
            return HasLoneSurrogate(json.RootElement, bytes.Span) ? "A text holds half of a surrogate pair." : null;
        }
        catch (JsonException broken)
        {
            return $"Not JSON: {Describe(broken)}";
        }
    }

    private static string Describe(JsonException broken)
    {
        var message = broken.Message;
        var tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"{(tail < 0 ? message : message[..tail])} At line {broken.LineNumber + 1} of the record, byte "
            + $"{broken.BytePositionInLine + 1}.";
    }

    /// <summary>JSON allows an escaped half of a pair, which is no character: reading it as text would throw later.</summary>
    private static bool HasLoneSurrogate(JsonElement element, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\u"u8) < 0)
        {
            return false;
        }
        try
        {
            Touch(element);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static void Touch(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Touch(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Touch(item);
                }
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
