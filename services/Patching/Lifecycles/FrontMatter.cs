using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Governance.Patching.Lifecycles;

/// <summary>
/// Reads the YAML between the two lines <c>---</c> at the head of a Markdown page, as JSON. Numbers and dates stay the text that
/// they are written as: <c>8.10</c> would otherwise become 8.1.
/// </summary>
internal static class FrontMatter
{
    private const string Border = "---";
    private const int Deepest = 32;

    public static bool Begins(ReadOnlySpan<byte> head) => head.TrimStart("\uFEFF \r\n"u8).StartsWith("---"u8);

    /// <exception cref="InvalidDataException">It is no YAML, or does not end.</exception>
    public static JsonDocument Read(ReadOnlyMemory<byte> page)
    {
        try
        {
            return JsonDocument.Parse(ToJson(Within(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(page.Span))));
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("The page is not UTF-8.");
        }
        catch (YamlException broken)
        {
            throw new InvalidDataException($"The front matter is no YAML: {broken.Message}", broken);
        }
    }

    private static string Within(string page)
    {
        using var lines = new StringReader(page.TrimStart());
        lines.ReadLine();
        var matter = new StringBuilder();
        while (lines.ReadLine() is { } line)
        {
            if (line.TrimEnd() == Border) return matter.ToString();
            matter.Append(line).Append('\n');
        }

        throw new InvalidDataException("The front matter does not end: a second line --- is missing.");
    }

    private static ReadOnlyMemory<byte> ToJson(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) throw new InvalidDataException("The front matter is empty.");
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content)) Write(parser, json, Deepest);
        return content.ToArray();
    }

    private static void Write(Parser parser, Utf8JsonWriter json, int deeper)
    {
        if (deeper == 0) throw new InvalidDataException($"The front matter is nested more than {Deepest} deep.");
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            WriteScalar(scalar, json);
        }
        else if (parser.TryConsume<MappingStart>(out _))
        {
            json.WriteStartObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                json.WritePropertyName(parser.Consume<Scalar>().Value);
                Write(parser, json, deeper - 1);
            }

            json.WriteEndObject();
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            json.WriteStartArray();
            while (!parser.TryConsume<SequenceEnd>(out _)) Write(parser, json, deeper - 1);
            json.WriteEndArray();
        }
        else
        {
            throw new InvalidDataException("The front matter refers to another part of itself, which is not read.");
        }
    }

    private static void WriteScalar(Scalar scalar, Utf8JsonWriter json)
    {
        if (scalar.Style != ScalarStyle.Plain) json.WriteStringValue(scalar.Value);
        else if (scalar.Value is "" or "~" or "null") json.WriteNullValue();
        else if (scalar.Value is "true" or "false") json.WriteBooleanValue(scalar.Value == "true");
        else json.WriteStringValue(scalar.Value);
    }
}
