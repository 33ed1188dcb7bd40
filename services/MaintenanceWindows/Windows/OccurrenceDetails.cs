using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.ProviderMaintenances;
using Governance.MaintenanceWindows.Recurrence;
using Governance.MaintenanceWindows.Scopes;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>What is to be known of an occurrence beside its times: what cuts it, and the room that is left.</summary>
internal sealed class OccurrenceDetails(WindowsDb db, CalendarSnapshot calendar, Instant now)
{
    public async Task<IEnumerable<Proto.Occurrence>> DescribeAsync(
        IReadOnlyList<HeldOccurrence> shown, string component, CancellationToken ct)
    {
        if (shown.Count == 0) return [];
        var span = new Interval(shown.Min(held => held.Occurrence.Start), shown.Max(held => held.Occurrence.End));
        var only = await ScopeFilter.FactsAsync(db, NameFields.InFull(component, "components"), ct);
        var cuts = await FreezeCuts.ReadAsync(db, span, only, ct);
        var maintenance = new MaintenanceCuts(calendar, span, only);
        return shown.Select(held =>
        {
            var message = Describe(held);
            message.Freezes.AddRange(cuts.Of(held));
            message.ProviderMaintenances.AddRange(maintenance.Of(held));
            return message;
        });
    }

    private Proto.Occurrence Describe(HeldOccurrence held)
    {
        var (window, schedule, occurrence) = held;
        var message = new Proto.Occurrence
        {
            Window = window.Name,
            Start = occurrence.Start.ToMessage(),
            End = occurrence.End.ToMessage(),
            LocalStart = Civil.Format(occurrence.Start.InZone(schedule.Zone).LocalDateTime),
            LocalEnd = Civil.Format(occurrence.End.InZone(schedule.Zone).LocalDateTime),
            TimeZone = window.Terms.TimeZone,
            LastStart = (occurrence.End - window.Terms.Cutoff).ToMessage(),
            AllowedKinds = { window.Terms.AllowedKinds },
        };
        if (window.Terms.Capacity is { } capacity)
        {
            message.Capacity = capacity;
            message.RemainingCapacity = Math.Max(0, capacity - MostAtOnce(window, occurrence));
        }

        message.Notes.AddRange(Notes(held));
        return message;
    }

    private int MostAtOnce(Window window, Occurrence occurrence)
    {
        var booked = new List<BookedChange>();
        calendar.Bookings.OfWindow(window.Name).Gather(occurrence.Start, occurrence.End, now, "", booked);
        return Load.Most(booked, now);
    }

    private IEnumerable<string> Notes(HeldOccurrence held)
    {
        var (window, schedule, occurrence) = held;
        var length = occurrence.End - occurrence.Start;
        if (length < window.Terms.Duration) yield return "SHORTENED";
        if (length > window.Terms.Duration) yield return "LENGTHENED";
        if (schedule.Zone.GetUtcOffset(occurrence.Start) != schedule.Zone.GetUtcOffset(occurrence.End)) yield return "CLOCKS_CHANGE";
        if (window.IsPausedAt(now) && occurrence.Start < window.PausedUntil && occurrence.End > window.PausedUntil)
        {
            yield return "PAUSED_IN_PART";
        }
    }
}
