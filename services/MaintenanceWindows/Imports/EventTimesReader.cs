using Governance.BuildingBlocks.ICalendar;
using NodaTime;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>Reads when an event is: DTSTART, DTEND or DURATION, RRULE, RDATE, EXDATE.</summary>
/// <param name="source">The event.</param>
/// <param name="times">Reads single times.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class EventTimesReader(CalendarComponent source, EventTimeReader times, List<string> faults)
{
    /// <summary>Null, with faults added, when it cannot be read.</summary>
    public EventTimes? Read()
    {
        var start = Only("DTSTART") is { } line ? times.Read(line, line.Value, faults) : null;
        if (start is null && faults.Count == 0) faults.Add("DTSTART is missing");
        if (start is not { } begin) return null;
        var zone = begin.Zone.Length > 0 ? begin.Zone : times.Floating;
        if (zone.Length == 0)
        {
            faults.Add($"DTSTART: '{begin.Civil.ToCompact()}' has no zone; name the zone of such times in time_zone");
            return null;
        }

        var rule = Only("RRULE")?.Value.Trim() ?? "";
        if (source.First("EXRULE") is not null) faults.Add("EXRULE is not supported; RFC 5545 has it no more");
        var dates = source.Properties.Where(property => property.Name == "RDATE").ToList();
        var (length, byTheClock) = Length(begin, zone, rule.Length > 0 || dates.Count > 0);
        var periods = dates.Where(date => date.IsPeriod).SelectMany(date => Periods(date, zone)).ToList();
        return new EventTimes
        {
            Zone = zone,
            Start = begin.Civil,
            Length = length,
            ByTheClock = byTheClock,
            Rule = begin.Zone.Length > 0 || begin.IsDate ? rule : EventTimes.InUtc(rule, zone),
            Rdates =
            [
                .. dates.Where(date => !date.IsPeriod).SelectMany(date => times.Read(date, faults)).Select(time => time.Beside(zone)),
                .. periods.Where(period => period.Length == length).Select(period => period.Start.Beside(zone)),
            ],
            Exdates = [.. source.Properties.Where(property => property.Name == "EXDATE")
                .SelectMany(date => times.Read(date, faults))
                .Select(time => time.Beside(zone))],
            Periods = [.. periods.Where(period => period.Length != length).Select(period => (period.Start.ToInstant(zone), period.Length))],
        };
    }

    private (Duration Length, bool ByTheClock) Length(EventTime start, string zone, bool recurs)
    {
        var (end, duration) = (Only("DTEND"), Only("DURATION"));
        if (end is not null && duration is not null) faults.Add("has both DTEND and DURATION");
        if (end is not null) return Until(start, zone, end);
        if (duration is not null) return Lasting(start, zone, duration, recurs);
        if (start.IsDate) return (Duration.FromDays(1), true);
        faults.Add("has no DTEND and no DURATION, so that it takes no time");
        return default;
    }

    /// <summary>An end makes every occurrence as long as the first one was, in elapsed time (RFC 5545 §3.8.5.3); dates are days.</summary>
    private (Duration, bool) Until(EventTime start, string zone, ContentLine line)
    {
        if (times.Read(line, line.Value, faults) is not { } end) return default;
        if (end.IsDate != start.IsDate) faults.Add($"DTEND is {(end.IsDate ? "a date and DTSTART a time" : "a time and DTSTART a date")}");
        var length = start.IsDate
            ? Duration.FromSeconds(end.Civil.Seconds - start.Civil.Seconds)
            : end.ToInstant(zone) - start.ToInstant(zone);
        if (length <= Duration.Zero) faults.Add("DTEND is not after DTSTART");
        return (length, start.IsDate);
    }

    /// <summary>Of a duration, days are days by the clock and the rest is elapsed time.</summary>
    private (Duration, bool) Lasting(EventTime start, string zone, ContentLine line, bool recurs)
    {
        if (!DurationText.TryParse(line.Value, out var text, out var reason))
        {
            faults.Add($"DURATION: {reason}");
            return default;
        }

        if (start.IsDate && text.Seconds > 0) faults.Add("DURATION has hours, but DTSTART is a date");
        if (text is { Days: 0, Seconds: 0 }) faults.Add("DURATION takes no time");
        var length = Duration.FromDays(text.Days) + Duration.FromSeconds(text.Seconds);
        if (start.IsDate || text.Days == 0 || (recurs && text.Days > 0)) return (length, text.Days > 0);
        return (Elapsed(start, zone, text), false);
    }

    private IEnumerable<(EventTime Start, Duration Length)> Periods(ContentLine line, string zone)
    {
        foreach (var text in line.Value.Split(','))
        {
            var parts = text.Split('/');
            if (parts.Length != 2)
            {
                faults.Add($"RDATE: '{text}' is no period such as 20260113T220000/PT1H");
            }
            else if (times.Read(line, parts[0], faults) is { } start && PeriodLength(line, zone, start, parts[1]) is { } length)
            {
                yield return (start, length);
            }
        }
    }

    private Duration? PeriodLength(ContentLine line, string zone, EventTime start, string end)
    {
        var length = Duration.Zero;
        if (end.TrimStart().StartsWith('P') || end.TrimStart().StartsWith('+') || end.TrimStart().StartsWith('-'))
        {
            if (DurationText.TryParse(end, out var text, out var reason)) length = Elapsed(start, zone, text);
            else faults.Add($"RDATE: {reason}");
        }
        else if (times.Read(line, end, faults) is { } until)
        {
            length = until.ToInstant(zone) - start.ToInstant(zone);
        }

        if (length <= Duration.Zero) faults.Add($"RDATE: the period that ends with '{end}' takes no time");
        return length > Duration.Zero ? length : null;
    }

    private static Duration Elapsed(EventTime start, string zone, DurationText text)
    {
        var after = start with { Civil = start.Civil with { Value = start.Civil.Value.PlusDays((int)text.Days) } };
        return after.ToInstant(zone) - start.ToInstant(zone) + Duration.FromSeconds(text.Seconds);
    }

    private ContentLine? Only(string name)
    {
        var found = source.Properties.Where(property => property.Name == name).ToList();
        if (found.Count > 1) faults.Add($"has {name} {found.Count} times");
        return found.Count > 0 ? found[0] : null;
    }
}
