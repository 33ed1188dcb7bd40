using System.Buffers.Text;
using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

internal sealed partial class WireToJson
{
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

    private void WriteEnum(int number, EnumShape shape)
    {
        if (shape.IsNullValue)
        {
            json.WriteNullValue();
        }
        else if (shape.TryName(number, out var name))
        {
            json.WriteStringValue(name);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }

    private void WriteReal(double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }

    private void WriteReal(float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            WriteReal((double)value);
        }
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
