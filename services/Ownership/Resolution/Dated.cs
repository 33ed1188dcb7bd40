using Google.Protobuf;
using Governance.Ownership.History;
using NodaTime;

namespace Governance.Ownership.Resolution;

/// <summary>A resource with all that is known of its past and future, to be asked about any instant.</summary>
/// <typeparam name="T">Its terms.</typeparam>
internal sealed class Dated<T>
    where T : class, IMessage<T>, new()
{
    private readonly List<(Instant From, T Terms)> _states = [];

    /// <param name="aggregate">As it is.</param>
    /// <param name="revisions">Oldest first.</param>
    public Dated(DatedAggregate<T> aggregate, IReadOnlyList<RevisionRow> revisions)
    {
        Aggregate = aggregate;
        foreach (var past in revisions.Where(row => row.Mask is null)) _states.Add((past.From, RevisionLog.Parse<T>(past.Content)));
        _states.Add((aggregate.EffectiveFrom, aggregate.Terms));
        foreach (var planned in revisions.Where(row => row.Mask is not null))
        {
            _states.Add((planned.From, RevisionLog.Merge(_states[^1].Terms.Clone(), planned)));
        }
    }

    public DatedAggregate<T> Aggregate { get; }

    /// <summary>Every state that it had, has or will have.</summary>
    public IEnumerable<T> States => _states.Select(state => state.Terms);

    /// <summary>The state then; before the first that is known, that one. Null: it does not exist then.</summary>
    public T? At(Instant at)
    {
        if (Aggregate.DeleteTime <= at) return null;
        var last = _states.FindLastIndex(state => state.From <= at);
        return _states[Math.Max(last, 0)].Terms;
    }

    /// <summary>When its terms change.</summary>
    public IEnumerable<Instant> Edges()
    {
        foreach (var (from, _) in _states) yield return from;
        if (Aggregate.DeleteTime is { } deleted) yield return deleted;
    }
}
