using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Schedule = Governance.Ownership.V1.OnCallSchedule;
using Types = Governance.Ownership.V1.OnCallSchedule.Types;

namespace Governance.Ownership.Parties;

/// <summary>Checks support hours and schedules of requests.</summary>
internal static class ScheduleFields
{
    public const int MostShifts = 5000;
    private const int MostTurns = 1000;

    public static void SupportHours(this FieldFaults faults, V1.SupportHours hours, string field)
    {
        if (hours.Always)
        {
            faults.Check(
                hours.TimeZone.Length + hours.Weekly.Count + hours.HolidayCalendar.Length == 0, field,
                "Is always open: time_zone, weekly and holiday_calendar must be empty.", "CONTRADICTION");
            return;
        }

        faults.Zone(hours.TimeZone, $"{field}.time_zone");
        faults.Check(hours.Weekly.Count > 0, $"{field}.weekly", "Needs at least one entry, or always.", "REQUIRED");
        faults.Count(hours.Weekly, 100, $"{field}.weekly");
        for (var i = 0; i < hours.Weekly.Count; i++)
        {
            faults.Day(hours.Weekly[i].Day, $"{field}.weekly[{i}].day");
            faults.Time(hours.Weekly[i].Opens, $"{field}.weekly[{i}].opens");
            faults.Time(hours.Weekly[i].Closes, $"{field}.weekly[{i}].closes", isEnd: true);
        }

        faults.OptionalName(hours.HolidayCalendar, "holidayCalendars", $"{field}.holiday_calendar");
    }

    public static void Schedule(this FieldFaults faults, Schedule schedule, string field)
    {
        faults.Zone(schedule.TimeZone, $"{field}.time_zone");
        faults.Count(schedule.Rotations, 50, $"{field}.rotations");
        faults.Count(schedule.Shifts, MostShifts, $"{field}.shifts");
        faults.Count(schedule.Overrides, 1000, $"{field}.overrides");
        for (var i = 0; i < schedule.Rotations.Count; i++) faults.Rotation(schedule.Rotations[i], $"{field}.rotations[{i}]");
        if (schedule.Rotations.GroupBy(one => one.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            faults.Add($"{field}.rotations", $"Two have the id '{twice.Key}'.", "DUPLICATE");
        }
        for (var i = 0; i < schedule.Shifts.Count; i++)
        {
            faults.Name(schedule.Shifts[i].User, "users", $"{field}.shifts[{i}].user");
            faults.Span(schedule.Shifts[i].From, schedule.Shifts[i].Until, $"{field}.shifts[{i}]");
        }

        for (var i = 0; i < schedule.Overrides.Count; i++)
        {
            faults.OptionalName(schedule.Overrides[i].User, "users", $"{field}.overrides[{i}].user");
            faults.Span(schedule.Overrides[i].From, schedule.Overrides[i].Until, $"{field}.overrides[{i}]");
            faults.Length(schedule.Overrides[i].Reason, 500, $"{field}.overrides[{i}].reason");
        }
    }

    private static void Rotation(this FieldFaults faults, Types.Rotation rotation, string field)
    {
        faults.Slug(rotation.Id, $"{field}.id");
        faults.Check(rotation.Members.Count > 0, $"{field}.members", "At least one is required.", "REQUIRED");
        faults.Count(rotation.Members, 200, $"{field}.members");
        for (var i = 0; i < rotation.Members.Count; i++) faults.Name(rotation.Members[i], "users", $"{field}.members[{i}]");
        faults.Check(
            ScheduleMapping.LocalStart.Parse(rotation.Start) is { Success: true, Value.Year: >= 1970 and < 9000 }, $"{field}.start",
            $"'{rotation.Start}' is no local time as 2026-01-05T09:00.", "INVALID_TIME");
        faults.Check(
            rotation.TurnLength is > 0 and <= MostTurns,
            $"{field}.turn_length",
            $"Is {rotation.TurnLength}; from 1 to {MostTurns} is possible.",
            "OUT_OF_RANGE");
        faults.Check(Enum.IsDefined(rotation.TurnUnit), $"{field}.turn_unit", "Is none of HOURS, DAYS and WEEKS.", "UNKNOWN_VALUE");
        faults.Count(rotation.Restrictions, 50, $"{field}.restrictions");
        for (var i = 0; i < rotation.Restrictions.Count; i++) faults.Restriction(rotation.Restrictions[i], $"{field}.restrictions[{i}]");
        var (from, until) = (faults.Moment(rotation.From, $"{field}.from"), faults.Moment(rotation.Until, $"{field}.until"));
        faults.Check(from is null || until is null || from < until, $"{field}.until", "Is not after from.", "ENDS_BEFORE_START");
    }

    private static void Restriction(this FieldFaults faults, Types.Restriction one, string field)
    {
        faults.Check(
            (one.StartDay == V1.Weekday.Unspecified) == (one.EndDay == V1.Weekday.Unspecified), $"{field}.end_day",
            "Is set together with start_day.", "REQUIRED");
        if (one.StartDay != V1.Weekday.Unspecified) faults.Day(one.StartDay, $"{field}.start_day");
        if (one.EndDay != V1.Weekday.Unspecified) faults.Day(one.EndDay, $"{field}.end_day");
        faults.Time(one.Start, $"{field}.start");
        faults.Time(one.End, $"{field}.end", isEnd: true);
    }

    private static void Span(
        this FieldFaults faults,
        Google.Protobuf.WellKnownTypes.Timestamp? from,
        Google.Protobuf.WellKnownTypes.Timestamp? until,
        string field)
    {
        faults.Required(from, $"{field}.from").Required(until, $"{field}.until");
        var (start, end) = (faults.Moment(from, $"{field}.from"), faults.Moment(until, $"{field}.until"));
        faults.Check(start is null || end is null || start < end, $"{field}.until", "Is not after from.", "ENDS_BEFORE_START");
    }

    private static void Day(this FieldFaults faults, V1.Weekday day, string field) =>
        faults.Check(day is >= V1.Weekday.Monday and <= V1.Weekday.Sunday, field, "Is no day of the week.", "REQUIRED");

    private static void Time(this FieldFaults faults, string text, string field, bool isEnd = false) =>
        faults.Check(
            (isEnd && text == ScheduleMapping.Midnight) || ScheduleMapping.TimeOfDay.Parse(text).Success, field,
            $"'{text}' is no time of day as 09:00.", "INVALID_TIME");
}
