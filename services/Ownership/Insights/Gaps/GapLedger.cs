using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Severity = Governance.Ownership.V1.OwnershipGap.Types.Severity;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>A subject that was looked at.</summary>
/// <param name="Subject">`components/…` or `parties/…`.</param>
/// <param name="Evaluation">What was and is missing.</param>
/// <param name="From">Everything before was settled by an earlier look.</param>
/// <param name="Changed">When what is recorded last changed: the end of what, by the present record, never was.</param>
/// <param name="Severity">Null: to be looked up if a gap opens.</param>
internal sealed record Looked(string Subject, Evaluation Evaluation, Instant From, Instant Changed, Severity? Severity)
{
    public static Looked At(DueSubject due, Evaluation evaluation, Severity? severity) =>
        new(due.Subject, evaluation, due.From, due.Changed ?? Instant.Max(due.From, evaluation.Last), severity);
}

/// <summary>
/// Brings the recorded gaps in line with what was found. A pass opens or closes each at most once, so that what began and ended
/// unseen is published as both.
/// </summary>
internal sealed class GapLedger(WriteUnit<OwnershipDb> unit)
{
    /// <summary>What came and went faster, before anybody looked, was a change in two steps.</summary>
    private static readonly Duration Brief = Duration.FromMinutes(1);

    private Dictionary<string, List<Gap>> _recorded = [];

    /// <returns>Whether another pass has something to do.</returns>
    public async Task<bool> SettleAsync(IReadOnlyList<Looked> subjects, CancellationToken ct)
    {
        await ReadAsync(subjects, ct);
        var more = false;
        foreach (var subject in subjects)
        {
            var found = subject.Evaluation.Conditions.GroupBy(one => Gap.KeyOf(subject.Subject, one.Finding))
                .ToDictionary(one => one.Key, one => one.ToList());
            var open = _recorded.Values.Select(all => all[^1])
                .Where(gap => gap.Subject == subject.Subject && gap.CloseTime is null)
                .Select(gap => gap.Key);
            foreach (var key in found.Keys.Union(open).ToList())
            {
                more |= await SettleAsync(subject, key, found.GetValueOrDefault(key) ?? [], ct);
            }
        }

        return more;
    }

    private async Task<bool> SettleAsync(Looked subject, string key, List<Condition> conditions, CancellationToken ct)
    {
        var last = _recorded.GetValueOrDefault(key)?[^1];
        if (last is { CloseTime: null })
        {
            var same = conditions.FirstOrDefault(one => one.Until is null || one.Until > last.OpenTime);
            if (same is { Until: null })
            {
                if (subject.Severity is { } severity) last.Weigh(severity, unit.Now);
                return false;
            }

            last.Close(same?.Until ?? subject.Changed, unit.Now);
        }

        foreach (var condition in conditions.Where(one => one.Until is null || one.Until > subject.From))
        {
            var since = Instant.Max(condition.Since, last?.CloseTime ?? Instant.MinValue);
            if (condition.Until - since < Brief) continue;
            var gap = Gap.Open(
                subject.Subject, condition.Finding, (last?.Occurrence ?? 0) + 1, await SeverityAsync(subject, ct), since, unit.Now);
            unit.Insert(gap);
            return condition.Until is not null;
        }

        return false;
    }

    private async Task<Severity> SeverityAsync(Looked subject, CancellationToken ct) =>
        subject.Severity ?? await Severities.OfPartyAsync(unit.Db, subject.Subject, ct);

    private async Task ReadAsync(IReadOnlyList<Looked> subjects, CancellationToken ct)
    {
        var names = subjects.Select(one => one.Subject).ToList();
        var open = await unit.Db.Gaps.AsTracking().Where(gap => names.Contains(gap.Subject) && gap.CloseTime == null).ToListAsync(ct);
        var keys = subjects.SelectMany(subject => subject.Evaluation.Conditions.Select(one => Gap.KeyOf(subject.Subject, one.Finding)))
            .Except(open.Select(gap => gap.Key))
            .ToList();
        foreach (var some in keys.Chunk(500))
        {
            open.AddRange(await unit.Db.Gaps.AsTracking().Where(gap => some.Contains(gap.Key)).ToListAsync(ct));
        }
        _recorded = open.GroupBy(gap => gap.Key).ToDictionary(gaps => gaps.Key, gaps => gaps.OrderBy(gap => gap.Occurrence).ToList());
    }
}
