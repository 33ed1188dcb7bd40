namespace Governance.Suite.LocalPubSub.Storage;

/// <summary>A message as it is kept until every delivery is done. Instants are Unix milliseconds.</summary>
/// <param name="Id">Given by <see cref="MessageStore.NextId"/>; 0 before that.</param>
/// <param name="PubSub">Component it was published to.</param>
/// <param name="Topic">Topic it was published to.</param>
/// <param name="Body">The envelope, or with <paramref name="Raw"/> the publisher's own bytes.</param>
/// <param name="Raw">Published without an envelope.</param>
/// <param name="Type">The envelope's event type, for routing.</param>
/// <param name="TraceParent">W3C trace context, sent along as a header.</param>
/// <param name="TraceState">W3C trace state.</param>
/// <param name="ExpiresAt">Not delivered after this instant.</param>
/// <param name="PublishedAt">When it was accepted.</param>
/// <param name="Later">Delivered while nothing else waits: the event's <c>lane</c> says so.</param>
internal sealed record StoredMessage(
    long Id,
    string PubSub,
    string Topic,
    byte[] Body,
    bool Raw,
    string? Type,
    string? TraceParent,
    string? TraceState,
    long? ExpiresAt,
    long PublishedAt,
    bool Later = false);

/// <summary>A delivery that is still owed: which subscription's, what failed so far, and not before when (Unix milliseconds).</summary>
internal readonly record struct OwedDelivery(long Subscription, long Message, int Failures, long Due, bool Later = false);
