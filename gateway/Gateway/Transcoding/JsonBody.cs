using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Grpc.Core;

namespace Governance.Gateway.Transcoding;

/// <summary>A JSON body, read in one piece.</summary>
internal static class JsonBody
{
    private const int MaxDepth = 64;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = MaxDepth };

    /// <summary>Writes the body to the wire: as the whole request, or as one field of it.</summary>
    /// <exception cref="RpcFailure">It is not JSON at all. Faults of single fields are gathered instead.</exception>
    public static void Read(ReadOnlySpan<byte> body, RestRoute route, WireBuffer wire, Faults faults)
    {
        var json = new JsonToWire(wire, faults);
        var reader = new Utf8JsonReader(Text(body), Strict);
        try
        {
            reader.Read();
            if (route.BodyField is { } field)
            {
                faults.Push(field.JsonName);
                json.ReadField(ref reader, field);
                faults.Pop();
            }
            else
            {
                json.ReadMessage(ref reader, route.Rpc.Request);
            }
            reader.Read();
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
        catch (InvalidOperationException malformed)
        {
            throw Malformed($"a string is not valid Unicode: {malformed.Message}");
        }
    }

    /// <summary>
    /// Writes the update mask of a PATCH that gave none: the body's fields, by their proto names, without the ones
    /// that say which resource it is.
    /// </summary>
    public static void WriteMask(ReadOnlySpan<byte> body, RestRoute route, FieldShape mask, WireBuffer wire)
    {
        var reader = new Utf8JsonReader(Text(body), Strict);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }
        wire.Tag(mask.Tag);
        var start = wire.BeginNested();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var field = route.BodyField!.Message.ByName(reader.GetString()!);
            if (field is not null && field.Name != "etag" && !route.PathNames.Contains($"{route.BodyField.Name}.{field.Name}"))
            {
                wire.Tag(10);
                wire.Text(field.Name);
            }
            reader.Read();
            reader.Skip();
        }
        wire.EndNested(start);
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            throw Malformed("it is not UTF-8 text.");
        }
        return body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
    }

    private static RpcFailure Malformed(JsonException malformed)
    {
        var end = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var why = end < 0 ? malformed.Message : malformed.Message[..end];
        return Malformed($"line {malformed.LineNumber + 1}, column {malformed.BytePositionInLine + 1}: {why}");
    }

    private static RpcFailure Malformed(string why) => Proxy.GatewayErrors.Refuse(
        StatusCode.InvalidArgument, "MALFORMED_JSON", $"The body is not valid JSON: {why}");
}
