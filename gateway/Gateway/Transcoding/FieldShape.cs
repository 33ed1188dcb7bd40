using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

/// <summary>What transcoding needs to know about one field, worked out once.</summary>
internal sealed class FieldShape
{
    private readonly Lazy<MessageShape?> _message;
    private readonly Lazy<EnumShape?> _enumeration;

    public FieldShape(FieldDescriptor descriptor, int index, ShapeRegistry registry)
    {
        Descriptor = descriptor;
        Index = index;
        Name = descriptor.Name;
        JsonName = descriptor.JsonName;
        EncodedName = JsonEncodedText.Encode(descriptor.JsonName);
        Type = descriptor.FieldType;
        IsMap = descriptor.IsMap;
        IsRepeated = descriptor.IsRepeated;
        HasPresence = !IsRepeated && descriptor.HasPresence;
        OneofIndex = descriptor.ContainingOneof is { } oneof ? oneof.Index : -1;
        _message = new(() => Type is FieldType.Message ? registry.Of(descriptor.MessageType) : null);
        _enumeration = new(() => Type is FieldType.Enum ? registry.Of(descriptor.EnumType) : null);
        Tag = WireFormat.MakeTag(descriptor.FieldNumber, WireTypeOf(Type));
        PackedTag = WireFormat.MakeTag(descriptor.FieldNumber, WireFormat.WireType.LengthDelimited);
    }

    public FieldDescriptor Descriptor { get; }

    /// <summary>Position among the message's fields in the order of their numbers.</summary>
    public int Index { get; }
    public string Name { get; }
    public string JsonName { get; }
    public JsonEncodedText EncodedName { get; }
    public FieldType Type { get; }
    public bool IsMap { get; }
    public bool IsRepeated { get; }
    public bool HasPresence { get; }

    /// <summary>The oneof that this field is a member of, or -1. An <c>optional</c> field has one of its own.</summary>
    public int OneofIndex { get; }
    public uint Tag { get; }
    public uint PackedTag { get; }

    /// <summary>The message type of a message field; fields of other types have none.</summary>
    public MessageShape Message => _message.Value ?? throw new InvalidOperationException($"{Descriptor.FullName} is not a message field.");

    /// <summary>The enum type of an enum field; fields of other types have none.</summary>
    public EnumShape Enum => _enumeration.Value ?? throw new InvalidOperationException($"{Descriptor.FullName} is not an enum field.");

    public bool IsMessage => Type is FieldType.Message;
    public bool CanBePacked => IsRepeated && Type is not (FieldType.String or FieldType.Bytes or FieldType.Message or FieldType.Group);

    /// <summary>JSON null is a value for <c>google.protobuf.Value</c> and <c>NullValue</c>; everywhere else it means unset.</summary>
    public bool TakesNull => !IsRepeated
        && ((IsMessage && Message.WellKnown is WellKnownType.Value) || (Type is FieldType.Enum && Enum.IsNullValue));

    private static WireFormat.WireType WireTypeOf(FieldType type) => type switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireFormat.WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireFormat.WireType.Fixed32,
        FieldType.String or FieldType.Bytes or FieldType.Message => WireFormat.WireType.LengthDelimited,
        FieldType.Group => WireFormat.WireType.StartGroup,
        _ => WireFormat.WireType.Varint,
    };
}

/// <summary>An enum's names by number and numbers by name.</summary>
internal sealed class EnumShape
{
    private readonly Dictionary<int, JsonEncodedText> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public EnumShape(EnumDescriptor descriptor)
    {
        IsNullValue = descriptor.FullName == "google.protobuf.NullValue";
        FullName = descriptor.FullName;
        foreach (var value in descriptor.Values)
        {
            _names.TryAdd(value.Number, JsonEncodedText.Encode(value.Name));
            _numbers[value.Name] = value.Number;
        }
    }

    public string FullName { get; }
    public bool IsNullValue { get; }

    /// <summary>The names, as a sentence lists them.</summary>
    public string Choices => string.Join(", ", _numbers.Keys);

    public bool TryName(int number, out JsonEncodedText name) => _names.TryGetValue(number, out name);

    public bool TryNumber(ReadOnlySpan<char> name, out int number) =>
        _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out number);
}

/// <summary>Finds a field by either of its names, in UTF-8, without making a string.</summary>
internal sealed class FieldNames
{
    private readonly (byte[] Name, FieldShape Field)[][] _buckets;

    public FieldNames(IEnumerable<FieldShape> fields)
    {
        var all = fields.SelectMany(field => new[] { field.JsonName, field.Name }.Distinct()
            .Select(name => (Name: Encoding.UTF8.GetBytes(name), Field: field))).ToArray();
        _buckets = new (byte[], FieldShape)[Math.Max(1, all.Length * 2)][];
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] = all.Where(entry => Bucket(entry.Name) == i).ToArray();
        }
    }

    public FieldShape? Find(ReadOnlySpan<byte> name)
    {
        foreach (var entry in _buckets[Bucket(name)])
        {
            if (name.SequenceEqual(entry.Name))
            {
                return entry.Field;
            }
        }
        return null;
    }

    private int Bucket(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        foreach (var octet in name)
        {
            hash = (hash * 31) + octet;
        }
        return (int)(hash % (uint)_buckets.Length);
    }
}
