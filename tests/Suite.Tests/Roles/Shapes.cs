using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Governance.Suite.Tests.Roles;

/// <summary>Requests that nobody would send on purpose.</summary>
internal static class Shapes
{
    private const int Deepest = 4;

    public static IReadOnlyDictionary<string, Values> All { get; } = new Dictionary<string, Values>
    {
        ["hollow"] = new("", 0, 0, false),
        ["plain"] = new("x", 1, 1, true),
        ["largest"] = new(new string('\u00e9', 400), int.MaxValue, long.MaxValue, true),
        ["smallest"] = new("/\0'%\ud83d\ude80", int.MinValue, long.MinValue, true),
    };

    /// <summary>The message with every field set, one entry in every list and map.</summary>
    public static byte[] Filled(this MessageDescriptor type, Values values) => Fill(type, values, 0).ToByteArray();

    private static IMessage Fill(MessageDescriptor type, Values values, int depth)
    {
        var message = type.Parser.ParseFrom([]);
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (depth == Deepest && field.FieldType == FieldType.Message) continue;
            if (field.IsMap) Put(message, field, values, depth);
            else if (Value(field, values, depth) is not { } value) continue;
            else if (field.IsRepeated) ((IList)field.Accessor.GetValue(message)).Add(value);
            else field.Accessor.SetValue(message, value);
        }

        return message;
    }

    private static void Put(IMessage message, FieldDescriptor field, Values values, int depth)
    {
        var (key, value) =
            (Value(field.MessageType.FindFieldByNumber(1), values, depth), Value(field.MessageType.FindFieldByNumber(2), values, depth));
        if (key is not null && value is not null) ((IDictionary)field.Accessor.GetValue(message)).Add(key, value);
    }

    private static object? Value(FieldDescriptor field, Values values, int depth) => field.FieldType switch
    {
        FieldType.String => values.Text,
        FieldType.Bytes => ByteString.CopyFromUtf8(values.Text),
        FieldType.Bool => values.Yes,
        FieldType.Double => values.Long == 0 ? 0.0 : values.Long == 1 ? 1.0 : double.NaN,
        FieldType.Float => values.Long == 0 ? 0f : values.Long == 1 ? 1f : float.NaN,
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, values.Int),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => values.Int,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => values.Long,
        FieldType.UInt32 or FieldType.Fixed32 => unchecked((uint)values.Int),
        FieldType.UInt64 or FieldType.Fixed64 => unchecked((ulong)values.Long),
        FieldType.Message when field.MessageType.File.Name != "google/protobuf/wrappers.proto" =>
            Fill(field.MessageType, values, depth + 1),
        _ => null,
    };

    /// <summary>What fields are filled with, by their types.</summary>
    internal sealed record Values(string Text, int Int, long Long, bool Yes);
}
