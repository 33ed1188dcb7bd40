using System.Diagnostics.CodeAnalysis;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Contracts;
using Governance.Ownership.Escalation;
using Governance.Ownership.History;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Governance.Ownership.Responsibilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Marks, in the write itself, whose gaps its changes concern.</summary>
internal sealed class GapMarks
{
    private readonly OwnershipDb _db;
    private readonly WriteUnit _unit;
    private readonly Dictionary<string, Instant> _planned;
    private readonly Dictionary<(string Subject, MarkKind Kind), Instant> _marks = [];

    private GapMarks(OwnershipDb db, WriteUnit unit)
    {
        (_db, _unit) = (db, unit);
        _planned = db.ChangeTracker.Entries<RevisionRow>()
            .Where(entry => entry.State == EntityState.Deleted && entry.Entity.Mask is not null)
            .GroupBy(entry => entry.Entity.Resource).ToDictionary(rows => rows.Key, rows => rows.Min(row => row.Entity.From));
    }

    /// <summary>Runs in every write before its save.</summary>
    public static void Follow(OwnershipDb db, WriteUnit<OwnershipDb> unit)
    {
        var marks = new GapMarks(db, unit);
        foreach (var entry in db.ChangeTracker.Entries<Aggregate>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted) marks.Add(entry.Entity, entry);
        }
        foreach (var component in unit.Inserted<Component>()) marks.Add(component, null);
        foreach (var responsibility in unit.Inserted<Responsibility>()) marks.Add(responsibility, null);
        unit.InsertRange(marks._marks.Select(mark => marks.Row(mark.Key.Subject, mark.Key.Kind, mark.Value)));
    }

    /// <param name="aggregate">What is written.</param>
    /// <param name="entry">Tells what it was before; null: nothing.</param>
    private void Add(Aggregate aggregate, EntityEntry? entry)
    {
        switch (aggregate)
        {
            case Component component: Component(component, entry); break;
            case Responsibility responsibility: Responsibility(responsibility, entry); break;
            case Party party: Party(party, entry); break;
            case EscalationPolicy policy: Mark(policy.Name, MarkKind.Spread, From(policy, entry)); break;
            case HolidayCalendar calendar: Mark(calendar.Name, MarkKind.Spread, _unit.Now); break;
            case Contract contract: Parties(contract.Party, entry, nameof(contract.Party), From(contract, entry)); break;
            case Area area: Mark(area.Name, MarkKind.Spread, _unit.Now); break;
            default: break;
        }
    }

    private void Component(Component component, EntityEntry? entry)
    {
        var from = From(component, entry);
        Mark(component.Name, MarkKind.Component, from);
        if (IsNew(entry)
            || IsOther(entry, nameof(component.Tier))
            || IsOther(entry, nameof(component.Owner))
            || IsOther(entry, nameof(component.DeleteTime)))
        {
            Mark(component.Name, MarkKind.Spread, from);
        }
        if (IsNew(entry) || IsOther(entry, nameof(component.Owner)) || IsOther(entry, nameof(component.DeleteTime)))
        {
            Parties(component.Owner, entry, nameof(component.Owner), from);
        }
    }

    private void Responsibility(Responsibility responsibility, EntityEntry? entry)
    {
        var from = Instant.Min(_unit.Now, Instant.Min(responsibility.From ?? _unit.Now, responsibility.Until ?? _unit.Now));
        Mark(responsibility.Component, MarkKind.Component, from);
        if (responsibility.Duty == Duty.Accountable || IsOther(entry, nameof(responsibility.Duty)))
        {
            Mark(responsibility.Component, MarkKind.Spread, from);
        }
        Parties(responsibility.Party, entry, nameof(responsibility.Party), from);
    }

    private void Party(Party party, EntityEntry? entry)
    {
        var from = From(party, entry);
        Mark(party.Name, MarkKind.Party, from);
        Mark(party.Name, MarkKind.Spread, from);
    }

    /// <summary>The party that the entry names and the one that it named before.</summary>
    private void Parties(string party, EntityEntry? entry, string property, Instant from)
    {
        Mark(party, MarkKind.Party, from);
        if (!IsNew(entry)) Mark((string)entry.OriginalValues[property]!, MarkKind.Party, from);
    }

    private void Mark(string subject, MarkKind kind, Instant from)
    {
        if (subject.Length > 0)
        {
            _marks[(subject, kind)] = _marks.TryGetValue((subject, kind), out var known) ? Instant.Min(known, from) : from;
        }
    }

    private GapMarkRow Row(string subject, MarkKind kind, Instant from) =>
        new() { Subject = subject, Kind = kind, Sequence = _unit.Sequence, From = from, Time = _unit.Now };

    /// <summary>A correction concerns the past from its date on; of several plans that come about at once the first counts.</summary>
    private Instant From(IDated dated, EntityEntry? entry)
    {
        var effective = IsNew(entry) || IsOther(entry, nameof(dated.EffectiveFrom)) ? dated.EffectiveFrom : _unit.Now;
        return Instant.Min(_unit.Now, Instant.Min(effective, _planned.GetValueOrDefault(dated.Name, _unit.Now)));
    }

    private static bool IsNew([NotNullWhen(false)] EntityEntry? entry) => entry is null or { State: EntityState.Added };

    private static bool IsOther(EntityEntry? entry, string property) =>
        entry is not null && !Equals(entry.OriginalValues[property], entry.CurrentValues[property]);
}
