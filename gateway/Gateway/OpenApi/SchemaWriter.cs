using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Governance.Gateway.Transcoding;

namespace Governance.Gateway.OpenApi;

/// <summary>JSON schemas of messages as REST has them; named types become components.</summary>
internal sealed class SchemaWriter(ProtoComments comments)
{
    private const int ExampleDepth = 3;

    /// <summary>The named schemas that were asked for so far.</summary>
    public SortedDictionary<string, JsonObject> Components { get; } = new(StringComparer.Ordinal);

    /// <summary>The schema of a message, by reference where it has a name of its own.</summary>
    public JsonObject Of(MessageShape shape) => shape.WellKnown switch
    {
        WellKnownType.Timestamp => Text("date-time"),
        WellKnownType.Duration => new JsonObject { ["type"] = "string", ["pattern"] = "^-?[0-9]+(\\.[0-9]{1,9})?s$" },
        WellKnownType.FieldMask => new JsonObject { ["type"] = "string", ["description"] = "Field paths, separated by commas." },
        WellKnownType.Wrapper => OfScalar(shape.Fields[0]),
        WellKnownType.Struct => new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
        WellKnownType.Value => [],
        WellKnownType.ListValue => new JsonObject { ["type"] = "array", ["items"] = new JsonObject() },
        WellKnownType.Any => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
            ["additionalProperties"] = true,
        },
        _ => Reference(NameOf(shape.Descriptor), () => OfFields(shape, shape.Fields)),
    };

    /// <summary>An object of some of a message's fields.</summary>
    public JsonObject OfFields(MessageShape shape, IEnumerable<FieldShape> fields)
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            properties[field.JsonName] = OfField(field);
        }
        var schema = new JsonObject { ["type"] = "object" };
        Describe(schema, comments.Of(shape.Descriptor));
        schema["properties"] = properties;
        return schema;
    }

    /// <summary>The schema of a field, lists and maps included, with its comment.</summary>
    public JsonObject OfField(FieldShape field)
    {
        var schema = field switch
        {
            { IsMap: true } => new JsonObject { ["type"] = "object", ["additionalProperties"] = OfScalar(field.Message.Fields[1]) },
            { IsRepeated: true } => new JsonObject { ["type"] = "array", ["items"] = OfScalar(field) },
            _ => OfScalar(field),
        };
        var comment = comments.Of(field.Descriptor);
        Describe(schema, comment);
        if (comment.Contains("Output only", StringComparison.OrdinalIgnoreCase))
        {
            schema["readOnly"] = true;
        }
        return schema;
    }

    /// <summary>A value that the schema of the field accepts; null when the field is better left out.</summary>
    public JsonNode? Example(FieldShape field, int depth = 0)
    {
        if (field.IsMap || comments.Of(field.Descriptor).Contains("Output only", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var one = ExampleOfOne(field, depth);
        return one is null || !field.IsRepeated ? one : new JsonArray(one);
    }

    /// <summary>An example of some of a message's fields; of a oneof only the first member.</summary>
    public JsonObject Example(IEnumerable<FieldShape> fields, int depth = 0)
    {
        var example = new JsonObject();
        var oneofs = new HashSet<int>();
        foreach (var field in fields)
        {
            if ((field.OneofIndex < 0 || oneofs.Add(field.OneofIndex)) && Example(field, depth) is { } value)
            {
                example[field.JsonName] = value;
            }
        }
        return example;
    }

    /// <summary><c>windows.Booking.State</c> for <c>governance.windows.v1.Booking.State</c>.</summary>
    public static string NameOf(IDescriptor descriptor) => string.Join('.', descriptor.FullName.Split('.')
        .Where((part, index) => !(index == 0 && part == "governance") && !(part is ['v', .. var digits] && digits.All(char.IsAsciiDigit))));

    private JsonNode? ExampleOfOne(FieldShape field, int depth)
    {
        switch (field.Type)
        {
            case FieldType.Message when field.Message.WellKnown is WellKnownType.Timestamp:
                return "2026-11-27T02:00:00Z";
            case FieldType.Message when field.Message.WellKnown is WellKnownType.Duration:
                return "3600s";
            case FieldType.Message when field.Message.WellKnown is WellKnownType.None && depth < ExampleDepth:
                return Example(field.Message.Fields, depth + 1) is { Count: > 0 } inner ? inner : null;
            case FieldType.Message or FieldType.Bytes or FieldType.Group:
                return null;
            case FieldType.String:
                return Quoted(comments.Of(field.Descriptor));
            case FieldType.Bool:
                return true;
            case FieldType.Enum:
                return field.Descriptor.EnumType.Values.FirstOrDefault(value => value.Number != 0)?.Name;
            case FieldType.Int64 or FieldType.UInt64 or FieldType.SInt64 or FieldType.Fixed64 or FieldType.SFixed64:
                return "1";
            default:
                return 1;
        }
    }

    /// <summary>The first example that a comment quotes; names with placeholders are no examples.</summary>
    private static string? Quoted(string comment) => comment.Split('`').Where((_, index) => index % 2 == 1)
        .FirstOrDefault(text => text.Length > 1 && !text.AsSpan().ContainsAny("{}…*()<> "));

    private JsonObject OfScalar(FieldShape field) => field.Type switch
    {
        FieldType.Message => Of(field.Message),
        FieldType.Enum => OfEnum(field.Descriptor.EnumType),
        FieldType.Bool => new JsonObject { ["type"] = "boolean" },
        FieldType.String => new JsonObject { ["type"] = "string" },
        FieldType.Bytes => new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" },
        FieldType.Double => new JsonObject { ["type"] = "number", ["format"] = "double" },
        FieldType.Float => new JsonObject { ["type"] = "number", ["format"] = "float" },
        FieldType.UInt32 or FieldType.Fixed32 => new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 },
        FieldType.UInt64 or FieldType.Fixed64 => new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+$" },
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => new JsonObject { ["type"] = "string", ["pattern"] = "^-?[0-9]+$" },
        _ => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
    };

    private JsonObject OfEnum(EnumDescriptor descriptor)
    {
        if (descriptor.FullName == "google.protobuf.NullValue")
        {
            return new JsonObject { ["type"] = "null" };
        }
        return Reference(NameOf(descriptor), () =>
        {
            var schema = new JsonObject { ["type"] = "string" };
            var lines = descriptor.Values.Select(value => $"- `{value.Name}`: {comments.Of(value)}");
            Describe(schema, $"{comments.Of(descriptor)}\n\n{string.Join('\n', lines)}".Trim());
            schema["enum"] = new JsonArray([.. descriptor.Values.Select(value => JsonValue.Create(value.Name))]);
            return schema;
        });
    }

    private JsonObject Reference(string name, Func<JsonObject> make)
    {
        if (!Components.ContainsKey(name))
        {
            Components[name] = [];
            Components[name] = make();
        }
        return new JsonObject { ["$ref"] = string.Create(CultureInfo.InvariantCulture, $"#/components/schemas/{name}") };
    }

    private static JsonObject Text(string format) => new() { ["type"] = "string", ["format"] = format };

    private static void Describe(JsonObject schema, string comment)
    {
        if (comment.Length > 0)
        {
            schema["description"] = comment;
        }
    }
}
