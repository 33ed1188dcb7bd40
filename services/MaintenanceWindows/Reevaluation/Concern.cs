using Governance.MaintenanceWindows.Planning;
using NodaTime;

namespace Governance.MaintenanceWindows.Reevaluation;

/// <summary>Which bookings a change of the calendar may concern: too many costs a look, too few would be wrong.</summary>
internal static class Concern
{
    /// <summary>The cause of a look at everything: the time-zone database is newer.</summary>
    public const string Zones = "tzdb/";

    /// <summary>The planned bookings that the change may concern.</summary>
    public static IEnumerable<BookedChange> Affected(CalendarSnapshot calendar, string cause, Instant now)
    {
        var candidates =
            cause.StartsWith("windows/", StringComparison.Ordinal) ? calendar.Bookings.OfWindow(cause).All : calendar.Bookings.All;
        var planned = candidates.Where(booking => !booking.Running && booking.Start >= now).ToList();
        return planned.Count == 0 ? planned : planned.Where(Of(calendar, cause));
    }

    private static Func<BookedChange, bool> Of(CalendarSnapshot calendar, string cause) => cause.Split('/')[0] switch
    {
        "windows" => booking => booking.Places.Any(place => place.Window == cause),
        "freezes" => Frozen(calendar, string.Join('/', cause.Split('/').Take(2))),
        "providerMaintenances" => Restricted(calendar, cause),
        "components" => Related(calendar, cause),
        "parties" => booking => booking.Implementer == cause,
        _ => _ => true,
    };

    /// <summary>A lifted freeze is in nobody's way.</summary>
    private static Func<BookedChange, bool> Frozen(CalendarSnapshot calendar, string name)
    {
        if (calendar.Freezes.Find(name) is not { } freeze) return _ => false;
        return booking => booking.Components.Any(component =>
            freeze.Scope.Covers(calendar.Components.Find(component) ?? ComponentFacts.Unknown(component), booking.Environment)
            || calendar.Components.Find(component) is null);
    }

    /// <summary>One that was cancelled is in nobody's way.</summary>
    private static Func<BookedChange, bool> Restricted(CalendarSnapshot calendar, string name)
    {
        if (calendar.Maintenance.Find(name) is not { Denies: true } one) return _ => false;
        var restricted = calendar.Components.WithDependents(one.Components);
        return booking => booking.Components.Any(restricted.Contains);
    }

    private static Func<BookedChange, bool> Related(CalendarSnapshot calendar, string name)
    {
        HashSet<string> related = [name, .. calendar.Components.Related(name)];
        return booking => booking.Components.Any(related.Contains);
    }
}
