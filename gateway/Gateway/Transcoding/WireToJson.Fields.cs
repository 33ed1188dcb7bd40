using System.Buffers.Text;
using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

internal sealed partial class WireToJson
{
    private void WriteField(ref WireReader reader, FieldShape field)
    {
        if (field.IsMap)
        {
            json.WriteStartObject();
            while (Continues(ref reader, field, out _))
            {
                WriteEntry(reader.Bytes(), field.Message);
            }
            json.WriteEndObject();
        }
        else if (field.IsRepeated)
        {
            json.WriteStartArray();
            while (Continues(ref reader, field, out var packed))
            {
                WriteElements(ref reader, field, packed);
            }
            json.WriteEndArray();
        }
        else
        {
            reader.Tag();
            WriteValue(ref reader, field);
        }
    }

    private static bool Continues(ref WireReader reader, FieldShape field, out bool packed)
    {
        packed = false;
        if (reader.AtEnd)
        {
            return false;
        }
        var position = reader.Position;
        var tag = reader.Tag();
        packed = field.CanBePacked && tag == field.PackedTag;
        if (packed || tag == field.Tag)
        {
            return true;
        }
        reader.Position = position;
        return false;
    }

    private void WriteElements(ref WireReader reader, FieldShape field, bool packed)
    {
        if (!packed)
        {
            WriteValue(ref reader, field);
            return;
        }
        var elements = new WireReader(reader.Bytes());
        while (!elements.AtEnd)
        {
            WriteValue(ref elements, field);
        }
    }

    private void WriteEntry(ReadOnlySpan<byte> entry, MessageShape shape)
    {
        var (key, value) = (shape.Fields[0], shape.Fields[1]);
        var reader = new WireReader(entry);
        var (keyAt, valueAt) = (-1, -1);
        while (!reader.AtEnd)
        {
            var tag = reader.Tag();
            if (tag == key.Tag)
            {
                keyAt = reader.Position;
            }
            else if (tag == value.Tag)
            {
                valueAt = reader.Position;
            }
            reader.Skip(tag);
        }
        var keyReader = new WireReader(entry) { Position = Math.Max(keyAt, 0) };
        WriteKey(ref keyReader, key, given: keyAt >= 0);
        if (valueAt < 0 && value.IsMessage)
        {
            WriteMessage([], value.Message);
        }
        else if (valueAt < 0)
        {
            WriteDefault(value);
        }
        else
        {
            reader.Position = valueAt;
            WriteValue(ref reader, value);
        }
    }

    private void WriteKey(ref WireReader reader, FieldShape key, bool given)
    {
        Span<byte> digits = stackalloc byte[20];
        var length = 0;
        switch (key.Type)
        {
            case FieldType.String:
                json.WritePropertyName(given ? reader.Bytes() : []);
                return;
            case FieldType.Bool:
                json.WritePropertyName(given && reader.Varint() != 0 ? "true"u8 : "false"u8);
                return;
            case FieldType.UInt32 or FieldType.UInt64 or FieldType.Fixed32 or FieldType.Fixed64:
                Utf8Formatter.TryFormat(given ? Unsigned(ref reader, key.Type) : 0, digits, out length);
                break;
            default:
                Utf8Formatter.TryFormat(given ? Signed(ref reader, key.Type) : 0, digits, out length);
                break;
        }
        json.WritePropertyName(digits[..length]);
    }
}
