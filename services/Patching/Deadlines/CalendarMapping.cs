using System.Globalization;
using Governance.BuildingBlocks.Calendars;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Deadlines;

/// <summary>Calendars as messages.</summary>
internal static class CalendarMapping
{
    public static Proto.Calendar ToProto(this WorkCalendar calendar) => new()
    {
        Name = calendar.Name,
        DisplayName = calendar.Terms.DisplayName,
        Source = calendar.Terms.Source,
        TimeZone = calendar.Terms.TimeZone,
        WorkingDays = { calendar.Terms.WorkingDays.Select(day =>
            day == DayOfWeek.Sunday ? Proto.Calendar.Types.Weekday.Sunday : (Proto.Calendar.Types.Weekday)day) },
        Opens = calendar.Terms.Opens?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "",
        Closes = calendar.Terms.Closes?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "",
        Holidays = { calendar.Terms.Holidays.Select(ToProto) },
        Preset = calendar.IsPreset,
        Etag = calendar.Etag,
    };

    public static Proto.SkippedDay ToProto(
        this SkippedDay day) => new() { Date = day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Reason = day.Reason };

    private static Proto.Holiday ToProto(Holiday holiday)
    {
        var (date, yearly) = holiday.Texts();
        return new Proto.Holiday { Date = date, Yearly = yearly, Name = holiday.Name };
    }
}
