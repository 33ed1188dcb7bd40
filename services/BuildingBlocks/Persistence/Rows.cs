using NodaTime;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>The one row that every write updates, and so the write lock.</summary>
internal sealed class LedgerRow
{
    public int Id { get; set; }

    /// <summary>Commit sequence: raised by every write.</summary>
    public long Sequence { get; set; }

    /// <summary>Raised by every restore; part of every event's version.</summary>
    public long Epoch { get; set; }

    /// <summary>A service's own stamp for what it holds in memory, such as its calendar.</summary>
    public long Stamp { get; set; }

    public long AuditSequence { get; set; }

    public string AuditHead { get; set; } = "";

    /// <summary>Events handled since the database began.</summary>
    public long Handled { get; set; }

    public Instant? LastHandledTime { get; set; }
}

/// <summary>Which events go first. Order between lanes is free: versions decide what counts.</summary>
internal enum Lane : byte
{
    /// <summary>What a call or a worker wrote: somebody waits for it.</summary>
    First = 0,

    /// <summary>What a batch wrote, an import or a republish: published, delivered and applied while nothing of the first waits.</summary>
    Later = 1,
}

/// <summary>An event that is committed and not yet published.</summary>
internal sealed class OutboxRow
{
    public long Sequence { get; set; }

    public int Ordinal { get; set; }

    public required string Id { get; set; }

    public required string Topic { get; set; }

    public required string Type { get; set; }

    public required string Subject { get; set; }

    /// <summary>The CloudEvent, JSON. The same bytes at every try.</summary>
    public required byte[] Envelope { get; set; }

    public Instant CommitTime { get; set; }

    /// <summary>Published before those of a later lane, whatever their sequence.</summary>
    public Lane Lane { get; set; }

    /// <summary>Too large for the contract: kept, counted, not published.</summary>
    public bool Parked { get; set; }
}

/// <summary>An event that was handled; its second delivery does nothing.</summary>
internal sealed class InboxRow
{
    public required string EventId { get; set; }

    public Instant HandleTime { get; set; }
}

/// <summary>The first result of a mutation, for its repeats.</summary>
internal sealed class RequestRow
{
    /// <summary>SHA-256 over caller, method and request id.</summary>
    public required string Key { get; set; }

    public required string Digest { get; set; }

    public required byte[] Response { get; set; }

    public Instant CommitTime { get; set; }
}

/// <summary>What remains of a resource whose row is gone.</summary>
internal sealed class TombstoneRow
{
    public required string Subject { get; set; }

    /// <summary>The event message's full name, `governance.windows.v1.WindowChanged`.</summary>
    public required string EventType { get; set; }

    /// <summary>The last state event.</summary>
    public required byte[] Event { get; set; }

    public long Version { get; set; }

    public Instant DeleteTime { get; set; }
}

/// <summary>An event that this service could not handle.</summary>
internal sealed class DeadLetterRow
{
    public required string EventId { get; set; }

    public required string Topic { get; set; }

    public required string Type { get; set; }

    public required string Subject { get; set; }

    public required byte[] Envelope { get; set; }

    public Instant ReceiveTime { get; set; }

    public string Reason { get; set; } = "";
}

/// <summary>What this service knows of a neighbour whose events it keeps copies of.</summary>
internal sealed class NeighbourRow
{
    /// <summary>The owner's name, `ownership`.</summary>
    public required string Owner { get; set; }

    /// <summary>Whether a republish was ever received in full.</summary>
    public bool Complete { get; set; }

    public Instant? AskTime { get; set; }

    public int Asks { get; set; }

    /// <summary>The run being received; empty when none is.</summary>
    public string Run { get; set; } = "";

    public long RunEpoch { get; set; }

    public long Seen { get; set; }

    /// <summary>Known when the run's end has come in.</summary>
    public long? Total { get; set; }

    public long SnapshotSequence { get; set; }
}

/// <summary>A republish that is going on; it resumes after a restart.</summary>
internal sealed class RepublishRow
{
    public const char Separator = '\n';

    public required string Run { get; set; }

    public long SnapshotSequence { get; set; }

    /// <summary>The name of the source that is being read.</summary>
    public string Source { get; set; } = "";

    /// <summary>The names of those that have been read, each with <see cref="Separator"/> behind it.</summary>
    public string Done { get; set; } = "";

    /// <summary>The last key that was read of it.</summary>
    public string Cursor { get; set; } = "";

    public long Sent { get; set; }

    public Instant StartTime { get; set; }
}

/// <summary>One replica's right to publish, by the database's clock.</summary>
internal sealed class LeaseRow
{
    public required string Name { get; set; }

    public string Holder { get; set; } = "";

    public DateTime Until { get; set; }
}
