using Governance.Ownership.Responsibilities;
using Governance.Ownership.Schedules;
using NodaTime;
using Proto = Governance.Ownership.V1;
using Reason = Governance.Ownership.V1.TrailEnd.Types.Reason;

namespace Governance.Ownership.Resolution;

/// <param name="Span">Includes its start, excludes its end.</param>
/// <param name="Reason">Why nobody is on duty.</param>
internal sealed record Uncovered(Interval Span, Reason Reason);

/// <summary>
/// When nobody is on duty. Who has a duty, and by which terms, changes at few instants; between two of them the parties' rosters
/// say when somebody is there.
/// </summary>
internal static class Coverage
{
    public static async Task<IReadOnlyList<Uncovered>> UncoveredAsync(
        ResolutionReader reader,
        string name,
        Dated<Proto.Component> component,
        IReadOnlyList<Responsibility> duties,
        Interval range,
        CancellationToken ct)
    {
        foreach (var party in duties.Select(one => one.Party)
            .Concat(component.States.Select(state => state.Owner))
            .Where(one => one.Length > 0)
            .Distinct())
        {
            await reader.PartyAsync(party, ct);
        }
        var edges = component.Edges()
            .Concat(duties.SelectMany(one => new[] { one.From, one.Until }).OfType<Instant>())
            .Concat(reader.Parties.SelectMany(party => party.Edges()))
            .Where(edge => range.Contains(edge)).Append(range.Start).Distinct().Order().Append(range.End).ToList();
        var all = new List<Uncovered>();
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            var trail = await OwnerTrail.AtAsync(reader, name, component, duties, edges[i], ct);
            foreach (var one in Between(trail, new Interval(edges[i], edges[i + 1]))) Append(all, one);
        }

        return all;
    }

    private static IEnumerable<Uncovered> Between(OwnerTrail trail, Interval span)
    {
        var able = trail.Doers.Where(one => one.Unavailable is Reason.Unspecified or Reason.NobodyOnDuty).ToList();
        if (able.Count == 0) return [new Uncovered(span, trail.End().Reason)];
        List<Interval> left = [span];
        foreach (var duty in able.SelectMany(one => one.State!.Roster.Spans(span.Start, span.End)).Where(one => one.Duty.IsOnDuty))
        {
            left = Spans.Without(left, duty.Span);
        }
        return left.Select(one => new Uncovered(one, Reason.NobodyOnDuty));
    }

    private static void Append(List<Uncovered> all, Uncovered next)
    {
        if (all.Count > 0 && all[^1] is var last && last.Reason == next.Reason && last.Span.End == next.Span.Start)
        {
            all[^1] = last with { Span = new Interval(last.Span.Start, next.Span.End) };
        }
        else
        {
            all.Add(next);
        }
    }
}
