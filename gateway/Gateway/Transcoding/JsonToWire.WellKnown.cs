using System.Text.Json;

namespace Governance.Gateway.Transcoding;

internal sealed partial class JsonToWire
{
    private void ReadWellKnown(ref Utf8JsonReader reader, MessageShape shape)
    {
        switch (shape.WellKnown)
        {
            case WellKnownType.Wrapper:
                ReadSingle(ref reader, shape.Fields[0]);
                break;
            case WellKnownType.Struct:
                ReadMap(ref reader, shape.ByName("fields")!);
                break;
            case WellKnownType.ListValue:
                ReadList(ref reader, shape.ByName("values")!);
                break;
            case WellKnownType.Value:
                ReadValue(ref reader, shape);
                break;
            case WellKnownType.Any:
                ReadAny(ref reader, shape.Registry);
                break;
            case var text when reader.TokenType is JsonTokenType.String:
                Accept(WellKnownText.Write(wire, text, reader.GetString()));
                break;
            case WellKnownType.Timestamp:
                Refuse(ref reader, "a string with an RFC 3339 time");
                break;
            case WellKnownType.Duration:
                Refuse(ref reader, "a string such as \"90s\"");
                break;
            default:
                Refuse(ref reader, "a string with field paths separated by commas");
                break;
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, MessageShape shape)
    {
        var kind = reader.TokenType switch
        {
            JsonTokenType.StartObject => "struct_value",
            JsonTokenType.StartArray => "list_value",
            JsonTokenType.String => "string_value",
            JsonTokenType.Number => "number_value",
            JsonTokenType.Null => "null_value",
            _ => "bool_value",
        };
        ReadSingle(ref reader, shape.ByName(kind)!);
    }

    private void ReadAny(ref Utf8JsonReader reader, ShapeRegistry registry)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            Refuse(ref reader, "an object with an @type");
            return;
        }
        var url = TypeOf(reader);
        var shape = url is null ? null : registry.OfUrl(url);
        if (shape is null)
        {
            faults.Add(FaultReason.InvalidFormat, url is null
                ? "an @type is missing."
                : $"\"{ScalarText.Shown(url)}\" is not a known type.", "@type");
            reader.Skip();
            return;
        }
        wire.Tag(10);
        wire.Text(url);
        wire.Tag(18);
        var start = wire.BeginNested();
        if (shape.WellKnown is WellKnownType.None)
        {
            ReadObject(ref reader, shape, skipType: true);
        }
        else
        {
            ReadAnyValue(ref reader, shape);
        }
        wire.EndNested(start);
    }

    private void ReadAnyValue(ref Utf8JsonReader reader, MessageShape shape)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "value")
            {
                faults.Push(name);
                ReadMessage(ref reader, shape);
                faults.Pop();
                continue;
            }
            if (name != "@type")
            {
                faults.Add(FaultReason.UnknownField, $"no such field; {shape.FullName} in an Any has only @type and value.", name);
            }
            reader.Skip();
        }
    }

    /// <summary>The object's <c>@type</c>, wherever in it; works on a copy of the reader.</summary>
    private static string? TypeOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("@type"u8);
            reader.Read();
            if (found)
            {
                return reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
            }
            reader.Skip();
        }
        return null;
    }
}
