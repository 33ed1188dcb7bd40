using System.Text.Json;
using Governance.Suite.LocalPubSub.Resources;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>Reads what an app answers to <c>GET /dapr/subscribe</c>. As Dapr reads it: names of fields by any case.</summary>
internal static class DiscoveredSubscriptions
{
    /// <summary>The subscriptions that can be used, each with its definition as JSON; the reasons why others cannot.</summary>
    public static (IReadOnlyList<(Subscription Subscription, string Definition)> Usable, IReadOnlyList<string> Faults) Read(
        string appId, string json)
    {
        var (usable, faults) = (new List<(Subscription, string)>(), new List<string>());
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Array) return ([], ["the answer is not a JSON array"]);
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (ReadOne(appId, item, out var fault) is { } subscription) usable.Add((subscription, item.GetRawText()));
                else faults.Add(fault);
            }
        }
        catch (JsonException broken)
        {
            faults.Add($"the answer is not JSON: {broken.Message}");
        }

        return (usable, faults);
    }

    private static Subscription? ReadOne(string appId, JsonElement item, out string fault)
    {
        var (pubsub, topic) = (Text(item, "pubsubname"), Text(item, "topic"));
        fault = $"topic '{topic}' of '{pubsub}': pubsubname and topic are required";
        if (pubsub is null || topic is null) return null;
        fault = $"topic '{topic}' of '{pubsub}': bulkSubscribe is not supported by the local pub/sub";
        if (Child(item, "bulkSubscribe") is { } bulk && Child(bulk, "enabled")?.ValueKind == JsonValueKind.True) return null;
        fault = $"topic '{topic}' of '{pubsub}': ";
        if (ReadRoutes(item, ref fault) is not { } routes) return null;
        var raw = Child(item, "metadata") is { } metadata && SubscriptionDeclaration.IsTruthy(Child(metadata, "rawPayload")?.ToString());
        return new Subscription(appId, pubsub, topic, routes, Text(item, "deadLetterTopic"), raw);
    }

    private static RouteTable? ReadRoutes(JsonElement item, ref string fault)
    {
        if (Text(item, "route") is { } single) return RouteTable.To(RouteTable.Rooted(single));
        fault += "route or routes is required";
        if (Child(item, "routes") is not { } routes) return null;
        var rules = new List<RouteRule>();
        foreach (var rule in Child(routes, "rules") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default)
        {
            var (match, path) = (Text(rule, "match") ?? "", Text(rule, "path"));
            fault = $"the match '{match}' is not of the form event.type == \"…\", or has no path";
            if (RouteTable.EventTypeOf(match) is not { } type || path is null) return null;
            rules.Add(new RouteRule(type, RouteTable.Rooted(path)));
        }

        return new RouteTable(rules, Text(routes, "default") is { } path2 ? RouteTable.Rooted(path2) : null);
    }

    private static JsonElement? Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
                .Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(field => (JsonElement?)field.Value)
                .FirstOrDefault()
            : null;

    private static string? Text(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;
}
