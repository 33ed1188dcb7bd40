using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Governance.Patching.Documents;

/// <summary>A digest that stays when a document is only laid out anew: names sorted, no blanks.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>SHA-256 of the canonical form, in lower-case hexadecimal.</summary>
    public static string Digest(JsonElement element)
    {
        var output = _buffer ??= new ArrayBufferWriter<byte>(16 * 1024);
        output.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            Write(writer, element);
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(output.WrittenSpan, hash);
        if (output.Capacity > 1024 * 1024)
        {
            _buffer = null;
        }
        return Convert.ToHexStringLower(hash);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var (name, value) in Sorted(element))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static List<(string Name, JsonElement Value)> Sorted(JsonElement element)
    {
        var properties = new List<(string Name, JsonElement Value)>();
        foreach (var property in element.EnumerateObject())
        {
            properties.Add((property.Name, property.Value));
        }
        properties.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return properties;
    }
}
