using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

internal sealed partial class WireToJson
{
    private void WriteDefaults(MessageShape shape, int from, int until)
    {
        for (var index = from; index < until; index++)
        {
            var field = shape.Fields[index];
            if (field.HasPresence)
            {
                continue;
            }
            json.WritePropertyName(field.EncodedName);
            WriteDefault(field);
        }
    }

    private void WriteDefault(FieldShape field)
    {
        if (field.IsMap)
        {
            json.WriteStartObject();
            json.WriteEndObject();
            return;
        }
        if (field.IsRepeated)
        {
            json.WriteStartArray();
            json.WriteEndArray();
            return;
        }
        switch (field.Type)
        {
            case FieldType.String or FieldType.Bytes:
                json.WriteStringValue(""u8);
                break;
            case FieldType.Bool:
                json.WriteBooleanValue(false);
                break;
            case FieldType.Enum:
                WriteEnum(0, field.Enum);
                break;
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64:
                json.WriteStringValue("0"u8);
                break;
            default:
                json.WriteNumberValue(0);
                break;
        }
    }
}
