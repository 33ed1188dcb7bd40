using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Turns an input into a <see cref="RecurrenceSet"/>, or into all its faults at once.</summary>
internal sealed class RecurrenceReader(RecurrenceInput input)
{
    private readonly List<InputFault> _faults = [];

    public IReadOnlyList<InputFault> Faults => _faults;

    public RecurrenceSet? Read()
    {
        var rule = ReadRule();
        var zone = ReadZone();
        var start = ReadStart(zone);
        var duration = ReadDuration(start);
        if (zone is null || start is not { } begin)
        {
            return null;
        }
        CheckAgainstStart(rule, begin, zone);
        // A whole day is held also where its midnight does not exist.
        var gap = begin.Form == CivilForm.Date ? GapPolicy.Shift : input.GapPolicy;
        var rules = new ZoneRules(zone, gap, input.OverlapPolicy);
        var isThere = TryResolve(begin, rules, out var startUnix);
        if (!IsInCalendar(startUnix))
        {
            Refuse("start", $"'{begin}' lies, in UTC, outside the years 0001 to 9999");
        }
        List<long> rdates =
            [.. ReadDates("rdates", input.RDates, begin, rules), .. rule is null && isThere ? [startUnix] : Array.Empty<long>()];
        var exdates = ReadDates("exdates", input.ExDates, begin, rules);
        if (_faults.Count > 0)
        {
            return null;
        }
        var starts = rule is null ? null : new RuleStarts(rule, begin, rules);
        if (starts?.CountIsTooGreat == true)
        {
            RefusePart("COUNT", $"{rule!.Count}", $"this rule is counted only up to {RuleStarts.MostCounted}; use UNTIL instead");
            return null;
        }

        var policy = begin.Form == CivilForm.Date && input.Duration is null ? DurationPolicy.WallClock : input.DurationPolicy;
        return new RecurrenceSet(
            begin, startUnix, rules, starts, new OccurrenceLength(duration, policy), (Sorted(rdates), Sorted(exdates)));
    }

    private static List<long> Sorted(IEnumerable<long> dates) => [.. dates.Distinct().Order()];

    private static bool IsInCalendar(long unix) => unix is >= CalendarMath.FirstSecond and <= CalendarMath.LastSecond;

    private static bool TryResolve(CivilTime time, ZoneRules rules, out long unix)
    {
        unix = time.Seconds;
        return time.Form == CivilForm.Utc || rules.Map().TryMap(time.Seconds, out unix) || rules.Gap == GapPolicy.Shift;
    }

    private RecurrenceRule? ReadRule()
    {
        if (string.IsNullOrWhiteSpace(input.Recurrence))
        {
            return null;
        }
        RecurrenceRule.TryParse(input.Recurrence, out var rule, out var found);
        _faults.AddRange(found.Select(fault => new InputFault("recurrence", fault.ToString())));
        return rule;
    }

    private DateTimeZone? ReadZone()
    {
        var id = input.TimeZone.Trim();
        if (id.Length == 0)
        {
            return DateTimeZone.Utc;
        }
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
        {
            return zone;
        }
        var near = DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(known => known.Equals(id, StringComparison.OrdinalIgnoreCase));
        Refuse("time_zone", $"'{id}' is no zone of the IANA database "
            + $"{DateTimeZoneProviders.Tzdb.VersionId}{(near is null ? "" : $"; did you mean {near}?")}");
        return null;
    }

    private CivilTime? ReadStart(DateTimeZone? zone)
    {
        if (!CivilTime.TryParse(input.Start, out var start, out var reason))
        {
            Refuse("start", reason);
        }
        else if (start.Form == CivilForm.Utc && zone is not null && !IsUtc(zone))
        {
            Refuse("start", $"'{start}' is in UTC, but the zone is {zone.Id}; write the local time without Z");
        }
        else
        {
            return start;
        }
        return null;
    }

    private Duration ReadDuration(CivilTime? start)
    {
        var duration = input.Duration ?? (start?.Form == CivilForm.Date ? Duration.FromDays(1) : Duration.Zero);
        if (duration < Duration.Zero)
        {
            Refuse("duration", "must not be negative");
        }
        else if (duration > Duration.FromDays(366))
        {
            Refuse("duration", "must not be longer than 366 days");
        }
        else if (duration != Duration.FromSeconds((long)duration.TotalSeconds))
        {
            Refuse("duration", "must be whole seconds");
        }
        return duration;
    }

    private void CheckAgainstStart(RecurrenceRule? rule, CivilTime start, DateTimeZone zone)
    {
        if (rule is null)
        {
            return;
        }
        var isDate = start.Form == CivilForm.Date;
        if (isDate && rule.IsSubDaily)
        {
            RefusePart("FREQ", rule.Frequency.ToString().ToUpperInvariant(), "repeats within the day, but the start is a date");
        }
        if (rule.Until is not { } until)
        {
            return;
        }
        if (isDate != (until.Form == CivilForm.Date))
        {
            RefusePart("UNTIL", until.ToCompact(), isDate ? "must be a date, as the start is" : "must be a date-time, as the start is");
        }
        else if (until.Form == CivilForm.Local && !IsUtc(zone))
        {
            RefusePart("UNTIL", until.ToCompact(), "must be in UTC (with Z), because the start has a zone");
        }
    }

    private List<long> ReadDates(string field, IReadOnlyList<string> dates, CivilTime start, ZoneRules rules)
    {
        var found = new List<long>();
        for (var i = 0; i < dates.Count; i++)
        {
            var place = $"{field}[{i}]";
            if (!CivilTime.TryParse(dates[i], out var date, out var reason))
            {
                Refuse(place, reason);
            }
            else if ((date.Form == CivilForm.Date) != (start.Form == CivilForm.Date))
            {
                Refuse(place, start.Form == CivilForm.Date
                    ? $"'{dates[i]}' must be a date, as the start is"
                    : $"'{dates[i]}' must be a date-time, as the start is");
            }
            else if (TryResolve(date, rules, out var unix) && IsInCalendar(unix))
            {
                found.Add(unix);
            }
        }

        return found;
    }

    private static bool IsUtc(DateTimeZone zone) => zone.MinOffset == Offset.Zero && zone.MaxOffset == Offset.Zero;

    private void RefusePart(string part, string value, string reason) =>
        Refuse("recurrence", new RuleFault(part, value, reason).ToString());

    private void Refuse(string field, string reason) => _faults.Add(new InputFault(field, reason));
}
