using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Writes a rule as canonical RRULE text, without the property name.</summary>
internal static class RuleText
{
    public static string Format(RecurrenceRule rule)
    {
        var text = new StringBuilder("FREQ=").Append(rule.Frequency.ToString().ToUpperInvariant());
        if (rule.Until is { } until)
        {
            text.Append(";UNTIL=").Append(until.ToCompact());
        }
        if (rule.Count is { } count)
        {
            text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        }
        if (rule.Interval != 1)
        {
            text.Append(CultureInfo.InvariantCulture, $";INTERVAL={rule.Interval}");
        }
        Append(text, "BYSECOND", rule.BySecond);
        Append(text, "BYMINUTE", rule.ByMinute);
        Append(text, "BYHOUR", rule.ByHour);
        Append(text, "BYDAY", rule.ByDay);
        Append(text, "BYMONTHDAY", rule.ByMonthDay);
        Append(text, "BYYEARDAY", rule.ByYearDay);
        Append(text, "BYWEEKNO", rule.ByWeekNo);
        Append(text, "BYMONTH", rule.ByMonth);
        Append(text, "BYSETPOS", rule.BySetPos);
        if (rule.WeekStart != IsoDayOfWeek.Monday)
        {
            text.Append(";WKST=").Append(WeekdayOrdinal.Code(rule.WeekStart));
        }
        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, string part, ImmutableArray<T> values)
    {
        if (!values.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $";{part}={string.Join(',', values)}");
        }
    }
}
