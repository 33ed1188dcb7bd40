using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

/// <summary>
/// Reads protobuf JSON and writes protobuf's wire format, without an object in between. Every fault of a field is
/// gathered with its full path; reading goes on behind it.
/// </summary>
internal sealed partial class JsonToWire(WireBuffer wire, Faults faults)
{
    /// <summary>Reads the value that the reader stands on as the fields of a message.</summary>
    public void ReadMessage(ref Utf8JsonReader reader, MessageShape shape)
    {
        if (shape.WellKnown is not WellKnownType.None)
        {
            ReadWellKnown(ref reader, shape);
        }
        else if (reader.TokenType is JsonTokenType.StartObject)
        {
            ReadObject(ref reader, shape, skipType: false);
        }
        else
        {
            Refuse(ref reader, "an object");
        }
    }

    /// <summary>Reads the value that the reader stands on as one field, tag included; null leaves the field unset.</summary>
    public void ReadField(ref Utf8JsonReader reader, FieldShape field)
    {
        if (reader.TokenType is JsonTokenType.Null && !field.TakesNull)
        {
            return;
        }
        if (field.IsMap)
        {
            ReadMap(ref reader, field);
        }
        else if (field.IsRepeated)
        {
            ReadList(ref reader, field);
        }
        else
        {
            ReadSingle(ref reader, field);
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, MessageShape shape, bool skipType)
    {
        Span<bool> seen = shape.Fields.Count <= 128 ? stackalloc bool[shape.Fields.Count] : new bool[shape.Fields.Count];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var field = reader.ValueIsEscaped ? shape.ByName(reader.GetString()!) : shape.ByName(reader.ValueSpan);
            if (field is null)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (!skipType || name != "@type")
                {
                    faults.Add(FaultReason.UnknownField, $"no such field in {shape.FullName}{Nearest(shape, name)}.", name);
                }
                reader.Skip();
                continue;
            }
            faults.Push(reader.ValueTextEquals(field.JsonName) ? field.JsonName : field.Name);
            reader.Read();
            if (Admit(reader.TokenType, shape, field, seen))
            {
                ReadField(ref reader, field);
            }
            else
            {
                reader.Skip();
            }
            faults.Pop();
        }
    }

    private bool Admit(JsonTokenType token, MessageShape shape, FieldShape field, Span<bool> seen)
    {
        if (seen[field.Index])
        {
            faults.Add(FaultReason.DuplicateField, "given more than once.");
            return false;
        }
        if (token is JsonTokenType.Null && !field.TakesNull)
        {
            return true;
        }
        seen[field.Index] = true;
        if (field.OneofIndex < 0)
        {
            return true;
        }
        foreach (var other in shape.Fields)
        {
            if (other != field && other.OneofIndex == field.OneofIndex && seen[other.Index])
            {
                faults.Add(FaultReason.OneofConflict, $"cannot be given together with {other.JsonName}.");
                return false;
            }
        }
        return true;
    }

    private void ReadList(ref Utf8JsonReader reader, FieldShape field)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            Refuse(ref reader, "an array");
            return;
        }
        for (var index = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; index++)
        {
            faults.Push(index);
            ReadElement(ref reader, field);
            faults.Pop();
        }
    }

    private void ReadMap(ref Utf8JsonReader reader, FieldShape field)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            Refuse(ref reader, "an object");
            return;
        }
        var (key, value) = (field.Message.Fields[0], field.Message.Fields[1]);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            faults.PushKey(name);
            wire.Tag(field.Tag);
            var start = wire.BeginNested();
            wire.Tag(key.Tag);
            if (ScalarText.Write(wire, key, name) is { } fault)
            {
                faults.Add(fault.Reason, $"bad key: {fault.Description}");
            }
            else if (!keys.Add(name))
            {
                faults.Add(FaultReason.DuplicateField, "given more than once.");
            }
            reader.Read();
            ReadElement(ref reader, value);
            wire.EndNested(start);
            faults.Pop();
        }
    }

    private void ReadElement(ref Utf8JsonReader reader, FieldShape field)
    {
        if (reader.TokenType is JsonTokenType.Null && !IsNullValue(field))
        {
            faults.Add(FaultReason.NullNotAllowed, $"null is not allowed here; expected {ScalarText.Expected(field)}.");
        }
        else
        {
            ReadSingle(ref reader, field);
        }
    }

    private static bool IsNullValue(FieldShape field) =>
        (field.IsMessage && field.Message.WellKnown is WellKnownType.Value) || (field.Type is FieldType.Enum && field.Enum.IsNullValue);

    private void ReadSingle(ref Utf8JsonReader reader, FieldShape field)
    {
        var position = wire.Position;
        wire.Tag(field.Tag);
        if (field.IsMessage)
        {
            var start = wire.BeginNested();
            ReadMessage(ref reader, field.Message);
            wire.EndNested(start);
        }
        else if (!ReadScalar(ref reader, field))
        {
            wire.Truncate(position);
            reader.Skip();
        }
    }

    private bool ReadScalar(ref Utf8JsonReader reader, FieldShape field) => reader.TokenType switch
    {
        JsonTokenType.String => ReadString(ref reader, field),
        JsonTokenType.Number => ReadNumber(ref reader, field),
        JsonTokenType.True or JsonTokenType.False when field.Type is FieldType.Bool =>
            WriteVarint(reader.TokenType is JsonTokenType.True ? 1u : 0u),
        JsonTokenType.Null => WriteVarint(0),
        _ => Mismatch(ref reader, ScalarText.Expected(field)),
    };

    private bool ReadString(ref Utf8JsonReader reader, FieldShape field)
    {
        switch (field.Type)
        {
            case FieldType.String when !reader.ValueIsEscaped:
                wire.Bytes(reader.ValueSpan);
                return true;
            case FieldType.Bytes when !reader.ValueIsEscaped:
                return ScalarText.WriteBase64(wire, reader.ValueSpan) || Mismatch(ref reader, ScalarText.Expected(field));
            case FieldType.Bool:
                return Mismatch(ref reader, ScalarText.Expected(field));
            case FieldType.Enum when int.TryParse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
                return Mismatch(ref reader, ScalarText.Expected(field));
            default:
                return Accept(ScalarText.Write(wire, field, reader.GetString()));
        }
    }

    private bool ReadNumber(ref Utf8JsonReader reader, FieldShape field)
    {
        switch (field.Type)
        {
            case FieldType.Int32 or FieldType.Enum when reader.TryGetInt32(out var number):
                return WriteVarint((ulong)number);
            case FieldType.Int64 when reader.TryGetInt64(out var number):
                return WriteVarint((ulong)number);
            case FieldType.Double or FieldType.Float when reader.TryGetDouble(out var real) && double.IsFinite(real):
                return Accept(ScalarText.WriteReal(wire, field, real));
            case FieldType.Double or FieldType.Float:
                return Accept(new ScalarFault(
                    FaultReason.OutOfRange, $"{Encoding.UTF8.GetString(reader.ValueSpan)} is out of the range of a number."));
            case FieldType.String or FieldType.Bytes or FieldType.Bool or FieldType.Enum:
                return Mismatch(ref reader, ScalarText.Expected(field));
            default:
                return reader.TryGetDecimal(out var whole) && whole == decimal.Truncate(whole)
                    ? Accept(ScalarText.WriteInteger(wire, field, whole))
                    : Mismatch(ref reader, ScalarText.Expected(field));
        }
    }

    private bool WriteVarint(ulong value)
    {
        wire.Varint(value);
        return true;
    }

    private bool Accept(ScalarFault? fault)
    {
        if (fault is not null)
        {
            faults.Add(fault.Reason, fault.Description);
        }
        return fault is null;
    }

    private bool Mismatch(ref Utf8JsonReader reader, string expected)
    {
        var reason = reader.TokenType is JsonTokenType.String && expected.StartsWith("one of ", StringComparison.Ordinal)
            ? FaultReason.UnknownEnumValue
            : FaultReason.WrongType;
        faults.Add(reason, $"expected {expected}, got {Got(ref reader)}.");
        return false;
    }

    private void Refuse(ref Utf8JsonReader reader, string expected)
    {
        Mismatch(ref reader, expected);
        reader.Skip();
    }

    private static string Got(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.String => $"\"{ScalarText.Shown(reader.GetString())}\"",
        _ => $"the number {ScalarText.Shown(Encoding.UTF8.GetString(reader.ValueSpan))}",
    };

    private static string Nearest(MessageShape shape, string name)
    {
        var near = shape.Fields
            .Select(field => (field.JsonName, Distance: EditDistance(
                field.JsonName.ToLowerInvariant(), name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant())))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return near.JsonName is not null && near.Distance <= Math.Max(1, name.Length / 4) ? $"; did you mean {near.JsonName}?" : "";
    }

    private static int EditDistance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 3 || right.Length > 64)
        {
            return int.MaxValue;
        }
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
