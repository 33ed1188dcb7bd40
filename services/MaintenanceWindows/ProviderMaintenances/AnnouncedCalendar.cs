using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Imports;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using NodaTime.Text;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>
/// Takes a calendar's events for announcements. A series becomes one maintenance for each of its occurrences, for 13 months
/// ahead; what a later import has no more is called off.
/// </summary>
/// <param name="now">Now.</param>
/// <param name="tally">Takes what is refused.</param>
internal sealed class AnnouncedCalendar(Instant now, ImportTally tally)
{
    private const int MostOfASeries = 1000;
    private static readonly InstantPattern Compact = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    private readonly Instant _horizon = now.InUtc().LocalDateTime.PlusMonths(13).InUtc().ToInstant();

    public IEnumerable<AnnouncedSeries> Read(CalendarFile file)
    {
        foreach (var other in file.Others) tally.Reject($"line {other.Line}", other.Value("UID"), $"{other.Kind} is no event");
        foreach (var series in file.Series)
        {
            foreach (var old in series.Superseded.Where(old => old.Faults.Length > 0))
            {
                tally.Reject(old.Position, old.Uid, string.Join("; ", old.Faults));
            }
            if (Take(series) is { } taken) yield return taken;
        }
    }

    private AnnouncedSeries? Take(EventSeries series)
    {
        var refused = series.Events.Select(one => (Event: one, Reason: series.Fault(one))).Where(one => one.Reason is not null).ToList();
        foreach (var (one, reason) in refused) tally.Reject(one.Position, one.Uid, reason!);
        if (refused.Count > 0) return null;
        var (first, faults) = (series.Events.First(), new List<string>());
        var announced = series.IsCancelled ? [] : Announcements(series, faults).ToList();
        if (announced.Count > MostOfASeries) faults.Add($"has more than {MostOfASeries} occurrences within 13 months");
        if (announced.Exists(one => one.End - one.Start > MaintenanceFields.Longest)) faults.Add("takes more than 366 days");
        if (faults.Count > 0)
        {
            tally.Reject(first.Position, series.Uid, string.Join("; ", faults.Distinct()));
            return null;
        }

        return new(series.Uid, first.Position, new(series.Uid, "", series.Sequence, series.Modified), announced, series.Master is not null)
        {
            CalledOff = [.. series.Replacements.Where(one => one.IsCancelled).Select(one => Id(one.ReplacesAt!.Value))],
        };
    }

    private IEnumerable<Announcement> Announcements(EventSeries series, List<string> faults)
    {
        var replaced = series.Replacements.Select(one => one.ReplacesAt!.Value).ToHashSet();
        var own = series.Master is { Times: { } times } master ? OfMaster(series, master, times, replaced, faults) : [];
        var others = series.Replacements
            .Where(one => !one.IsCancelled)
            .Select(one => Announce(series, one, Id(one.ReplacesAt!.Value), StartOf(one.Times!), one.Times!));
        return own.Concat(others).DistinctBy(one => one.Source.RecurrenceId);
    }

    private IEnumerable<Announcement> OfMaster(
        EventSeries series, CalendarEvent master, EventTimes times, HashSet<Instant> replaced, List<string> faults)
    {
        if (RecurrenceSet.TryCreate(times.ToInput(), out var refused) is not { } set)
        {
            faults.AddRange(refused.Select(fault => fault.ToString()));
            return [];
        }

        if (!times.Recurs && times.Periods.IsEmpty && series.Replacements.Count == 0)
        {
            return set.OccurrencesOverlapping(Instant.FromUtc(1000, 1, 1, 0, 0), Instant.FromUtc(9990, 1, 1, 0, 0))
                .Select(only => Announce(series, master, "", only.Start, only.End));
        }
        var held = set.OccurrencesOverlapping(now, _horizon).Where(one => !replaced.Contains(one.Start)).Take(MostOfASeries + 1);
        var periods = times.Periods.Where(period =>
            period.Start + period.Length > now && period.Start < _horizon && !replaced.Contains(period.Start));
        return held.Select(one => Announce(series, master, Id(one.Start), one.Start, one.End))
            .Concat(periods.Select(period => Announce(series, master, Id(period.Start), period.Start, period.Start + period.Length)));
    }

    private static Announcement Announce(EventSeries series, CalendarEvent one, string id, Instant start, EventTimes times) =>
        Announce(series, one, id, start, RecurrenceSet.TryCreate(times.ToInput(), out _)?.LastStartingAtOrBefore(start)?.End
            ?? start + times.Length);

    private static Announcement Announce(EventSeries series, CalendarEvent one, string id, Instant start, Instant end) => new()
    {
        Position = one.Position,
        Source = new(series.Uid, id, one.Sequence, one.Modified),
        Title = one.Summary.Length > 0 ? one.Summary : series.Master?.Summary ?? "",
        Description = one.Description.Length > 0 ? one.Description : series.Master?.Description ?? "",
        AnnounceTime = series.Created ?? series.Modified,
        Start = start,
        End = end,
    };

    private static Instant StartOf(EventTimes times) => new EventTime(times.Start, times.Zone).ToInstant(times.Zone);

    private static string Id(Instant start) => Compact.Format(start);
}
