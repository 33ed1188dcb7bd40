using System.Globalization;
using Governance.BuildingBlocks.Errors;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Calendars;

/// <summary>Reads a calendar out of a request.</summary>
internal static class CalendarFields
{
    private const int MostDates = 1000;

    /// <summary>Fewer than the days of one weekday take to be all holidays, so that a business day always comes.</summary>
    private const int MostYearly = 200;

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static BusinessCalendar Calendar(this FieldFaults faults, Proto.Calendar calendar)
    {
        faults.Required(calendar.DisplayName, "calendar.display_name").Length(calendar.DisplayName, 200, "calendar.display_name");
        faults.Length(calendar.Source, 2000, "calendar.source");
        faults.Check(
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(calendar.TimeZone) is not null, "calendar.time_zone",
            $"'{calendar.TimeZone}' is no zone of the IANA database {DateTimeZoneProviders.Tzdb.VersionId}, as Europe/Berlin is.", "UNKNOWN_ZONE");
        var working = calendar.WorkingDays.Distinct().Where(day => day is >= Proto.Calendar.Types.Weekday.Monday and <= Proto.Calendar.Types.Weekday.Sunday).ToList();
        faults.Check(working.Count > 0, "calendar.working_days", "At least one day of the week is required.", "REQUIRED");
        faults.Check(working.Count == calendar.WorkingDays.Count, "calendar.working_days", "Each must be a day of the week, and none twice.");
        var holidays = calendar.Holidays.Select((holiday, i) => faults.Holiday(holiday, $"calendar.holidays[{i}]")).ToList();
        faults.Check(holidays.Count(one => one.IsYearly) <= MostYearly, "calendar.holidays", $"At most {MostYearly} yearly days are allowed.", "TOO_MANY");
        faults.Check(holidays.Count(one => !one.IsYearly) <= MostDates, "calendar.holidays", $"At most {MostDates} dates are allowed.", "TOO_MANY");
        var (opens, closes) = (faults.TimeOfDay(calendar.Opens, "calendar.opens"), faults.TimeOfDay(calendar.Closes, "calendar.closes"));
        faults.Check(calendar.Opens.Length > 0 == calendar.Closes.Length > 0, "calendar.closes", "Is set together with opens.");
        faults.Check(!(closes <= opens), "calendar.closes", "Must be later than opens.");
        return new BusinessCalendar(calendar.DisplayName, calendar.Source, calendar.TimeZone, working.ConvertAll(ToDay), holidays) { Opens = opens, Closes = closes };
    }

    private static DayOfWeek ToDay(Proto.Calendar.Types.Weekday day) => (DayOfWeek)((int)day % 7);

    private static Holiday Holiday(this FieldFaults faults, Proto.Holiday holiday, string field)
    {
        faults.Required(holiday.Name, $"{field}.name").Length(holiday.Name, 100, $"{field}.name");
        faults.Check(holiday.Date.Length > 0 != holiday.Yearly.Length > 0, field, "Exactly one of date and yearly is required.");
        var isYearly = holiday.Yearly.Length > 0;
        var text = isYearly ? $"2000-{holiday.Yearly}" : holiday.Date;
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        faults.Check(
            isDay || text.Length == 0, isYearly ? $"{field}.yearly" : $"{field}.date",
            isYearly ? $"'{holiday.Yearly}' is no day as 12-25." : $"'{holiday.Date}' is no date as 2026-12-25.");
        return new Holiday(day, isYearly, holiday.Name);
    }

    private static TimeOnly? TimeOfDay(this FieldFaults faults, string text, string field)
    {
        if (text.Length == 0) return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        faults.Add(field, $"'{text}' is no time of day as 09:00.");
        return null;
    }
}
