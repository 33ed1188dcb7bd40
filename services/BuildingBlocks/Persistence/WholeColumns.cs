using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using NodaTime.Text;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// The one way to keep what an aggregate is made of: the columns that are searched or joined, and the rest as a message or an
/// immutable value in one column, read and written as a whole.
/// </summary>
public static class WholeColumns
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new JsonStringEnumConverter(),
            new MessageJson(),
            new PatternJson<Instant>(InstantPattern.ExtendedIso),
            new PatternJson<Duration>(DurationPattern.Roundtrip),
            new PatternJson<LocalDate>(LocalDatePattern.Iso),
            new PatternJson<LocalTime>(LocalTimePattern.ExtendedIso),
            new PatternJson<LocalDateTime>(LocalDateTimePattern.ExtendedIso),
        },
    };

    /// <summary>Keeps a message in its binary form. Whoever changes one sets another: messages are not changed in place.</summary>
    public static PropertyBuilder<T> KeepAsMessage<T>(this PropertyBuilder<T> property)
        where T : class, IMessage<T>, new() => property.HasConversion(
            new ValueConverter<T, byte[]>(message => message.ToByteArray(), bytes => Parse<T>(bytes)),
            new ValueComparer<T>((left, right) => Equals(left, right), message => message.GetHashCode(), message => message));

    /// <summary>
    /// Keeps an immutable value as JSON text: enums by name, times by ISO 8601, messages as protobuf writes them, without nulls. Another
    /// object is another value: set one only when it differs.
    /// </summary>
    public static PropertyBuilder<T> KeepAsJson<T>(this PropertyBuilder<T> property)
        where T : class => property.HasConversion(
            new ValueConverter<T, string>(value => ToJson(value), text => FromJson<T>(text)),
            new ValueComparer<T>((left, right) => ReferenceEquals(left, right), value => value.GetHashCode(), value => value));

    /// <summary>What <see cref="KeepAsJson"/> writes.</summary>
    public static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>What <see cref="KeepAsJson"/> reads.</summary>
    /// <exception cref="JsonException">The text is no such value.</exception>
    public static T FromJson<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"null is no {typeof(T).Name}.");

    private static T Parse<T>(byte[] bytes)
        where T : class, IMessage<T>, new()
    {
        var message = new T();
        message.MergeFrom(bytes);
        return message;
    }

    /// <summary>Protobuf's own JSON, which tolerates fields that come later.</summary>
    private sealed class MessageJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(IMessage));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(MessageJson<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class MessageJson<T> : JsonConverter<T>
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

    private sealed class PatternJson<T>(IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parsed = pattern.Parse(reader.GetString() ?? "");
            return parsed.Success ? parsed.Value : throw new JsonException(parsed.Exception.Message, parsed.Exception);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }
}
