using Governance.Common.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>
/// What would open a slot where there is none, cheapest first. Each is tried on the calendar: it is named only when it
/// helps alone.
/// </summary>
internal static class Remedies
{
    public static IReadOnlyList<Remedy> For(CalendarSnapshot calendar, SlotQuestion question)
    {
        var remedies = new List<Remedy>();
        AddWindow(calendar, question, remedies);
        OverrideFreeze(calendar, question, remedies);
        RaiseCapacity(calendar, question, remedies);
        ExceptionUntil(calendar, question, remedies);
        return remedies;
    }

    private static void AddWindow(CalendarSnapshot calendar, SlotQuestion question, List<Remedy> remedies)
    {
        if (Search(calendar, question).Primary is not { } asking) return;
        if (Search(calendar, question, Relaxation.Windows).First(question.Starts) is not { } first) return;
        Add(remedies, "ADD_WINDOW", asking.Component, first.Start, $"One more window of {LocalTimes.Say(question.Demand.Footprint)} for "
            + $"{asking.Component} in {asking.Environment}, from {LocalTimes.Say(first.Start, Zone(asking))} on.");
    }

    private static void OverrideFreeze(CalendarSnapshot calendar, SlotQuestion question, List<Remedy> remedies)
    {
        var search = Search(calendar, question, Relaxation.OverridableFreezes);
        if (search.First(question.Starts) is not { } first) return;
        var blocks = new List<Block>();
        var start = new TimeRange(first.Start, first.Start + Duration.Epsilon);
        var obstacles = new Obstacles(calendar, question.Demand, question.Now);
        foreach (var subject in search.Subjects) obstacles.Freezes(subject, start, blocks);
        obstacles.EarlierStages(search.Subjects, start, blocks);
        foreach (var freeze in blocks.Select(block => block.Resource).Distinct())
        {
            Add(
                remedies,
                "OVERRIDE_FREEZE",
                freeze,
                first.Start,
                $"An override of {freeze} for this change, for a start on {LocalTimes.Say(first.Start, first.Place.Zone)}.");
        }
    }

    private static void RaiseCapacity(CalendarSnapshot calendar, SlotQuestion question, List<Remedy> remedies)
    {
        if (Search(calendar, question, Relaxation.Capacity).First(question.Starts) is not { Place.Window: { } window } first) return;
        Add(
            remedies,
            "RAISE_CAPACITY",
            window.Name,
            first.Start,
            $"Room for one more change at once in {window.Name}, on {LocalTimes.Say(first.Start, window.Zone)}.");
    }

    private static void ExceptionUntil(CalendarSnapshot calendar, SlotQuestion question, List<Remedy> remedies)
    {
        if (Search(calendar, question).First(question.LaterStarts) is not { } first) return;
        Add(remedies, "EXCEPTION_UNTIL", "", first.Start, $"An exception or a later deadline: the next slot begins on "
            + $"{LocalTimes.Say(first.Start, first.Place.Zone)} and ends {LocalTimes.Say(question.Demand.Work)} later.");
    }

    private static SlotSearch Search(CalendarSnapshot calendar, SlotQuestion question, Relaxation relaxation = default) =>
        new(calendar, question.Demand, question.Now, books: true, relaxation);

    private static void Add(List<Remedy> remedies, string action, string resource, Instant first, string detail) =>
        remedies.Add(new Remedy { Action = action, Resource = resource, Detail = detail, FirstSlotTime = LocalTimes.Stamp(first) });

    private static DateTimeZone Zone(Subject asking) => asking.Windows.Length > 0 ? asking.Windows[0].Zone : DateTimeZone.Utc;
}
