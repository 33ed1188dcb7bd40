namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>How Dapr tells contents apart, parameters such as a charset aside.</summary>
internal static class ContentTypes
{
    public const string CloudEvent = "application/cloudevents+json";
    public const string Text = "text/plain";
    public const string Bytes = "application/octet-stream";

    public static bool IsCloudEvent(string? type) => Media(type).Equals(CloudEvent, StringComparison.OrdinalIgnoreCase);

    public static bool IsBinary(string? type) => Media(type).Equals(Bytes, StringComparison.OrdinalIgnoreCase);

    public static bool IsJson(string? type) =>
        Media(type).Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || Media(type).EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> MediaSpan(string type) =>
        type.AsSpan(0, type.IndexOf(';') is var end and >= 0 ? end : type.Length).Trim();

    private static string Media(string? type) => type is null ? "" : MediaSpan(type).ToString();
}
