using System.Text.Json;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>What an app said to one delivery.</summary>
internal enum AppVerdict
{
    /// <summary>The delivery is done.</summary>
    Success,

    /// <summary>Try again as the resiliency policy says.</summary>
    Retry,

    /// <summary>Never try again; to the dead-letter topic if there is one.</summary>
    Drop,
}

/// <summary>Reads an app's answer the way Dapr does.</summary>
internal static class AppAnswer
{
    public static (AppVerdict Verdict, string Reason) Read(int status, ReadOnlyMemory<byte> body) => status switch
    {
        404 => (AppVerdict.Drop, "the app answered 404: it has no such route"),
        < 200 or > 299 => (AppVerdict.Retry, $"the app answered {status}"),
        _ => StatusOf(body) switch
        {
            null or "" or "SUCCESS" => (AppVerdict.Success, ""),
            "RETRY" => (AppVerdict.Retry, "the app answered RETRY"),
            "DROP" => (AppVerdict.Drop, "the app answered DROP"),
            var other => (AppVerdict.Retry, $"the app answered with the unknown status '{other}'"),
        },
    };

    /// <summary>The body's <c>status</c>; null when the body says nothing that Dapr would understand, which counts as success.</summary>
    private static string? StatusOf(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("status", out var status)
                && status.ValueKind == JsonValueKind.String
                    ? status.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
