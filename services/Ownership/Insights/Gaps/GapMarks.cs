using Governance.BuildingBlocks.Writing;
using Governance.Ownership.History;
using NodaTime;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>The marks of one write, each subject once from the earliest instant on.</summary>
/// <param name="now">The write's.</param>
/// <param name="planned">By resource, from when on a planned change holds that comes about now.</param>
internal sealed class GapMarks(Instant now, IReadOnlyDictionary<string, Instant> planned)
{
    private readonly Dictionary<(string Subject, MarkKind Kind), Instant> _marks = [];

    public void Add(string subject, MarkKind kind, Instant from)
    {
        if (subject.Length > 0)
        {
            _marks[(subject, kind)] = _marks.TryGetValue((subject, kind), out var known) ? Instant.Min(known, from) : from;
        }
    }

    /// <summary>A correction concerns the past from its date on.</summary>
    public Instant From<T>(Change<T> change)
        where T : class, IDated
    {
        var (one, before) = (change.Subject, change.Before);
        var effective = before is null || before.EffectiveFrom != one.EffectiveFrom ? one.EffectiveFrom : now;
        return Instant.Min(now, Instant.Min(effective, planned.GetValueOrDefault(one.Name, now)));
    }

    /// <summary>Those that the write has not made yet.</summary>
    public IEnumerable<GapMarkRow> Rows(WriteUnit unit, IEnumerable<Change<GapMarkRow>> made)
    {
        var known = made.Select(change => change.Now)
            .OfType<GapMarkRow>()
            .Where(row => row.Sequence == unit.Sequence && row.Asked.Length == 0)
            .Select(row => (row.Subject, row.Kind)).ToHashSet();
        return _marks.Where(mark => !known.Contains(mark.Key)).Select(mark => new GapMarkRow
        {
            Subject = mark.Key.Subject,
            Kind = mark.Key.Kind,
            Sequence = unit.Sequence,
            From = mark.Value,
            Time = now,
        });
    }
}
