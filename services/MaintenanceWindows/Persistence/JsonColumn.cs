using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Governance.MaintenanceWindows.Persistence;

/// <summary>A value that is read and written as a whole, and never searched by the database, as JSON text.</summary>
internal sealed class JsonColumn<T>() : ValueConverter<T, string>(
    value => JsonColumns.Write(value),
    text => JsonColumns.Read<T>(text));

/// <summary>Two values are one when their JSON is.</summary>
internal sealed class JsonComparer<T>() : ValueComparer<T>(
    (left, right) => JsonColumns.Write(left) == JsonColumns.Write(right),
    value => JsonColumns.Write(value).GetHashCode(StringComparison.Ordinal),
    value => JsonColumns.Read<T>(JsonColumns.Write(value)));

internal static class JsonColumns
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new MessageConverters() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    /// <summary>Protobuf messages keep protobuf's own JSON, which tolerates fields that come later.</summary>
    private sealed class MessageConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(IMessage));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(MessageConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class MessageConverter<T> : JsonConverter<T>
        where T : class, IMessage<T>, new()
    {
        private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return Parser.Parse<T>(document.RootElement.GetRawText());
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonFormatter.Default.Format(value));
    }
}
