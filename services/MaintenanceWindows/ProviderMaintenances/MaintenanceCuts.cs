using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Scopes;
using Governance.MaintenanceWindows.Windows;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>The vendors' maintenance within a span that denies changes, and what it takes of occurrences.</summary>
/// <param name="calendar">The calendar.</param>
/// <param name="span">The time that is asked about.</param>
/// <param name="only">Only what concerns this component; null: any.</param>
internal sealed class MaintenanceCuts(CalendarSnapshot calendar, Interval span, ComponentFacts? only)
{
    private readonly (MaintenanceFacts Facts, HashSet<string> Restricted)[] _denying =
    [
        .. calendar.Maintenance.All
            .Where(one => one.Denies && one.Held.Overlaps(span.Start, span.End))
            .OrderBy(one => one.Held.Start).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => (one, calendar.Components.WithDependents(one.Components))),
    ];

    private readonly Dictionary<(string Maintenance, string Window), Share> _shares = [];

    public IEnumerable<Proto.ProviderMaintenanceCut> Of(HeldOccurrence held)
    {
        var (start, end) = (held.Occurrence.Start, held.Occurrence.End);
        return from one in _denying
               where one.Facts.Held.Overlaps(start, end)
               let share = ShareOf(one.Facts, one.Restricted, held.Window)
               where share != Share.None
               select new Proto.ProviderMaintenanceCut
               {
                   ProviderMaintenance = one.Facts.Name,
                   From = Instant.Max(one.Facts.Held.Start, start).ToMessage(),
                   Until = Instant.Min(one.Facts.Held.End, end).ToMessage(),
                   PartialScope = share == Share.Part,
               };
    }

    private Share ShareOf(MaintenanceFacts one, HashSet<string> restricted, Window window)
    {
        if (_shares.TryGetValue((one.Name, window.Name), out var known)) return known;
        var scope = ScopeFacts.From(window.Terms.Scope);
        var share = Environments(one, scope) is var environments && environments == Share.None ? Share.None
            : (Share)Math.Min((int)environments, (int)Components(restricted, scope with { Environments = [] }));
        return _shares[(one.Name, window.Name)] = share;
    }

    private Share Components(HashSet<string> restricted, ScopeFacts scope)
    {
        if (only is not null) return restricted.Contains(only.Name) ? Share.Whole : Share.None;
        if (scope.Components.IsEmpty) return restricted.Any(name => scope.Covers(Facts(name), "")) ? Share.Part : Share.None;
        var covered = scope.Components.Where(name => scope.Covers(Facts(name), "")).ToList();
        var hit = covered.Count(restricted.Contains);
        return hit == 0 ? Share.None : hit == covered.Count ? Share.Whole : Share.Part;
    }

    private static Share Environments(MaintenanceFacts one, ScopeFacts scope)
    {
        if (one.Environments.IsEmpty) return Share.Whole;
        if (scope.Environments.IsEmpty) return Share.Part;
        var hit = scope.Environments.Count(one.Environments.Contains);
        return hit == 0 ? Share.None : hit == scope.Environments.Length ? Share.Whole : Share.Part;
    }

    private ComponentFacts Facts(string name) => calendar.Components.Find(name) ?? ComponentFacts.Unknown(name);
}
