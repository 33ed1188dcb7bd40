using System.Globalization;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>What may surprise about a rule as such, whatever range is previewed.</summary>
internal static class RuleLint
{
    private const int MostExdatesChecked = 200;

    public static IEnumerable<Finding> Check(RecurrenceSet set, PreviewRange range)
    {
        if (range.Cutoff > Duration.Zero && set.Length.Duration <= range.Cutoff)
        {
            yield return new Finding(FindingCodes.ShorterThanCutoff, $"Lasts {Texts.Of(set.Length.Duration)}, but nothing may start in "
                + $"its last {Texts.Of(range.Cutoff)}: nothing can ever start in it.");
        }
        foreach (var finding in UnmatchedExdates(set))
        {
            yield return finding;
        }
        if (set.RuleStarts is not { } starts)
        {
            yield break;
        }
        foreach (var finding in CheckStarts(set, starts).Concat(CheckParts(starts.Rule, set.Start)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckStarts(RecurrenceSet set, RuleStarts starts)
    {
        if (starts.FirstHeld is not { } held)
        {
            yield return new Finding(FindingCodes.NeverOccurs, NeverBecause(starts.Rule));
            yield break;
        }

        if (held != starts.First && !set.RDates.Contains(starts.First))
        {
            yield return new Finding(FindingCodes.StartNotInRule, $"The rule does not hold its own start, {Texts.Of(set.Start.Value)}; "
                + $"the first occurrence starts at {Instant.FromUnixTimeSeconds(held)}.", set.StartInstant);
        }
        if (!starts.ReachesCount)
        {
            yield return new Finding(FindingCodes.CountNotReached, $"The year 9999 ends before COUNT={starts.Rule.Count} is reached.");
        }
    }

    private static string NeverBecause(RecurrenceRule rule)
    {
        var limits = rule with { Frequency = rule.Frequency, Count = null, Interval = 1, WeekStart = IsoDayOfWeek.Monday };
        return rule.Until is { } until
            ? $"Never occurs: nothing matches {limits with { Until = null }} between the start and UNTIL={until.ToCompact()}."
            : $"Never occurs: no time matches "
                + $"{limits}{(rule.Interval > 1 ? $" at INTERVAL={rule.Interval.ToString(CultureInfo.InvariantCulture)}" : "")} from the "
                + "start to the year 9999.";
    }

    private static IEnumerable<Finding> CheckParts(RecurrenceRule rule, CivilTime start)
    {
        if (start.Form == CivilForm.Date && (rule.ByHour.Length | rule.ByMinute.Length | rule.BySecond.Length) != 0)
        {
            yield return new Finding(
                FindingCodes.TimesIgnored, "BYHOUR, BYMINUTE and BYSECOND mean nothing for a start that is a date; they are ignored.");
        }
        if (rule.Frequency == Frequency.Yearly
            && rule.ByMonth.IsEmpty
            && rule.ByWeekNo.IsEmpty
            && rule.ByYearDay.IsEmpty
            && !rule.ByMonthDay.IsEmpty
            && rule.ByDay.IsEmpty)
        {
            yield return new Finding(
                FindingCodes.EveryMonth, "BYMONTHDAY without BYMONTH means that day of every month, in FREQ=YEARLY too.");
        }
        var inMonths = rule.Frequency == Frequency.Monthly || (rule.Frequency == Frequency.Yearly && !rule.ByMonth.IsEmpty);
        foreach (var day in rule.ByDay.Where(day => inMonths && Math.Abs(day.Ordinal) == 5))
        {
            yield return new Finding(
                FindingCodes.FifthWeekdayMissing, $"BYDAY={day}: most months have no fifth {day.Day}; nothing is held in those.");
        }
        foreach (var day in rule.ByDay.Where(day => !inMonths && Math.Abs(day.Ordinal) == 53))
        {
            yield return new Finding(
                FindingCodes.DayMissingInYear, $"BYDAY={day}: most years have no 53rd {day.Day}; nothing is held in those.");
        }
        foreach (var day in rule.ByYearDay.Where(day => Math.Abs(day) == 366))
        {
            yield return new Finding(FindingCodes.DayMissingInYear, $"BYYEARDAY={day}: only leap years have 366 days.");
        }
        foreach (var week in rule.ByWeekNo.Where(week => Math.Abs(week) == 53))
        {
            yield return new Finding(
                FindingCodes.WeekMissingInYear, $"BYWEEKNO={week}: most years have 52 weeks; nothing is held in those.");
        }
        foreach (var finding in CheckMonthDays(rule, start))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckMonthDays(RecurrenceRule rule, CivilTime start)
    {
        var implied = rule.ByMonthDay.IsEmpty;
        if (implied && (rule.Frequency < Frequency.Monthly || !rule.ByDay.IsEmpty || !rule.ByYearDay.IsEmpty || !rule.ByWeekNo.IsEmpty))
        {
            yield break;
        }
        int[] months = !rule.ByMonth.IsEmpty ? [.. rule.ByMonth] : implied && rule.Frequency == Frequency.Yearly
            ? [start.Value.Month]
            : [.. Enumerable.Range(1, 12)];
        foreach (var day in implied ? [start.Value.Day] : rule.ByMonthDay.AsEnumerable())
        {
            var text = implied ? $"The start's day, {day}," : $"BYMONTHDAY={day}";
            if (months is [2] && Math.Abs(day) == 29)
            {
                yield return new Finding(
                    FindingCodes.LeapDay, $"{text} means 29 February (or the first of a February of 29 days): leap years only.");
            }
            else if (months.Any(month => CalendarMath.DaysInMonth(false, month) < Math.Abs(day)))
            {
                yield return new Finding(FindingCodes.DayMissingInMonth, $"{text} is missing in shorter months; nothing is held in those.");
            }
        }
    }

    // A date that excepts nothing is most often a typing mistake, and the occurrence that it meant is still held.
    private static IEnumerable<Finding> UnmatchedExdates(RecurrenceSet set)
    {
        var unmatched = set.ExDates.Take(MostExdatesChecked).Where(date => !Holds(set, date)).ToList();
        if (unmatched.Count > 0)
        {
            var first = Instant.FromUnixTimeSeconds(unmatched[0]);
            yield return new Finding(
                FindingCodes.ExdateMatchesNothing,
                $"The exdate {Texts.Of(first.InZone(set.Rules.Zone).LocalDateTime)} excepts nothing: no occurrence starts then.",
                first,
                unmatched.Count);
        }
    }

    private static bool Holds(RecurrenceSet set, long unix)
    {
        if (set.RDates.Contains(unix))
        {
            return true;
        }
        var walk = set.RuleStarts?.Between(unix, unix) ?? StartWalk.Empty;
        while (walk.MoveNext())
        {
            if (walk.Current == unix)
            {
                return true;
            }
        }

        return false;
    }
}
