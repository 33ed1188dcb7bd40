using System.Globalization;
using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Errors;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Calendars;

/// <summary>Reads a calendar out of a request.</summary>
internal static class CalendarFields
{
    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static BusinessCalendar Calendar(this FieldFaults faults, Proto.Calendar calendar)
    {
        faults.Required(calendar.DisplayName, "calendar.display_name").Length(calendar.DisplayName, 200, "calendar.display_name");
        faults.Length(calendar.Source, 2000, "calendar.source");
        faults.Check(
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(calendar.TimeZone) is not null, "calendar.time_zone",
            $"'{calendar.TimeZone}' is no zone of the IANA database {DateTimeZoneProviders.Tzdb.VersionId}, as Europe/Berlin "
                + "is.", "UNKNOWN_ZONE");
        var working = calendar.WorkingDays.Distinct()
            .Where(day => day is >= Proto.Calendar.Types.Weekday.Monday and <= Proto.Calendar.Types.Weekday.Sunday)
            .ToList();
        faults.Check(working.Count > 0, "calendar.working_days", "At least one day of the week is required.", "REQUIRED");
        faults.Check(
            working.Count == calendar.WorkingDays.Count, "calendar.working_days", "Each must be a day of the week, and none twice.");
        var holidays = calendar.Holidays
            .Select((holiday, i) => faults.Holiday(holiday.Date, holiday.Yearly, holiday.Name, $"calendar.holidays[{i}]"))
            .ToList();
        faults.HolidayCount(holidays, "calendar.holidays");
        var (opens, closes) = (faults.TimeOfDay(calendar.Opens, "calendar.opens"), faults.TimeOfDay(calendar.Closes, "calendar.closes"));
        faults.Check(calendar.Opens.Length > 0 == calendar.Closes.Length > 0, "calendar.closes", "Is set together with opens.");
        faults.Check(!(closes <= opens), "calendar.closes", "Must be later than opens.");
        return new BusinessCalendar(calendar.DisplayName, calendar.Source, calendar.TimeZone, working.ConvertAll(ToDay), holidays)
        {
            Opens = opens,
            Closes = closes,
        };
    }

    private static DayOfWeek ToDay(Proto.Calendar.Types.Weekday day) => (DayOfWeek)((int)day % 7);

    private static TimeOnly? TimeOfDay(this FieldFaults faults, string text, string field)
    {
        if (text.Length == 0) return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        faults.Add(field, $"'{text}' is no time of day as 09:00.");
        return null;
    }
}
