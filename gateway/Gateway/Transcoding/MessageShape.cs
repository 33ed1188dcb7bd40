using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Governance.Gateway.Transcoding;

/// <summary>The messages whose JSON is not an object of their fields.</summary>
internal enum WellKnownType
{
    None,
    Timestamp,
    Duration,
    FieldMask,
    Wrapper,
    Struct,
    Value,
    ListValue,
    Any,
}

/// <summary>What transcoding needs to know about one message type, worked out once.</summary>
internal sealed class MessageShape
{
    private const int DirectNumbers = 256;
    private readonly FieldNames _names;
    private readonly FieldShape?[] _direct;
    private readonly Dictionary<int, FieldShape> _sparse;
    private readonly Dictionary<string, FieldShape> _byText = new(StringComparer.Ordinal);

    public MessageShape(MessageDescriptor descriptor, ShapeRegistry registry)
    {
        Descriptor = descriptor;
        Registry = registry;
        WellKnown = WellKnownOf(descriptor.FullName);
        Fields = descriptor.Fields.InFieldNumberOrder().Select((field, index) => new FieldShape(field, index, registry)).ToArray();
        _names = new FieldNames(Fields);
        _direct = new FieldShape?[Math.Min(DirectNumbers, Fields.Select(field => field.Descriptor.FieldNumber).DefaultIfEmpty().Max() + 1)];
        _sparse = Fields.ToDictionary(field => field.Descriptor.FieldNumber);
        foreach (var field in Fields)
        {
            if (field.Descriptor.FieldNumber < _direct.Length)
            {
                _direct[field.Descriptor.FieldNumber] = field;
            }
            _byText[field.Name] = _byText[field.JsonName] = field;
        }
    }

    public MessageDescriptor Descriptor { get; }
    public ShapeRegistry Registry { get; }
    public string FullName => Descriptor.FullName;
    public WellKnownType WellKnown { get; }

    /// <summary>A <c>google.api.HttpBody</c>: bytes with a media type, not JSON.</summary>
    public bool IsHttpBody => FullName == "google.api.HttpBody";

    /// <summary>All fields, by ascending number.</summary>
    public IReadOnlyList<FieldShape> Fields { get; }

    public FieldShape? ByNumber(int number) => number < _direct.Length ? _direct[number] : _sparse.GetValueOrDefault(number);

    public FieldShape? ByName(ReadOnlySpan<byte> name) => _names.Find(name);

    public FieldShape? ByName(string name) => _byText.GetValueOrDefault(name);

    /// <summary>The same message with fields in order, each once, and only the last member of every oneof.</summary>
    public byte[] Normalise(ReadOnlySpan<byte> wire) => Descriptor.Parser.ParseFrom(wire).ToByteArray();

    private static WellKnownType WellKnownOf(string fullName) => fullName switch
    {
        "google.protobuf.Timestamp" => WellKnownType.Timestamp,
        "google.protobuf.Duration" => WellKnownType.Duration,
        "google.protobuf.FieldMask" => WellKnownType.FieldMask,
        "google.protobuf.Struct" => WellKnownType.Struct,
        "google.protobuf.Value" => WellKnownType.Value,
        "google.protobuf.ListValue" => WellKnownType.ListValue,
        "google.protobuf.Any" => WellKnownType.Any,
        _ when fullName.StartsWith("google.protobuf.", StringComparison.Ordinal)
            && fullName.EndsWith("Value", StringComparison.Ordinal) => WellKnownType.Wrapper,
        _ => WellKnownType.None,
    };
}

/// <summary>All shapes, made when first asked for; also the types that an <c>Any</c> may hold.</summary>
internal sealed class ShapeRegistry(IEnumerable<FileDescriptor> files)
{
    private readonly ConcurrentDictionary<MessageDescriptor, MessageShape> _messages = new();
    private readonly ConcurrentDictionary<EnumDescriptor, EnumShape> _enums = new();
    private readonly Dictionary<string, MessageDescriptor> _known = MessagesOf(files);

    public MessageShape Of(MessageDescriptor descriptor) =>
        _messages.GetOrAdd(descriptor, static (type, self) => new MessageShape(type, self), this);

    public EnumShape Of(EnumDescriptor descriptor) => _enums.GetOrAdd(descriptor, static type => new EnumShape(type));

    /// <summary>The type behind <c>type.googleapis.com/full.Name</c>; null when no file declares it.</summary>
    public MessageShape? OfUrl(string url) =>
        _known.TryGetValue(url[(url.LastIndexOf('/') + 1)..], out var descriptor) ? Of(descriptor) : null;

    private static Dictionary<string, MessageDescriptor> MessagesOf(IEnumerable<FileDescriptor> files)
    {
        var found = new Dictionary<string, MessageDescriptor>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            AddFile(file);
        }
        return found;

        void AddFile(FileDescriptor file)
        {
            if (!seen.Add(file.Name))
            {
                return;
            }
            foreach (var dependency in file.Dependencies)
            {
                AddFile(dependency);
            }
            foreach (var message in file.MessageTypes)
            {
                AddMessage(message);
            }
        }

        void AddMessage(MessageDescriptor message)
        {
            found[message.FullName] = message;
            foreach (var nested in message.NestedTypes)
            {
                AddMessage(nested);
            }
        }
    }
}
