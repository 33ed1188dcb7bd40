using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.Ownership.Schedules;
using NodaTime;
using NodaTime.Text;
using Message = Governance.Ownership.V1.OnCallSchedule;
using Types = Governance.Ownership.V1.OnCallSchedule.Types;

namespace Governance.Ownership.Parties;

/// <summary>Between the messages, which were checked, and what is computed with.</summary>
internal static class ScheduleMapping
{
    /// <summary>The end of a day.</summary>
    public const string Midnight = "24:00";

    public static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public static readonly LocalDateTimePattern LocalStart = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>Who of a party is on duty when.</summary>
    /// <param name="party">Its terms.</param>
    /// <param name="holidays">Those of its calendar.</param>
    public static Roster ToRoster(this V1.Party party, HolidayDates holidays) =>
        new(party.ToHours(holidays), party.Schedule is null ? null : new OnCallSchedule(party.Schedule.ToTerms()));

    /// <summary>Null: not stated.</summary>
    public static SupportHours? ToHours(this V1.Party party, HolidayDates holidays) => party.SupportHours switch
    {
        null => null,
        { Always: true } => SupportHours.Always,
        var hours => new SupportHours(
            Zones.Get(hours.TimeZone),
            [.. hours.Weekly.Select(one => CivilRange.Between(ToDay(one.Day), Time(one.Opens), Time(one.Closes)))],
            holidays),
    };

    /// <summary>The zone that its people live by: of the support hours, else of the schedule, else UTC.</summary>
    public static DateTimeZone ZoneOf(this V1.Party party) => Zones.Get(
        party.SupportHours is { TimeZone.Length: > 0 } hours ? hours.TimeZone : party.Schedule is { TimeZone.Length: > 0 } schedule
            ? schedule.TimeZone
            : "UTC");

    public static ScheduleTerms ToTerms(this Message schedule) => new(
        Zones.Get(schedule.TimeZone),
        [.. schedule.Rotations.Select(ToRotation)],
        [.. schedule.Shifts.Select(one => new Shift(one.User, one.From.ToInstant(), one.Until.ToInstant()))],
        [.. schedule.Overrides.Select(one => new DutyOverride(one.User, one.From.ToInstant(), one.Until.ToInstant(), one.Reason))]);

    public static Message ToProto(this ScheduleTerms terms) => new()
    {
        TimeZone = terms.Zone.Id,
        Rotations = { terms.Rotations.Select(ToProto) },
        Shifts = { terms.Shifts
            .Select(one => new Types.Shift { User = one.User, From = one.From.ToTimestamp(), Until = one.Until.ToTimestamp() }) },
        Overrides = { terms.Overrides.Select(one =>
            new Types.Override { User = one.User, From = one.From.ToTimestamp(), Until = one.Until.ToTimestamp(), Reason = one.Reason }) },
    };

    private static Rotation ToRotation(Types.Rotation one) =>
        new(one.Id, [.. one.Members], LocalStart.Parse(one.Start).Value, new TurnLength(one.TurnLength, ToUnit(one.TurnUnit)))
        {
            Restrictions = [.. one.Restrictions.Select(ToRange)],
            From = one.From?.ToInstant(),
            Until = one.Until?.ToInstant(),
        };

    private static Types.Rotation ToProto(Rotation one) => new()
    {
        Id = one.Id,
        Members = { one.Members },
        Start = LocalStart.Format(one.Start),
        TurnLength = one.Turn.Count,
        TurnUnit = one.Turn.Unit switch
        {
            TurnUnit.Hours =>
            Types.TurnUnit.Hours,
            TurnUnit.Weeks => Types.TurnUnit.Weeks,
            _ => Types.TurnUnit.Days
        },
        Restrictions = { one.Restrictions.Select(ToProto) },
        From = one.From?.ToTimestamp(),
        Until = one.Until?.ToTimestamp(),
    };

    private static CivilRange ToRange(Types.Restriction one) => one.StartDay == V1.Weekday.Unspecified
        ? CivilRange.Between(IsoDayOfWeek.None, Time(one.Start), Time(one.End))
        : CivilRange.Across(
            ToDay(one.StartDay), Time(one.Start), ToDay(one.End == Midnight ? Next(one.EndDay) : one.EndDay), Time(one.End));

    private static Types.Restriction ToProto(CivilRange range)
    {
        var end = (new LocalDate(2001, 1, 1) + range.Start).PlusNanoseconds(range.Length.ToInt64Nanoseconds());
        var days = Period.DaysBetween(new LocalDate(2001, 1, 1), end.Date);
        return new Types.Restriction
        {
            StartDay = (V1.Weekday)range.Day,
            Start = TimeOfDay.Format(range.Start),
            EndDay = range.Day == IsoDayOfWeek.None ? V1.Weekday.Unspecified : (V1.Weekday)(((int)range.Day - 1 + days) % 7 + 1),
            End = TimeOfDay.Format(end.TimeOfDay),
        };
    }

    private static V1.Weekday Next(V1.Weekday day) => (V1.Weekday)((int)day % 7 + 1);

    private static IsoDayOfWeek ToDay(V1.Weekday day) => (IsoDayOfWeek)day;

    private static TurnUnit ToUnit(Types.TurnUnit unit) => unit switch
    {
        Types.TurnUnit.Hours => TurnUnit.Hours,
        Types.TurnUnit.Weeks => TurnUnit.Weeks,
        _ => TurnUnit.Days,
    };

    private static LocalTime Time(string text) => text == Midnight ? LocalTime.Midnight : TimeOfDay.Parse(text).Value;
}
