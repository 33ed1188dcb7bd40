using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using NodaTime;
using Booking = Governance.MaintenanceWindows.Bookings.Booking;

namespace Governance.MaintenanceWindows.Reevaluation;

/// <summary>
/// Looks at affected bookings in the order of their weight: severity, then deadline, then creation. Each is held against
/// those that weigh more and against all that are not affected; so of two that no longer fit together the lighter one goes.
/// </summary>
internal sealed class Displacement
{
    private readonly CalendarSnapshot _calendar;
    private readonly Instant _now;

    /// <param name="calendar">The calendar after the change.</param>
    /// <param name="affected">The affected bookings, planned and not begun.</param>
    /// <param name="now">Now.</param>
    public Displacement(CalendarSnapshot calendar, IEnumerable<Booking> affected, Instant now)
    {
        (_calendar, _now) = (calendar, now);
        Ordered =
        [
            .. affected.OrderByDescending(booking => booking.Terms.Severity)
                .ThenBy(booking => booking.Terms.Deadline ?? TimeArithmetic.Latest)
                .ThenBy(booking => booking.CreateTime)
                .ThenBy(booking => booking.Id, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<Booking> Ordered { get; }

    /// <summary>Those that no longer fit, each with every reason.</summary>
    public IEnumerable<(Booking Booking, List<Reason> Reasons)> Displaced()
    {
        var kept = Ordered.Aggregate(_calendar, (calendar, booking) => calendar with { Bookings = calendar.Bookings.Remove(booking.Name) });
        foreach (var booking in Ordered)
        {
            var reasons = Fit.Against(kept, booking.ToDemand(), booking.PlannedStart!.Value, _now, Relaxation.Notice);
            if (reasons.Count == 0) reasons = OutOfItsPlaces(booking);
            if (reasons.Count == 0) kept = kept with { Bookings = kept.Bookings.Set(booking.ToFacts()) };
            else yield return (booking, reasons);
        }
    }

    /// <summary>It would fit in another window at the same time: it is not in the one that it is booked in any more.</summary>
    private List<Reason> OutOfItsPlaces(Booking booking)
    {
        var gone = booking.Places.FirstOrDefault(place => !IsHeld(place, booking));
        return gone.Window is null
            ? []
            : [new Reason
            {
                Rule = "WINDOW_CHANGED",
                Effect = Reason.Types.Effect.Deny,
                Resource = gone.Window,
                Detail = $"{gone.Window} is no longer held at {LocalTimes.Say(gone.OccurrenceStart, Zone(gone))}.",
            }];
    }

    private bool IsHeld(PlaceInWindow place, Booking booking)
    {
        if (_calendar.Windows.Find(place.Window) is not { } window || !window.Kinds.Has(booking.Terms.Kind)) return false;
        var start = booking.PlannedStart!.Value;
        foreach (var occurrence in window.Occurrences.Near(start, start + Duration.Epsilon))
        {
            if (occurrence.Start == place.OccurrenceStart && window.Starts(occurrence, booking.ToDemand().Footprint).Contains(start))
            {
                return true;
            }
        }
        return false;
    }

    private DateTimeZone Zone(PlaceInWindow place) => _calendar.Windows.Find(place.Window)?.Zone ?? DateTimeZone.Utc;
}
