using Google.Protobuf;
using Governance.Common.V1;

namespace Governance.BuildingBlocks.Neighbours;

/// <summary>
/// A read copy of a neighbour's resource. Queries do not see copies that are deleted; their rows stay as tombstones, so that
/// an old event cannot bring the resource back.
/// </summary>
public abstract class Copy
{
    /// <summary>The resource name, `components/checkout-api`: the key.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; private set; }

    /// <summary>The resource's version.</summary>
    public long Version { get; private set; }

    /// <summary>Gone at its owner's.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>The owner's commit sequence of the last event.</summary>
    public long Sequence { get; private set; }

    /// <summary>The republish run that last touched it; empty when none did.</summary>
    public string LastRun { get; private set; } = "";

    /// <summary>Takes the event's version over if it is newer, or equal and part of a republish.</summary>
    /// <returns>Whether the state is to be applied.</returns>
    internal bool Accept(string name, EventMeta meta)
    {
        if (meta.Run.Length > 0) LastRun = meta.Run;
        var order = (meta.Epoch, meta.Version).CompareTo((Epoch, Version));
        if (order < 0 || (order == 0 && meta.Run.Length == 0 && Name.Length > 0)) return false;
        (Name, Epoch, Version, Sequence, IsDeleted) = (name, meta.Epoch, meta.Version, meta.Sequence, meta.Deleted);
        return true;
    }

    /// <summary>Removes it because its owner no longer knows it.</summary>
    internal void Bury() => IsDeleted = true;
}

/// <summary>A read copy that is filled from one type of event.</summary>
/// <typeparam name="TEvent">The owner's state event, `ComponentChanged`.</typeparam>
public abstract class Copy<TEvent> : Copy
    where TEvent : class, IMessage<TEvent>
{
    /// <summary>Takes over what this service needs of the state. Not called for tombstones.</summary>
    protected abstract void Take(TEvent changed);

    internal void TakeOver(TEvent changed) => Take(changed);
}
