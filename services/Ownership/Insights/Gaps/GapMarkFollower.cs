using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Contracts;
using Governance.Ownership.Escalation;
using Governance.Ownership.History;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Governance.Ownership.Responsibilities;
using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Marks, in the write itself, whose gaps its changes concern.</summary>
internal sealed class GapMarkFollower : IFollow<OwnershipDb>
{
    public Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        var marks = new GapMarks(unit.Now, Planned(changes));
        foreach (var change in changes.Of<Component>()) Component(marks, change);
        foreach (var change in changes.Of<Responsibility>()) Responsibility(marks, change, unit.Now);
        foreach (var change in changes.Of<Party>()) Party(marks, change);
        foreach (var change in changes.Of<Contract>()) Contract(marks, change);
        foreach (var change in changes.Of<EscalationPolicy>()) marks.Add(change.Subject.Name, MarkKind.Spread, marks.From(change));
        foreach (var change in changes.Of<HolidayCalendar>()) marks.Add(change.Subject.Name, MarkKind.Spread, unit.Now);
        foreach (var change in changes.Of<Area>()) marks.Add(change.Subject.Name, MarkKind.Spread, unit.Now);
        unit.InsertRange(marks.Rows(unit, changes.Of<GapMarkRow>()));
        return Task.CompletedTask;
    }

    /// <summary>Of several plans that come about at once the first counts.</summary>
    private static Dictionary<string, Instant> Planned(Changes changes) => changes.Of<RevisionRow>()
        .Where(change => change.Now is null).Select(change => change.Before).OfType<RevisionRow>().Where(row => row.Mask is not null)
        .GroupBy(row => row.Resource).ToDictionary(rows => rows.Key, rows => rows.Min(row => row.From));

    private static void Component(GapMarks marks, Change<Component> change)
    {
        var (now, before, from) = (change.Subject, change.Before, marks.From(change));
        var (isOwned, isJudged) = (before?.Owner != now.Owner || before?.DeleteTime != now.DeleteTime, before?.Tier != now.Tier);
        marks.Add(now.Name, MarkKind.Component, from);
        if (isOwned || isJudged) marks.Add(now.Name, MarkKind.Spread, from);
        if (isOwned) Parties(marks, now.Owner, before?.Owner, from);
    }

    private static void Responsibility(GapMarks marks, Change<Responsibility> change, Instant now)
    {
        var (one, before) = (change.Subject, change.Before);
        var from = Instant.Min(now, Instant.Min(one.From ?? now, one.Until ?? now));
        marks.Add(one.Component, MarkKind.Component, from);
        if (one.Duty == Duty.Accountable || (before is not null && before.Duty != one.Duty))
        {
            marks.Add(one.Component, MarkKind.Spread, from);
        }
        Parties(marks, one.Party, before?.Party, from);
    }

    private static void Party(GapMarks marks, Change<Party> change)
    {
        var (name, from) = (change.Subject.Name, marks.From(change));
        marks.Add(name, MarkKind.Party, from);
        marks.Add(name, MarkKind.Spread, from);
    }

    private static void Contract(GapMarks marks, Change<Contract> change) =>
        Parties(marks, change.Subject.Party, change.Before?.Party, marks.From(change));

    /// <summary>The party that is named and the one that was named before.</summary>
    private static void Parties(GapMarks marks, string party, string? before, Instant from)
    {
        marks.Add(party, MarkKind.Party, from);
        if (before is not null) marks.Add(before, MarkKind.Party, from);
    }
}
