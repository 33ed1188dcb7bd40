using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>A subject that is due.</summary>
/// <param name="Subject">`components/…` or `parties/…`.</param>
/// <param name="From">Everything before is settled.</param>
/// <param name="Changed">When what is recorded last changed; null where time alone brought it.</param>
/// <param name="Asked">Areas for which somebody asked in vain.</param>
internal sealed record DueSubject(string Subject, Instant From, Instant? Changed, List<string> Asked);

/// <summary>Subjects that are due, by marks and by timers, and what is done with those once they were looked at.</summary>
internal sealed class GapBatch
{
    private readonly MarkKind _kind;
    private readonly long _sequence;

    private GapBatch(MarkKind kind, long sequence, List<DueSubject> due) => (_kind, _sequence, Due) = (kind, sequence, due);

    public IReadOnlyList<DueSubject> Due { get; }

    public static async Task<GapBatch> TakeAsync(OwnershipDb db, MarkKind kind, int most, Instant now, CancellationToken ct)
    {
        var first = await db.GapMarks.Where(mark => mark.Kind == kind && mark.Time <= now)
            .OrderBy(mark => mark.Sequence)
            .Take(most)
            .ToListAsync(ct);
        var timers = await db.GapTimers.Where(timer => timer.Kind == kind && timer.Due <= now)
            .OrderBy(timer => timer.Due)
            .Take(most)
            .ToListAsync(ct);
        var subjects = first.Select(mark => mark.Subject).Concat(timers.Select(timer => timer.Subject)).Distinct().Take(most).ToArray();
        if (subjects.Length == 0) return new GapBatch(kind, 0, []);
        var marks =
            await db.GapMarks.Where(mark => subjects.Contains(mark.Subject) && mark.Kind == kind && mark.Time <= now).ToListAsync(ct);
        var ticking = await db.GapTimers.Where(timer => subjects.Contains(timer.Subject) && timer.Due <= now).ToDictionaryAsync(
            timer => timer.Subject, timer => timer.Due, ct);
        var by = marks.ToLookup(mark => mark.Subject);
        var due = subjects.Where(subject => by.Contains(subject) || ticking.ContainsKey(subject))
            .Select(subject => Of(subject, [.. by[subject]], ticking))
            .ToList();
        return new GapBatch(kind, marks.Count == 0 ? 0 : marks.Max(mark => mark.Sequence), due);
    }

    public Interval RangeUntil(Instant now) => new(Due.Min(due => due.From), now);

    /// <summary>Takes away the marks that were seen, and sets the timers anew.</summary>
    public async Task DoneAsync(WriteUnit<OwnershipDb> unit, IReadOnlyList<Looked> looked, CancellationToken ct)
    {
        var names = looked.Select(one => one.Subject).ToArray();
        await unit.Db.GapMarks.Where(mark => names.Contains(mark.Subject) && mark.Kind == _kind && mark.Sequence <= _sequence)
            .ExecuteDeleteAsync(ct);
        var timers = await unit.Db.GapTimers.AsTracking().Where(timer => names.Contains(timer.Subject)).ToDictionaryAsync(
            timer => timer.Subject, ct);
        foreach (var one in looked)
        {
            var timer = timers.GetValueOrDefault(one.Subject);
            if (one.Evaluation.Next is not { } next)
            {
                if (timer is not null) unit.Db.GapTimers.Remove(timer);
            }
            else if (timer is not null)
            {
                timer.Due = next;
            }
            else
            {
                unit.Db.GapTimers.Add(new GapTimerRow { Subject = one.Subject, Kind = _kind, Due = next });
            }
        }
    }

    private static DueSubject Of(string subject, List<GapMarkRow> marks, Dictionary<string, Instant> timers)
    {
        var (from, changed) = (marks.Select(mark => mark.From).ToList(), marks.Select(mark => (Instant?)mark.Time).Max());
        if (timers.TryGetValue(subject, out var due)) from.Add(due);
        return new DueSubject(
            subject, from.Min(), changed, [.. marks.Select(mark => mark.Asked).Where(area => area.Length > 0).Distinct()]);
    }
}
