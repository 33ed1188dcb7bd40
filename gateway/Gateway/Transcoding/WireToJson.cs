using System.Text.Json;
using Google.Protobuf;

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
        {
            json.WriteNullValue();
        }
        else
        {
            WriteDefault(field);
        }
    }

    private void WriteMembers(ReadOnlySpan<byte> wire, MessageShape shape)
    {
        if (!InOrder(wire, shape))
        {
            wire = shape.Normalise(wire);
        }
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
                {
                    return false;
                }
                if (field.OneofIndex >= 0)
                {
                    var bit = 1UL << (field.OneofIndex & 63);
                    if ((oneofs & bit) != 0)
                    {
                        return false;
                    }
                    oneofs |= bit;
                }
                last = field.Index;
            }
            reader.Skip(tag);
        }
        return true;
    }

    private static FieldShape? FieldOf(MessageShape shape, uint tag) =>
        shape.ByNumber(WireFormat.GetTagFieldNumber(tag)) is { } field
            && (field.Tag == tag || (field.CanBePacked && field.PackedTag == tag))
            ? field
            : null;
}
