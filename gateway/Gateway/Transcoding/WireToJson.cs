using System.Buffers.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

/// <summary>
/// Writes protobuf JSON from protobuf's wire format, without an object in between. Fields that cannot be told from
/// unset ones (plain scalars, enums, lists, maps) are always written, so that a reader sees <c>"approvals": []</c>;
/// unset messages and <c>optional</c> fields are left out.
/// </summary>
internal sealed partial class WireToJson(Utf8JsonWriter json)
{
    /// <summary>Writes a message as a JSON value.</summary>
    public void WriteMessage(ReadOnlySpan<byte> wire, MessageShape shape)
    {
        if (shape.WellKnown is not WellKnownType.None)
        {
            WriteWellKnown(wire, shape);
            return;
        }
        json.WriteStartObject();
        WriteMembers(wire, shape);
        json.WriteEndObject();
    }

    /// <summary>Writes one field of a message as a JSON value; a <c>response_body</c>.</summary>
    public void WriteMember(ReadOnlySpan<byte> wire, MessageShape shape, FieldShape field)
    {
        var reader = new WireReader(InOrder(wire, shape) ? wire : shape.Normalise(wire));
        while (!reader.AtEnd)
        {
            var position = reader.Position;
            var tag = reader.Tag();
            if (FieldOf(shape, tag) == field)
            {
                reader.Position = position;
                WriteField(ref reader, field);
                return;
            }
            reader.Skip(tag);
        }
        if (field.HasPresence)
            json.WriteNullValue();
        else
            WriteDefault(field);
    }

    private void WriteMembers(ReadOnlySpan<byte> wire, MessageShape shape)
    {
        if (!InOrder(wire, shape))
            wire = shape.Normalise(wire);
        var reader = new WireReader(wire);
        var next = 0;
        while (!reader.AtEnd)
        {
            var position = reader.Position;
            var tag = reader.Tag();
            if (FieldOf(shape, tag) is not { } field)
            {
                reader.Skip(tag);
                continue;
            }
            WriteDefaults(shape, next, field.Index);
            next = field.Index + 1;
            json.WritePropertyName(field.EncodedName);
            reader.Position = position;
            WriteField(ref reader, field);
        }
        WriteDefaults(shape, next, shape.Fields.Count);
    }

    /// <summary>Serializers write fields by ascending number; where one did not, the message is put in order first.</summary>
    private static bool InOrder(ReadOnlySpan<byte> wire, MessageShape shape)
    {
        var reader = new WireReader(wire);
        var last = -1;
        ulong oneofs = 0;
        while (!reader.AtEnd)
        {
            var tag = reader.Tag();
            if (FieldOf(shape, tag) is { } field)
            {
                if (field.Index < last || (field.Index == last && !field.IsRepeated))
                    return false;
                if (field.OneofIndex >= 0)
                {
                    var bit = 1UL << (field.OneofIndex & 63);
                    if ((oneofs & bit) != 0)
                        return false;
                    oneofs |= bit;
                }
                last = field.Index;
            }
            reader.Skip(tag);
        }
        return true;
    }

    private static FieldShape? FieldOf(MessageShape shape, uint tag) =>
        shape.ByNumber(WireFormat.GetTagFieldNumber(tag)) is { } field && (field.Tag == tag || (field.CanBePacked && field.PackedTag == tag))
            ? field
            : null;

    private void WriteField(ref WireReader reader, FieldShape field)
    {
        if (field.IsMap)
        {
            json.WriteStartObject();
            while (Continues(ref reader, field, out _))
                WriteEntry(reader.Bytes(), field.Message);
            json.WriteEndObject();
        }
        else if (field.IsRepeated)
        {
            json.WriteStartArray();
            while (Continues(ref reader, field, out var packed))
                WriteElements(ref reader, field, packed);
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
            return false;
        var position = reader.Position;
        var tag = reader.Tag();
        packed = field.CanBePacked && tag == field.PackedTag;
        if (packed || tag == field.Tag)
            return true;
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
            WriteValue(ref elements, field);
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
                keyAt = reader.Position;
            else if (tag == value.Tag)
                valueAt = reader.Position;
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

    private void WriteValue(ref WireReader reader, FieldShape field)
    {
        switch (field.Type)
        {
            case FieldType.Message:
                WriteMessage(reader.Bytes(), field.Message);
                break;
            case FieldType.String:
                json.WriteStringValue(reader.Bytes());
                break;
            case FieldType.Bytes:
                json.WriteBase64StringValue(reader.Bytes());
                break;
            case FieldType.Bool:
                json.WriteBooleanValue(reader.Varint() != 0);
                break;
            case FieldType.Enum:
                WriteEnum((int)reader.Varint(), field.Enum);
                break;
            case FieldType.Double:
                WriteReal(BitConverter.UInt64BitsToDouble(reader.Fixed64()));
                break;
            case FieldType.Float:
                WriteReal(BitConverter.UInt32BitsToSingle(reader.Fixed32()));
                break;
            case FieldType.UInt32 or FieldType.Fixed32:
                json.WriteNumberValue((uint)Unsigned(ref reader, field.Type));
                break;
            case FieldType.UInt64 or FieldType.Fixed64:
                WriteText(Unsigned(ref reader, field.Type));
                break;
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64:
                WriteText(Signed(ref reader, field.Type));
                break;
            default:
                json.WriteNumberValue((int)Signed(ref reader, field.Type));
                break;
        }
    }

    private void WriteDefaults(MessageShape shape, int from, int until)
    {
        for (var index = from; index < until; index++)
        {
            var field = shape.Fields[index];
            if (field.HasPresence)
                continue;
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

    private void WriteEnum(int number, EnumShape shape)
    {
        if (shape.IsNullValue)
            json.WriteNullValue();
        else if (shape.TryName(number, out var name))
            json.WriteStringValue(name);
        else
            json.WriteNumberValue(number);
    }

    private void WriteReal(double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
    }

    private void WriteReal(float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            WriteReal((double)value);
    }

    private void WriteText(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        json.WriteStringValue(digits[..length]);
    }

    private void WriteText(ulong value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        json.WriteStringValue(digits[..length]);
    }

    private static ulong Unsigned(ref WireReader reader, FieldType type) => type switch
    {
        FieldType.Fixed32 => reader.Fixed32(),
        FieldType.Fixed64 => reader.Fixed64(),
        _ => reader.Varint(),
    };

    private static long Signed(ref WireReader reader, FieldType type)
    {
        switch (type)
        {
            case FieldType.SFixed32:
                return (int)reader.Fixed32();
            case FieldType.SFixed64:
                return (long)reader.Fixed64();
            case FieldType.SInt32 or FieldType.SInt64:
                var zigzag = reader.Varint();
                return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            default:
                return (long)reader.Varint();
        }
    }
}
