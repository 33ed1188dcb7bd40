using System.Text.Json;
using NodaTime;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>Reads one layer. A turn of whole days keeps its local handover time, as it does in PagerDuty.</summary>
internal static class PagerDutyLayer
{
    private const int SecondsPerDay = 86_400;

    private const int MostTurns = 1000;

    /// <exception cref="FormatException">It cannot be taken, and why.</exception>
    public static Rotation Read(JsonElement layer, string id, DateTimeZone zone, PagerDutyPeople people)
    {
        var members = PagerDutyJson.Array(layer, "users") is { } users ? users.EnumerateArray().Select(people.Add).ToList() : [];
        if (members.Count == 0) throw new FormatException("Has no users.");
        var start = PagerDutyJson.Instant(layer, "start");
        var anchor = PagerDutyJson.Instant(layer, "rotation_virtual_start")
            ?? start
            ?? throw new FormatException("Has neither rotation_virtual_start nor start.");
        return new Rotation(id, members, zone.LocalOf(anchor), TurnOf(PagerDutyJson.Number(layer, "rotation_turn_length_seconds")))
        {
            From = start > anchor ? start : null,
            Until = PagerDutyJson.Instant(layer, "end"),
            Restrictions = PagerDutyJson.Array(layer, "restrictions") is { } all ? [.. all.EnumerateArray().Select(Restriction)] : [],
        };
    }

    private static TurnLength TurnOf(long seconds)
    {
        var turn = seconds switch
        {
            > 0 when seconds % (SecondsPerDay * 7) == 0 => new TurnLength((int)(seconds / (SecondsPerDay * 7)), TurnUnit.Weeks),
            > 0 when seconds % SecondsPerDay == 0 => new TurnLength((int)(seconds / SecondsPerDay), TurnUnit.Days),
            > 0 when seconds % 3600 == 0 => new TurnLength((int)(seconds / 3600), TurnUnit.Hours),
            _ => throw new FormatException($"A rotation_turn_length_seconds of {seconds} is no number of whole hours."),
        };
        return turn.Count <= MostTurns ? turn : throw new FormatException($"Turns of {turn} are longer than {MostTurns}.");
    }

    private static CivilRange Restriction(JsonElement restriction)
    {
        var type = PagerDutyJson.Text(restriction, "type");
        var (start, seconds) =
            (PagerDutyJson.Time(restriction, "start_time_of_day"), PagerDutyJson.Number(restriction, "duration_seconds"));
        var (day, most) = type switch
        {
            "daily_restriction" => (IsoDayOfWeek.None, SecondsPerDay),
            "weekly_restriction" => (Day(PagerDutyJson.Number(restriction, "start_day_of_week")), SecondsPerDay * 7),
            _ => throw new FormatException($"Restriction type '{type}' is neither daily_restriction nor weekly_restriction."),
        };
        if (seconds <= 0 || seconds > most || seconds % 60 > 0)
        {
            throw new FormatException($"A duration_seconds of {seconds} is no number of whole minutes up to {most} seconds.");
        }
        return new CivilRange(day, start, Duration.FromSeconds(seconds));
    }

    private static IsoDayOfWeek Day(long number) =>
        number is >= 1 and <= 7
            ? (IsoDayOfWeek)number
            : throw new FormatException($"A start_day_of_week of {number} is not 1 (Monday) to 7.");
}
