using System.Globalization;
using Governance.BuildingBlocks.Errors;

namespace Governance.BuildingBlocks.Calendars;

/// <summary>Holidays as requests and files write them: a date `2026-04-03`, or a yearly day `12-25`.</summary>
public static class HolidayFields
{
    /// <summary>The most dates that a calendar may hold.</summary>
    public const int MostDates = 1000;

    /// <summary>Fewer than the days of one weekday take to be all holidays, so that a business day always comes.</summary>
    public const int MostYearly = 200;

    /// <summary>The holiday; meaningless once <paramref name="faults"/> has any.</summary>
    /// <param name="faults">Collects.</param>
    /// <param name="date">That day of one year; empty when it is yearly.</param>
    /// <param name="yearly">That day of every year; empty when it has a date.</param>
    /// <param name="name">What it is.</param>
    /// <param name="field">The holiday's path.</param>
    public static Holiday Holiday(this FieldFaults faults, string date, string yearly, string name, string field)
    {
        faults.Required(name, $"{field}.name").Length(name, 100, $"{field}.name");
        faults.Check(date.Length > 0 != yearly.Length > 0, field, "Exactly one of date and yearly is required.");
        var holiday = Parse(date, yearly, name);
        var isYearly = yearly.Length > 0;
        faults.Check(
            holiday is not null || (date + yearly).Length == 0, isYearly ? $"{field}.yearly" : $"{field}.date",
            isYearly ? $"'{yearly}' is no day as 12-25." : $"'{date}' is no date as 2026-12-25.");
        return holiday ?? new Holiday(default, isYearly, name);
    }

    /// <summary>Adds a fault when there are too many.</summary>
    public static void HolidayCount(this FieldFaults faults, IReadOnlyCollection<Holiday> holidays, string field)
    {
        faults.Check(
            holidays.Count(one => one.IsYearly) <= MostYearly, field, $"At most {MostYearly} yearly days are allowed.", "TOO_MANY");
        faults.Check(holidays.Count(one => !one.IsYearly) <= MostDates, field, $"At most {MostDates} dates are allowed.", "TOO_MANY");
    }

    /// <summary>A holiday as requests write it.</summary>
    public static (string Date, string Yearly) Texts(this Holiday holiday) => holiday.IsYearly
        ? ("", holiday.Day.ToString("MM-dd", CultureInfo.InvariantCulture))
        : (holiday.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "");

    internal static Holiday? Parse(string date, string yearly, string name)
    {
        var text = yearly.Length > 0 ? $"2000-{yearly}" : date;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new Holiday(day, yearly.Length > 0, name)
            : null;
    }
}
