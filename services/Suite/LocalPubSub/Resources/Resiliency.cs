using System.Globalization;

namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>A Resiliency resource, as far as it concerns deliveries: inbound retry and timeout per component.</summary>
internal sealed record Resiliency(IReadOnlyList<string> Scopes, IReadOnlyDictionary<string, InboundPolicy> Inbound)
{
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultMaxInterval = TimeSpan.FromSeconds(60);

    public bool AppliesTo(string appId) => Scopes.Count == 0 || Scopes.Contains(appId, StringComparer.Ordinal);

    public static Resiliency Read(ResourceNode resource)
    {
        var spec = resource.Child("spec");
        var retries = spec.Child("policies").Child("retries").Entries()
            .ToDictionary(entry => entry.Key, entry => ReadRetry(entry.Value), StringComparer.Ordinal);
        var timeouts = spec.Child("policies").Child("timeouts").Entries()
            .ToDictionary(entry => entry.Key, entry => ReadDuration(entry.Value, entry.Value.Scalar()), StringComparer.Ordinal);
        var inbound = new Dictionary<string, InboundPolicy>(StringComparer.Ordinal);
        foreach (var (component, target) in spec.Child("targets").Child("components").Entries())
        {
            var node = target.Child("inbound");
            if (node.Text("circuitBreaker") is not null) node.Fault("names a circuitBreaker, which the local pub/sub does not have");
            inbound[component] = new InboundPolicy(Named(node, "retry", retries), Named(node, "timeout", timeouts));
        }

        return new Resiliency(resource.Texts("scopes"), inbound);
    }

    private static T? Named<T>(ResourceNode inbound, string key, Dictionary<string, T> policies)
    {
        if (inbound.Text(key) is not { } name) return default;
        if (policies.TryGetValue(name, out var policy)) return policy;
        inbound.Child(key).Fault($"names the policy '{name}', which is not defined");
        return default;
    }

    private static RetryPolicy ReadRetry(ResourceNode node)
    {
        var kind = node.Text("policy") ?? "constant";
        if (kind is not ("constant" or "exponential")) node.Child("policy").Fault($"is '{kind}'; it must be constant or exponential");
        if (node.Child("matching").Exists) node.Child("matching").Fault("is not supported by the local pub/sub: every failure is retried");
        var maxRetries = node.Text("maxRetries") ?? "-1";
        if (!int.TryParse(maxRetries, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var retries))
        {
            node.Child("maxRetries").Fault($"is '{maxRetries}'; it must be a whole number");
        }
        return new RetryPolicy(
            kind == "exponential",
            ReadDuration(node.Child("duration"), node.Text("duration")) ?? DefaultDuration,
            ReadDuration(node.Child("maxInterval"), node.Text("maxInterval")) ?? DefaultMaxInterval,
            retries);
    }

    private static TimeSpan? ReadDuration(ResourceNode place, string? text)
    {
        if (text is null) return null;
        var duration = GoDuration.Parse(text);
        if (duration is null) place.Fault($"is '{text}'; it must be a duration such as 500ms, 30s or 1m30s");
        return duration;
    }
}
