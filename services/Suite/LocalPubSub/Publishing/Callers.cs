using System.Security.Cryptography;
using System.Text;
using Governance.Suite.LocalPubSub.Resources;
using Microsoft.Extensions.Primitives;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>Who may publish what. The caller's token says which app it is.</summary>
internal sealed class Callers(IEnumerable<LocalPubSubApp> apps, DaprConfiguration configuration)
{
    private readonly Dictionary<string, string> _appIds =
        apps.ToDictionary(app => Digest(app.ApiToken), app => app.AppId, StringComparer.Ordinal);

    /// <summary>The app whose token this is, or null. Looked up by digest, so timing tells nothing about a token.</summary>
    public string? Identify(StringValues token) =>
        token.Count == 1 && token[0] is { Length: > 0 } text ? _appIds.GetValueOrDefault(Digest(text)) : null;

    /// <exception cref="PublishRefused">No such component for this app, or its scopes forbid the topic.</exception>
    public void Authorize(string appId, string pubsub, string topic)
    {
        if (configuration.Component(pubsub) is not { } component || !component.VisibleTo(appId))
        {
            throw new PublishRefused(404, "ERR_PUBSUB_NOT_FOUND", $"pubsub '{pubsub}' not found");
        }
        if (topic.Length == 0)
        {
            throw new PublishRefused(404, "ERR_TOPIC_NAME_EMPTY", $"topic is empty in pubsub '{pubsub}'");
        }
        if (!component.MayPublish(appId, topic))
        {
            throw new PublishRefused(403, "ERR_PUBSUB_FORBIDDEN", $"topic '{topic}' is not allowed for app id '{appId}'");
        }
    }

    private static string Digest(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
