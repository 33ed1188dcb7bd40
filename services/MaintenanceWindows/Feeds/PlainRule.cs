using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>
/// Tells the rules that calendar programs agree on. The others are read differently by at least one program in wide
/// use (by ical.js, say, BYWEEKNO, BYYEARDAY, BYSETPOS outside MONTHLY, a leap day): their times are written one by one.
/// </summary>
internal static class PlainRule
{
    /// <param name="rule">The rule.</param>
    /// <param name="start">Its first civil time: what the rule leaves open is taken from it.</param>
    public static bool IsReadAlike(RecurrenceRule rule, LocalDateTime start)
    {
        var oneTimeADay = rule.BySecond.IsEmpty && rule.ByMinute.IsEmpty && rule.ByHour.IsEmpty;
        if (!oneTimeADay || !rule.ByYearDay.IsEmpty || !rule.ByWeekNo.IsEmpty) return false;
        return rule.Frequency switch
        {
            Frequency.Daily => rule.ByMonth.IsEmpty && rule.ByMonthDay.IsEmpty && rule.BySetPos.IsEmpty,
            Frequency.Weekly => rule.BySetPos.IsEmpty,
            Frequency.Monthly => rule.ByMonth.IsEmpty && IsPlainMonth(rule, start),
            Frequency.Yearly => rule.BySetPos.IsEmpty && rule.ByMonthDay.IsEmpty && IsPlainYear(rule, start),
            _ => false,
        };
    }

    private static bool IsPlainMonth(RecurrenceRule rule, LocalDateTime start) =>
        rule.ByMonthDay.IsEmpty
            ? !rule.ByDay.IsEmpty || (rule.BySetPos.IsEmpty && start.Day <= 28)
            : rule.ByDay.IsEmpty && rule.BySetPos.IsEmpty;

    private static bool IsPlainYear(RecurrenceRule rule, LocalDateTime start) =>
        rule.ByDay.IsEmpty ? rule.ByMonth.IsEmpty && start.Day <= 28 : rule.ByMonth.Length == 1;
}
