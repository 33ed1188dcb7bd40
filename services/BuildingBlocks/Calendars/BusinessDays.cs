using NodaTime;
using NodaTime.TimeZones;

namespace Governance.BuildingBlocks.Calendars;

/// <summary>Counts business days by one calendar, as docs/deadlines.md says.</summary>
public sealed class BusinessDays
{
    /// <summary>
    /// A local time that comes twice means the first; one that never comes, the first instant after the gap. A later local time
    /// is so never an earlier instant.
    /// </summary>
    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly DateTimeZone _zone;
    private readonly HashSet<IsoDayOfWeek> _working;
    private readonly HolidayDates _holidays;
    private readonly LocalTime _opens;
    private readonly LocalTime? _closes;

    /// <param name="calendar">What it counts by; its zone is one of the IANA database.</param>
    public BusinessDays(BusinessCalendar calendar)
    {
        _zone = DateTimeZoneProviders.Tzdb[calendar.TimeZone];
        _working = [.. calendar.WorkingDays.Select(day => day == DayOfWeek.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)day)];
        _opens = calendar.Opens is { } opens ? LocalTime.FromTimeOnly(opens) : LocalTime.Midnight;
        _closes = calendar.Closes is { } closes ? LocalTime.FromTimeOnly(closes) : null;
        _holidays = new HolidayDates(calendar.Holidays);
    }

    /// <summary>
    /// The instant so many business days after a start, at the same local time. The day of the start counts 0; a start outside
    /// of working time is moved to the next opening first.
    /// </summary>
    /// <param name="start">When the clock starts.</param>
    /// <param name="days">At least 1.</param>
    /// <returns>The instant, and the days between that did not count.</returns>
    public (Instant Due, IReadOnlyList<SkippedDay> Skipped) After(Instant start, int days)
    {
        var skipped = new List<SkippedDay>();
        var from = Begin(LocalOf(start), skipped);
        var date = from.Date;
        for (var left = days; left > 0; left--) date = NextFrom(date.PlusDays(1), skipped);
        return ((date + from.TimeOfDay).InZone(_zone, Resolver).ToInstant(), skipped);
    }

    /// <summary>Why a day does not count; null: it does.</summary>
    public string? Closed(LocalDate date)
    {
        if (!_working.Contains(date.DayOfWeek))
        {
            return date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? "weekend" : "no working day";
        }
        return _holidays.On(date);
    }

    private LocalDateTime Begin(LocalDateTime local, List<SkippedDay> skipped)
    {
        if (Closed(local.Date) is not null) return NextFrom(local.Date, skipped) + _opens;
        if (local.TimeOfDay < _opens) return local.Date + _opens;
        return local.TimeOfDay >= _closes ? NextFrom(local.Date.PlusDays(1), skipped) + _opens : local;
    }

    private LocalDate NextFrom(LocalDate date, List<SkippedDay> skipped)
    {
        for (; Closed(date) is { } reason; date = date.PlusDays(1)) skipped.Add(new SkippedDay(date.ToDateOnly(), reason));
        return date;
    }

    /// <summary>
    /// The local time of an instant. When clocks are set back, the time that comes a second time counts as the end of it: a
    /// later start would otherwise read as an earlier one.
    /// </summary>
    private LocalDateTime LocalOf(Instant start)
    {
        var local = start.InZone(_zone).LocalDateTime;
        var mapped = _zone.MapLocal(local);
        return mapped.Count == 2 && mapped.Last().ToInstant() == start ? mapped.EarlyInterval.IsoLocalEnd : local;
    }
}
