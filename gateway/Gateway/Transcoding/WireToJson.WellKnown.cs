using System.Globalization;
using System.Text;

namespace Governance.Gateway.Transcoding;

internal sealed partial class WireToJson
{
    private void WriteWellKnown(ReadOnlySpan<byte> wire, MessageShape shape)
    {
        switch (shape.WellKnown)
        {
            case WellKnownType.Timestamp:
                WriteTimestamp(wire);
                break;
            case WellKnownType.Duration:
                WriteDuration(wire);
                break;
            case WellKnownType.FieldMask:
                WriteMask(wire);
                break;
            case WellKnownType.Any:
                WriteAny(wire, shape.Registry);
                break;
            case WellKnownType.Value:
                WriteDynamic(wire, shape);
                break;
            default:
                WriteMember(wire, shape, shape.Fields[0]);
                break;
        }
    }

    private static (long Seconds, int Nanos) Parts(ReadOnlySpan<byte> wire)
    {
        var (seconds, nanos) = (0L, 0);
        var reader = new WireReader(wire);
        while (!reader.AtEnd)
        {
            switch (reader.Tag())
            {
                case 8:
                    seconds = (long)reader.Varint();
                    break;
                case 16:
                    nanos = (int)reader.Varint();
                    break;
                case var other:
                    reader.Skip(other);
                    break;
            }
        }
        return (seconds, nanos);
    }

    private void WriteTimestamp(ReadOnlySpan<byte> wire)
    {
        var (seconds, nanos) = Parts(wire);
        if (seconds is < -62135596800 or > 253402300799 || nanos is < 0 or > 999_999_999)
        {
            throw new InvalidDataException("The service's answer has a Timestamp out of range.");
        }
        Span<byte> text = stackalloc byte[40];
        DateTime.UnixEpoch.AddSeconds(seconds).TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        length += Fraction(nanos, text[length..]);
        text[length++] = (byte)'Z';
        json.WriteStringValue(text[..length]);
    }

    private void WriteDuration(ReadOnlySpan<byte> wire)
    {
        var (seconds, nanos) = Parts(wire);
        Span<byte> text = stackalloc byte[40];
        var length = 0;
        if (seconds < 0 || nanos < 0)
        {
            text[length++] = (byte)'-';
        }
        Math.Abs(seconds).TryFormat(text[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        length += Fraction(Math.Abs(nanos), text[length..]);
        text[length++] = (byte)'s';
        json.WriteStringValue(text[..length]);
    }

    /// <summary>No digits, or three, six or nine of them.</summary>
    private static int Fraction(int nanos, Span<byte> target)
    {
        if (nanos == 0)
        {
            return 0;
        }
        var (value, digits) = nanos % 1_000_000 == 0 ? (nanos / 1_000_000, 3) : nanos % 1000 == 0 ? (nanos / 1000, 6) : (nanos, 9);
        target[0] = (byte)'.';
        for (var i = digits; i > 0; i--, value /= 10)
        {
            target[i] = (byte)('0' + (value % 10));
        }
        return digits + 1;
    }

    private void WriteMask(ReadOnlySpan<byte> wire)
    {
        var text = new StringBuilder();
        var reader = new WireReader(wire);
        while (!reader.AtEnd)
        {
            var tag = reader.Tag();
            if (tag != 10)
            {
                reader.Skip(tag);
                continue;
            }
            text.Append(text.Length == 0 ? "" : ",");
            var raise = false;
            foreach (var letter in Encoding.UTF8.GetString(reader.Bytes()))
            {
                if (letter == '_')
                {
                    raise = true;
                }
                else
                {
                    text.Append(raise ? char.ToUpperInvariant(letter) : letter);
                }
                raise = letter == '_';
            }
        }
        json.WriteStringValue(text.ToString());
    }

    private void WriteDynamic(ReadOnlySpan<byte> wire, MessageShape shape)
    {
        var reader = new WireReader(wire);
        while (!reader.AtEnd)
        {
            var tag = reader.Tag();
            if (FieldOf(shape, tag) is { } field)
            {
                WriteValue(ref reader, field);
                return;
            }
            reader.Skip(tag);
        }
        json.WriteNullValue();
    }

    private void WriteAny(ReadOnlySpan<byte> wire, ShapeRegistry registry)
    {
        var url = "";
        ReadOnlySpan<byte> value = [];
        var reader = new WireReader(wire);
        while (!reader.AtEnd)
        {
            var tag = reader.Tag();
            if (tag == 10)
            {
                url = Encoding.UTF8.GetString(reader.Bytes());
            }
            else if (tag == 18)
            {
                value = reader.Bytes();
            }
            else
            {
                reader.Skip(tag);
            }
        }
        json.WriteStartObject();
        if (url.Length > 0)
        {
            json.WriteString("@type"u8, url);
        }
        var shape = registry.OfUrl(url);
        if (shape is { WellKnown: WellKnownType.None })
        {
            WriteMembers(value, shape);
        }
        else if (shape is not null)
        {
            json.WritePropertyName("value"u8);
            WriteMessage(value, shape);
        }
        else if (url.Length > 0)
        {
            json.WriteBase64String("value"u8, value);
        }
        json.WriteEndObject();
    }
}
