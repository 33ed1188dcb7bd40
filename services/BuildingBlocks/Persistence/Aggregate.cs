using Google.Protobuf;
using Governance.BuildingBlocks.Security;
using NodaTime;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// A resource that enforces its own rules. Its verbs call <see cref="Changed"/>; saving it then publishes its
/// state event and appends to the audit log in the same commit.
/// </summary>
public abstract class Aggregate
{
    /// <summary>A user-chosen slug or a UUIDv7; unique among the resources of this type.</summary>
    public string Id { get; protected set; } = "";

    /// <summary>1, 2, 3 …: concurrency token, etag and the version in events. 0 before the first change.</summary>
    public long Version { get; private set; }

    /// <summary>When it was created.</summary>
    public Instant CreateTime { get; private set; }

    /// <summary>When it last changed.</summary>
    public Instant UpdateTime { get; private set; }

    /// <summary>When it was deleted; null while it lives. A deleted resource stays readable by name.</summary>
    public Instant? DeleteTime { get; private set; }

    /// <summary>Why it was deleted.</summary>
    public string DeleteReason { get; private set; } = "";

    /// <summary>SHA-256 (hex) of the state that was last saved; the audit log's "before" of the next change.</summary>
    public string StateDigest { get; internal set; } = "";

    /// <summary>The resource name, `windows/tuesday-night`.</summary>
    public abstract string Name { get; }

    /// <summary>What the caller quotes to change this state and no other.</summary>
    public string Etag => Version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted => DeleteTime is not null;

    internal string? Change { get; private set; }

    /// <summary>
    /// The whole state as its event message, `WindowChanged { window }`. A field `meta` of type EventMeta is filled in by the
    /// infrastructure. Null when the resource is audited and not published; then <see cref="State"/> must be overridden.
    /// </summary>
    protected abstract IMessage? ToEvent();

    /// <summary>The state that the audit log digests. The event, unless overridden.</summary>
    protected virtual IMessage State() =>
        ToEvent() ?? throw new InvalidOperationException($"{GetType().Name} has no event and does not say its state.");

    /// <summary>Every verb calls this once: it raises the version and names the change.</summary>
    /// <param name="verb">CREATED, UPDATED, or a verb such as APPROVED. A new resource stays CREATED whatever follows.</param>
    /// <param name="now">The business clock's now.</param>
    protected void Changed(string verb, Instant now)
    {
        if (Change is null) Version++;
        if (Version == 1 && Change is null) CreateTime = now;
        Change = Change == "CREATED" ? Change : verb;
        UpdateTime = now;
    }

    /// <summary>Marks it deleted, with the reason; the event becomes a tombstone.</summary>
    protected void MarkDeleted(string reason, Instant now)
    {
        DeleteTime = now;
        DeleteReason = reason;
        Changed("DELETED", now);
    }

    /// <summary>Takes a deletion back. The verb that does it calls <see cref="Changed"/>.</summary>
    protected void Revive() => (DeleteTime, DeleteReason) = (null, "");

    /// <summary>A resource that was erased and is created again must be newer than its tombstone.</summary>
    internal void ContinueFrom(long version) => Version += version;

    internal IMessage? Event() => ToEvent();

    internal string Digest() => Digests.Of(State());

    internal void Saved(string digest)
    {
        StateDigest = digest;
        Change = null;
    }
}
