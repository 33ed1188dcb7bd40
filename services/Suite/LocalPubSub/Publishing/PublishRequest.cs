using System.Globalization;
using Governance.Suite.LocalPubSub.Resources;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>One message as a publisher handed it in.</summary>
/// <param name="AppId">Who publishes.</param>
/// <param name="PubSub">Component.</param>
/// <param name="Topic">Topic.</param>
/// <param name="ContentType">As sent; null when the caller named none.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Metadata">The <c>metadata.x</c> parameters, without that prefix; names are case-sensitive.</param>
/// <param name="Trace">Trace context of the publishing call.</param>
internal sealed record PublishRequest(
    string AppId,
    string PubSub,
    string Topic,
    string? ContentType,
    ReadOnlyMemory<byte> Body,
    IReadOnlyDictionary<string, string> Metadata,
    TraceContext Trace)
{
    private const string Prefix = "metadata.";

    public bool RawPayload => SubscriptionDeclaration.IsTruthy(Metadata.GetValueOrDefault("rawPayload"));

    /// <summary>Time to live; null when none was asked for.</summary>
    /// <exception cref="PublishRefused">It is not a positive whole number of seconds.</exception>
    public TimeSpan? TimeToLive()
    {
        if (!Metadata.TryGetValue("ttlInSeconds", out var text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : throw new PublishRefused(400, "ERR_PUBSUB_REQUEST_METADATA",
                $"metadata.ttlInSeconds is '{text}'; it must be a positive whole number of seconds");
    }

    public static IReadOnlyDictionary<string, string> MetadataOf(IQueryCollection query) => query
        .Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[Prefix.Length..], pair => pair.Value.ToString(), StringComparer.Ordinal);
}

/// <summary>The publish call is answered with this status and Dapr's error document.</summary>
internal sealed class PublishRefused(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;
}
