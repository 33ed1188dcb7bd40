using System.Globalization;
using Governance.BuildingBlocks.ICalendar;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>
/// The plain repetition that an on-call feed may have: FREQ=DAILY or WEEKLY with INTERVAL, and COUNT or UNTIL. Anything else is
/// refused with its reason: a feed with richer rules is expanded by the program that made it.
/// </summary>
internal static class ICalendarRepeats
{
    private const int Most = 400;

    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>How many local days after the first each repetition begins, the first itself included.</summary>
    /// <exception cref="FormatException">It is not that plain.</exception>
    public static IEnumerable<int> Offsets(CalendarComponent item, ShiftTime start)
    {
        foreach (var name in new[] { "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID" })
        {
            if (item.First(name) is not null) throw new FormatException($"It has {name}: only plain repetitions are taken.");
        }
        if (item.First("RRULE") is not { } rule) return [0];
        var parts = Parts(rule);
        var step = (parts.GetValueOrDefault("FREQ") switch { "DAILY" => 1, "WEEKLY" => 7, _ => throw Plain(rule) }) * Number(
            parts.GetValueOrDefault("INTERVAL", "1"), rule);
        if (parts.Keys.Any(key => key is not ("FREQ" or "INTERVAL" or "COUNT" or "UNTIL" or "BYDAY" or "WKST"))) throw Plain(rule);
        if (parts.TryGetValue("BYDAY", out var day) && (step % 7 > 0 || day != Days[(int)start.Local.DayOfWeek - 1])) throw Plain(rule);
        var offsets = Enumerable.Range(0, Most + 1).Select(i => i * step);
        if (parts.TryGetValue("COUNT", out var count)) return Bounded(offsets.Take(Number(count, rule)));
        if (!parts.TryGetValue("UNTIL", out var until))
        {
            throw new FormatException($"Line {rule.Number}: RRULE '{rule.Value}' repeats without end: give it COUNT or UNTIL.");
        }
        return Bounded(offsets.TakeWhile(days => IsBy(start, days, ShiftTime.Read(rule, until, start.Zone))));
    }

    private static Dictionary<string, string> Parts(ContentLine rule)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in rule.Value.ToUpperInvariant().Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2))
        {
            if (!parts.TryAdd(part[0].Trim(), part[1].Trim())) throw Plain(rule);
        }
        return parts;
    }

    private static bool IsBy(ShiftTime start, int days, ShiftTime until)
    {
        var local = start.Local.PlusDays(days);
        return until.IsDate ? local.Date <= until.Local.Date : start.Zone.Opening(local) <= until.Zone.Opening(until.Local);
    }

    private static List<int> Bounded(IEnumerable<int> offsets) =>
        offsets.ToList() is var all && all.Count <= Most ? all : throw new FormatException($"It repeats more than {Most} times.");

    private static int Number(string text, ContentLine rule) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 10_000
            ? number
            : throw Plain(rule);

    private static FormatException Plain(ContentLine rule) =>
        new($"Line {rule.Number}: RRULE '{rule.Value}' is more than FREQ=DAILY or WEEKLY with INTERVAL and COUNT or UNTIL.");
}
