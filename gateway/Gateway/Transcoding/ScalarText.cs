using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

/// <summary>Why a text is not a value of a field: the reason for programs and the sentence for people.</summary>
internal sealed record ScalarFault(string Reason, string Description);

/// <summary>Values that come as text (path, query, JSON strings, map keys), written to the wire without their tag.</summary>
internal static class ScalarText
{
    /// <summary>Writes the value, or says what is wrong and writes nothing.</summary>
    public static ScalarFault? Write(WireBuffer wire, FieldShape field, ReadOnlySpan<char> text)
    {
        switch (field.Type)
        {
            case FieldType.String:
                wire.Text(text);
                return null;
            case FieldType.Bool:
                if (text is not ("true" or "false"))
                {
                    return Wrong(field, text);
                }
                wire.Varint(text is "true" ? 1u : 0u);
                return null;
            case FieldType.Bytes:
                return WriteBase64(wire, Encoding.UTF8.GetBytes(text.ToString())) ? null : Wrong(field, text);
            case FieldType.Enum:
                return WriteEnum(wire, field, text);
            case FieldType.Double or FieldType.Float:
                return WriteReal(wire, field, text);
            default:
                return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                        CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
                    ? WriteInteger(wire, field, number)
                    : Wrong(field, text);
        }
    }

    /// <summary>Writes a whole number to a field of any integer type, after checking its range.</summary>
    public static ScalarFault? WriteInteger(WireBuffer wire, FieldShape field, decimal number)
    {
        var (least, most) = RangeOf(field.Type);
        if (number < least || number > most)
        {
            return new(FaultReason.OutOfRange, string.Create(CultureInfo.InvariantCulture,
                $"{number} is out of the range of {TypeName(field)}, {least} to {most}."));
        }
        WriteChecked(wire, field.Type, number);
        return null;
    }

    /// <summary>Writes a real number, after checking that a float can hold it.</summary>
    public static ScalarFault? WriteReal(WireBuffer wire, FieldShape field, double value)
    {
        if (field.Type is FieldType.Double)
        {
            wire.Fixed64(BitConverter.DoubleToUInt64Bits(value));
            return null;
        }
        if (double.IsFinite(value) && float.IsInfinity((float)value))
        {
            return new(FaultReason.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{value} is out of the range of float."));
        }
        wire.Fixed32(BitConverter.SingleToUInt32Bits((float)value));
        return null;
    }

    /// <summary>Decodes base64 in either alphabet, padded or not, into length-delimited bytes.</summary>
    public static bool WriteBase64(WireBuffer wire, ReadOnlySpan<byte> text)
    {
        var position = wire.Position;
        Span<byte> url = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        text.Replace(url, (byte)'+', (byte)'-');
        url.Replace((byte)'/', (byte)'_');
        var start = wire.BeginNested();
        var target = wire.Reserve(Base64Url.GetMaxDecodedLength(url.Length));
        if (Base64Url.DecodeFromUtf8(url, target, out _, out var written) is not System.Buffers.OperationStatus.Done)
        {
            wire.Truncate(position);
            return false;
        }
        wire.Advance(written);
        wire.EndNested(start);
        return true;
    }

    /// <summary>A type's name as faults give it, with its article.</summary>
    public static string Expected(FieldShape field) => field.Type switch
    {
        FieldType.Bytes => "base64 text",
        FieldType.String => "a string",
        FieldType.Bool => "true or false",
        FieldType.Enum => $"one of {field.Enum.Choices}",
        FieldType.Double or FieldType.Float => "a number",
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 or FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 =>
            $"a whole number ({TypeName(field)})",
        FieldType.Message or FieldType.Group => "an object",
        _ => $"a whole number, 0 or more ({TypeName(field)})",
    };

    /// <summary>The first forty characters of what the caller wrote.</summary>
    public static string Shown(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";

    private static ScalarFault Wrong(FieldShape field, ReadOnlySpan<char> text) =>
        new(FaultReason.WrongType, $"expected {Expected(field)}, got \"{Shown(text)}\".");

    private static ScalarFault? WriteEnum(WireBuffer wire, FieldShape field, ReadOnlySpan<char> text)
    {
        if (!field.Enum.TryNumber(text, out var number)
            && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return new(FaultReason.UnknownEnumValue, $"expected {Expected(field)}, got \"{Shown(text)}\".");
        }
        wire.Varint((ulong)number);
        return null;
    }

    private static ScalarFault? WriteReal(WireBuffer wire, FieldShape field, ReadOnlySpan<char> text)
    {
        double value;
        if (text is "NaN")
        {
            value = double.NaN;
        }
        else if (text is "Infinity")
        {
            value = double.PositiveInfinity;
        }
        else if (text is "-Infinity")
        {
            value = double.NegativeInfinity;
        }
        else if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                     CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
        {
            return Wrong(field, text);
        }
        return WriteReal(wire, field, value);
    }

    private static void WriteChecked(WireBuffer wire, FieldType type, decimal number)
    {
        switch (type)
        {
            case FieldType.Fixed32:
                wire.Fixed32((uint)number);
                break;
            case FieldType.SFixed32:
                wire.Fixed32((uint)(int)number);
                break;
            case FieldType.Fixed64:
                wire.Fixed64((ulong)number);
                break;
            case FieldType.SFixed64:
                wire.Fixed64((ulong)(long)number);
                break;
            case FieldType.UInt32 or FieldType.UInt64:
                wire.Varint((ulong)number);
                break;
            case FieldType.SInt32 or FieldType.SInt64:
                var signed = (long)number;
                wire.Varint((ulong)((signed << 1) ^ (signed >> 63)));
                break;
            default:
                wire.Varint((ulong)(long)number);
                break;
        }
    }

    private static (decimal Least, decimal Most) RangeOf(FieldType type) => type switch
    {
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int.MinValue, int.MaxValue),
        FieldType.UInt32 or FieldType.Fixed32 => (0, uint.MaxValue),
        FieldType.UInt64 or FieldType.Fixed64 => (0, ulong.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string TypeName(FieldShape field) => field.Type.ToString().ToLowerInvariant();
}
