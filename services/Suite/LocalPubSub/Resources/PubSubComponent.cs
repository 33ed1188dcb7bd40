namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>A pub/sub component: its name and who may use which topic.</summary>
/// <param name="Name">What publishers put in the URL.</param>
/// <param name="Scopes">App ids that may use the component at all; empty means every app.</param>
/// <param name="AllowedTopics">The only topics that exist; empty means any.</param>
/// <param name="ProtectedTopics">Topics that need an explicit grant.</param>
/// <param name="Publishing">Per app id the topics it may publish; an app that is not named may publish any unprotected topic.</param>
/// <param name="Subscribing">The same for subscriptions.</param>
internal sealed record PubSubComponent(
    string Name,
    IReadOnlyList<string> Scopes,
    IReadOnlySet<string> AllowedTopics,
    IReadOnlySet<string> ProtectedTopics,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Publishing,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Subscribing)
{
    public bool VisibleTo(string appId) => Scopes.Count == 0 || Scopes.Contains(appId, StringComparer.Ordinal);

    public bool MayPublish(string appId, string topic) => Allows(Publishing, appId, topic);

    public bool MaySubscribe(string appId, string topic) => VisibleTo(appId) && Allows(Subscribing, appId, topic);

    private bool Allows(IReadOnlyDictionary<string, IReadOnlySet<string>> grants, string appId, string topic)
    {
        if (AllowedTopics.Count > 0 && !AllowedTopics.Contains(topic)) return false;
        return grants.TryGetValue(appId, out var topics) ? topics.Contains(topic) : !ProtectedTopics.Contains(topic);
    }

    public static PubSubComponent Read(ResourceNode resource)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in resource.Child("spec").Items("metadata"))
        {
            var name = entry.Required("name");
            if (!metadata.TryAdd(name, entry.Text("value") ?? "")) entry.Fault($"repeats '{name}'");
        }

        return new PubSubComponent(
            resource.Child("metadata").Required("name"),
            resource.Texts("scopes"),
            Topics(metadata.GetValueOrDefault("allowedTopics")),
            Topics(metadata.GetValueOrDefault("protectedTopics")),
            Grants(metadata, "publishingScopes", resource),
            Grants(metadata, "subscriptionScopes", resource));
    }

    private static HashSet<string> Topics(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static Dictionary<string, IReadOnlySet<string>> Grants(Dictionary<string, string> metadata, string key, ResourceNode resource)
    {
        var grants = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var text = metadata.GetValueOrDefault(key) ?? "";
        foreach (var grant in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = grant.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || parts[0].Length == 0)
            {
                resource.Fault($"{key}: '{grant}' is not of the form app=topic,topic");
            }
            else if (!grants.TryAdd(parts[0], Topics(parts[1])))
            {
                resource.Fault($"{key}: app '{parts[0]}' is named twice");
            }
        }

        return grants;
    }
}
