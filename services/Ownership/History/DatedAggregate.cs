using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using NodaTime;

namespace Governance.Ownership.History;

/// <summary>A resource whose state is a message, kept with the instant from which it holds, so that its past stays known.</summary>
internal interface IDated
{
    string Name { get; }

    /// <summary>As scoped roles see it.</summary>
    Target Target { get; }

    /// <summary>Whether it is of everybody, so that changing it takes `ownership.configure`.</summary>
    bool IsSetting { get; }

    /// <summary>From when the present state holds, inclusive.</summary>
    Instant EffectiveFrom { get; }

    /// <summary>Whether the past or the future has other states: without them nothing needs to be looked up.</summary>
    bool HasRevisions { get; set; }

    /// <summary>The present state.</summary>
    byte[] Content { get; }

    /// <summary>A planned change comes about.</summary>
    void TakeEffect(RevisionRow planned, Instant now);

    /// <summary>A change that will hold later was planned or withdrawn: the version tells of it.</summary>
    void Replan(string verb, Instant now);
}

/// <inheritdoc cref="IDated"/>
/// <typeparam name="TTerms">The message: what people decide about the resource, without name, times and version.</typeparam>
internal abstract class DatedAggregate<TTerms> : Aggregate, IDated
    where TTerms : class, IMessage<TTerms>, new()
{
    private TTerms? _terms;

    public abstract Target Target { get; }

    public virtual bool IsSetting => false;

    public Instant EffectiveFrom { get; private set; }

    public bool HasRevisions { get; set; }

    /// <summary>The import source that brought it; empty when it was entered here.</summary>
    public string Source { get; protected set; } = "";

    public byte[] Content { get; private set; } = [];

    /// <summary>The present state. Clone it before changing anything.</summary>
    public TTerms Terms => _terms ??= RevisionLog.Parse<TTerms>(Content);

    public void TakeEffect(RevisionRow planned, Instant now) =>
        Put(RevisionLog.Merge(Terms.Clone(), planned), planned.From, "TOOK_EFFECT", now);

    /// <summary>A change that will hold later was planned or withdrawn: the version tells of it.</summary>
    public void Replan(string verb, Instant now) => Changed(verb, now);

    /// <summary>Takes a state over.</summary>
    /// <returns>Whether anything is different.</returns>
    public bool Put(TTerms terms, Instant from, string verb, Instant now)
    {
        var content = terms.ToByteArray();
        if (Version > 0 && from == EffectiveFrom && Content.AsSpan().SequenceEqual(content)) return false;
        (_terms, Content, EffectiveFrom) = (terms, content, from);
        Index(terms);
        Changed(verb, now);
        return true;
    }

    /// <summary>It was deleted and is back: the import source lists it.</summary>
    public void Restore(TTerms terms, string source, Instant now)
    {
        Revive();
        Source = source;
        if (!Put(terms, now, "RESTORED", now)) Changed("RESTORED", now);
    }

    /// <summary>Copies into columns what is searched by.</summary>
    protected abstract void Index(TTerms terms);
}
