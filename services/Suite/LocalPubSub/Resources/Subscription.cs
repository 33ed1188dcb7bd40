namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>One app's subscription to one topic.</summary>
/// <param name="AppId">Who receives.</param>
/// <param name="PubSub">Name of the component.</param>
/// <param name="Topic">What is received.</param>
/// <param name="Routes">Which path of the app each event is posted to.</param>
/// <param name="DeadLetterTopic">Where an undeliverable message goes; null means it is redelivered later, or dropped when the app says
/// so.</param>
/// <param name="RawPayload">The stored bytes are wrapped in a new envelope at each delivery.</param>
internal sealed record Subscription(string AppId, string PubSub, string Topic, RouteTable Routes, string? DeadLetterTopic, bool RawPayload)
{
    public (string AppId, string PubSub, string Topic) Key => (AppId, PubSub, Topic);
}

/// <summary>A subscription as a YAML file declares it, for the apps that its scopes name (none named: for all).</summary>
internal sealed record SubscriptionDeclaration(string Place, IReadOnlyList<string> Scopes, Subscription Template)
{
    public bool AppliesTo(string appId) => Scopes.Count == 0 || Scopes.Contains(appId, StringComparer.Ordinal);

    public static SubscriptionDeclaration Read(ResourceNode resource)
    {
        var spec = resource.Child("spec");
        resource.Child("metadata").Required("name");
        if (IsTruthy(spec.Child("bulkSubscribe").Text("enabled")))
        {
            spec.Child("bulkSubscribe").Fault("is not supported by the local pub/sub: events are delivered one by one");
        }
        var template = new Subscription(
            AppId: "",
            PubSub: spec.Required("pubsubname"),
            Topic: spec.Required("topic"),
            Routes: ReadRoutes(spec),
            DeadLetterTopic: spec.Text("deadLetterTopic"),
            RawPayload: IsTruthy(spec.Child("metadata").Text("rawPayload")));
        return new SubscriptionDeclaration(resource.Place, resource.Texts("scopes"), template);
    }

    public static bool IsTruthy(string? text) => text?.ToLowerInvariant() is "true" or "1" or "yes" or "y" or "on" or "t";

    private static RouteTable ReadRoutes(ResourceNode spec)
    {
        if (spec.Text("route") is { } single) return RouteTable.To(single);
        var routes = spec.Child("routes");
        if (!routes.Exists) spec.Fault("needs routes (or, in v1alpha1, route)");
        var rules = routes.Items("rules").Select(ReadRule).OfType<RouteRule>().ToList();
        var fallback = routes.Text("default");
        return new RouteTable(rules, fallback is null ? null : RouteTable.Rooted(fallback));
    }

    private static RouteRule? ReadRule(ResourceNode rule)
    {
        var (match, path) = (rule.Required("match"), rule.Required("path"));
        if (match.Length == 0 || path.Length == 0) return null;
        if (RouteTable.EventTypeOf(match) is { } type) return new RouteRule(type, RouteTable.Rooted(path));
        rule.Fault($"has the match '{match}'; the local pub/sub understands only event.type == \"…\"");
        return null;
    }
}
