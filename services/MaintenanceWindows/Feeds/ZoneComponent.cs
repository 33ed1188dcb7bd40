using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>A zone as a VTIMEZONE, from NodaTime's database: as rules where its years repeat, else date by date.</summary>
internal static class ZoneComponent
{
    private const int LeastYears = 4;

    public static void Write(ContentLines lines, DateTimeZone zone, Interval span)
    {
        lines.Begin("VTIMEZONE");
        lines.Raw("TZID", zone.Id);
        var intervals = zone.GetZoneIntervals(span.Start, span.End).ToList();
        WriteFirst(lines, intervals[0]);
        var onsets = intervals.Zip(intervals.Skip(1), (before, after) => new Onset(before, after));
        foreach (var alike in onsets.GroupBy(onset => onset.Kind)) WriteAlike(lines, [.. alike], span.End);
        lines.End("VTIMEZONE");
    }

    /// <summary>What held before the span's first change, said from the beginning of unix time.</summary>
    private static void WriteFirst(ContentLines lines, ZoneInterval first)
    {
        var kind = new Kind(first.WallOffset, first.WallOffset, first.Name, first.Savings != Offset.Zero);
        WriteObservance(lines, kind, new LocalDateTime(1970, 1, 1, 0, 0), "", []);
    }

    private static void WriteAlike(ContentLines lines, IReadOnlyList<Onset> onsets, Instant end)
    {
        var tail = Enumerable.Range(0, onsets.Count).FirstOrDefault(from => RuleOf(onsets, from, end) is not null, onsets.Count);
        if (tail > 0)
        {
            WriteObservance(lines, onsets[0].Kind, onsets[0].Local, "", [.. onsets.Take(tail).Select(onset => onset.Local)]);
        }
        if (tail < onsets.Count)
        {
            WriteObservance(lines, onsets[tail].Kind, onsets[tail].Local, RuleOf(onsets, tail, end)!, []);
        }
    }

    /// <summary>The yearly rule that all onsets from one on follow to the end of the span; null when there is none.</summary>
    private static string? RuleOf(IReadOnlyList<Onset> onsets, int from, Instant end)
    {
        var first = onsets[from].Local;
        var rest = onsets.Skip(from).Select(onset => onset.Local).ToList();
        var yearly = rest.Count >= LeastYears
            && rest.Select((time, place) => time.Year == first.Year + place).All(holds => holds)
            && rest[^1].Year >= end.InUtc().Year - 1
            && rest.All(time => time.Month == first.Month && time.TimeOfDay == first.TimeOfDay && time.DayOfWeek == first.DayOfWeek);
        if (!yearly) return null;
        var day = first.DayOfWeek.ToString()[..2].ToUpperInvariant();
        if (rest.All(time => time.Day + 7 > CalendarSystem.Iso.GetDaysInMonth(time.Year, time.Month)))
        {
            return $"FREQ=YEARLY;BYMONTH={first.Month};BYDAY=-1{day}";
        }
        var ordinal = ((first.Day - 1) / 7) + 1;
        return rest.All(time => ((time.Day - 1) / 7) + 1 == ordinal) ? $"FREQ=YEARLY;BYMONTH={first.Month};BYDAY={ordinal}{day}" : null;
    }

    private static void WriteObservance(
        ContentLines lines, Kind kind, LocalDateTime start, string rule, IReadOnlyList<LocalDateTime> onsets)
    {
        var component = kind.Daylight ? "DAYLIGHT" : "STANDARD";
        lines.Begin(component);
        lines.Raw("DTSTART", ContentLines.Local(start));
        lines.Raw("TZOFFSETFROM", Written(kind.From));
        lines.Raw("TZOFFSETTO", Written(kind.To));
        lines.Text("TZNAME", kind.Name);
        if (rule.Length > 0) lines.Raw("RRULE", rule);
        // One by one, and the first among them: ical.js reads no more than the first of a list, and passes over DTSTART.
        if (onsets.Count > 1)
        {
            foreach (var time in onsets) lines.Raw("RDATE", ContentLines.Local(time));
        }
        lines.End(component);
    }

    private static string Written(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var rest = seconds % 60 == 0 ? "" : (seconds % 60).ToString("00", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:00}{seconds / 60 % 60:00}{rest}");
    }

    private readonly record struct Kind(Offset From, Offset To, string Name, bool Daylight);

    private readonly record struct Onset(ZoneInterval Before, ZoneInterval After)
    {
        public Kind Kind => new(Before.WallOffset, After.WallOffset, After.Name, After.Savings != Offset.Zero);

        /// <summary>By the clock that was in use until then.</summary>
        public LocalDateTime Local => After.Start.Plus(Duration.FromSeconds(Before.WallOffset.Seconds)).InUtc().LocalDateTime;
    }
}
