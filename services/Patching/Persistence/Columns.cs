using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Governance.Patching.Persistence;

/// <summary>Values that are read and written as a whole and never searched by the database.</summary>
internal static class Columns
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Stores a message in its binary form. Whoever changes one sets another: messages are not changed in place.</summary>
    public static PropertyBuilder<T> AsMessage<T>(this PropertyBuilder<T> property)
        where T : class, IMessage<T>, new() => property.HasConversion(
            new ValueConverter<T, byte[]>(message => message.ToByteArray(), bytes => Parse<T>(bytes)),
            new ValueComparer<T>((left, right) => Equals(left, right), message => message.GetHashCode(), message => message));

    /// <summary>Stores an immutable value as JSON text.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
        where T : class => property.HasConversion(
            new ValueConverter<T, string>(
                value => JsonSerializer.Serialize(value, Options), text => JsonSerializer.Deserialize<T>(text, Options)!),
            new ValueComparer<T>((left, right) => ReferenceEquals(left, right), value => value.GetHashCode(), value => value));

    public static byte[] ToJsonBytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static T FromJsonBytes<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, Options)!;

    private static T Parse<T>(byte[] bytes)
        where T : class, IMessage<T>, new()
    {
        var message = new T();
        message.MergeFrom(bytes);
        return message;
    }
}
