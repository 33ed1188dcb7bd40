using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Shouldly;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

/// <summary>Short ways to write a recurrence in a test and to read its answer.</summary>
internal static class Recurring
{
    public static RecurrenceSet Set(
        string rule, string start, string zone = "", GapPolicy gap = GapPolicy.Shift, OverlapPolicy overlap = OverlapPolicy.First) =>
        Set(new RecurrenceInput { Recurrence = rule, Start = start, TimeZone = zone, GapPolicy = gap, OverlapPolicy = overlap });

    public static RecurrenceSet Set(RecurrenceInput input)
    {
        var set = RecurrenceSet.TryCreate(input, out var faults);
        faults.ShouldBeEmpty();
        return set.ShouldNotBeNull();
    }

    public static IReadOnlyList<InputFault> Refused(RecurrenceInput input)
    {
        RecurrenceSet.TryCreate(input, out var faults).ShouldBeNull();
        return faults;
    }

    /// <summary>The first starts, in unix seconds.</summary>
    public static List<long> Starts(this RecurrenceSet set, int most, long from = CalendarMath.FirstSecond)
    {
        var found = new List<long>();
        for (var walk = set.Between(from, CalendarMath.LastSecond); found.Count < most && walk.MoveNext();)
        {
            found.Add(walk.StartSeconds);
        }
        return found;
    }

    /// <summary>The first starts by the clock of the set's zone, as <c>03-29 02:30</c>.</summary>
    public static string Clock(this RecurrenceSet set, int most) => string.Join(", ", set.Starts(most)
        .Select(unix => Instant.FromUnixTimeSeconds(unix).InZone(set.Rules.Zone).ToString("MM-dd HH:mm", null)));

    public static string Utc(long unix) => new CivilTime(Moments.ToLocal(unix), CivilForm.Utc).ToCompact();

    public static Instant At(string instant) => NodaTime.Text.InstantPattern.General.Parse(instant).Value;
}
