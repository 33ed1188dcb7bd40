using Governance.BuildingBlocks.Errors;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using NodaTime;
using Effect = Governance.Windows.V1.Reason.Types.Effect;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>A slot, or why there is none and what would help.</summary>
internal sealed record Placement(FoundSlot? Slot, IReadOnlyList<Reason> Reasons, IReadOnlyList<Remedy> Remedies);

/// <summary>Finds the slot for one booking: greedily, the best one that there is.</summary>
internal static class BookingPlacement
{
    /// <summary>The best slot before the deadline, or exactly at an instant.</summary>
    /// <param name="calendar">The calendar as the write sees it.</param>
    /// <param name="booking">The booking; it is not in its own way.</param>
    /// <param name="now">Now.</param>
    /// <param name="exactly">The wanted start; null takes the best.</param>
    /// <param name="relaxation"><see cref="Relaxation.Notice"/> to look at a start that is kept.</param>
    public static Placement Find(
        CalendarSnapshot calendar, Booking booking, Instant now, Instant? exactly = null, Relaxation relaxation = default)
    {
        var demand = booking.ToDemand();
        var from = exactly ?? booking.Terms.NotBefore ?? now;
        var deadline = exactly + demand.Work ?? booking.Terms.Deadline ?? from.Later(Verdicts.Horizon);
        var answer = SlotFinder.Find(calendar, new(demand, from, deadline, now) { MaxSlots = 1, Relaxation = relaxation });
        if (answer.Slots.Count > 0) return new(answer.Slots[0], [], []);
        var reasons = exactly is { } start ? Fit.Against(calendar, demand, start, now, relaxation) : [.. answer.NearMisses.Select(Reason)];
        return new(null, reasons, answer.Remedies);
    }

    /// <summary>The refusal of a call: the first reason's rule, with what it is about as a fact.</summary>
    public static RuleViolation Refusal(string change, Placement placement)
    {
        var first = placement.Reasons.Count > 0 ? placement.Reasons[0] : new Reason { Rule = "NO_SLOT", Detail = "There is no slot." };
        return new(
            first.Rule, $"{change} has no slot: {first.Detail}", [.. Facts(placement.Reasons)])
        { Details = [.. placement.Remedies] };
    }

    /// <summary>What reasons are about, <c>("freeze", "freezes/peak")</c>: the first of each collection.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(IEnumerable<Reason> reasons) => reasons
        .Where(reason => reason.Resource.Contains('/', StringComparison.Ordinal))
        .DistinctBy(reason => reason.Resource[..reason.Resource.IndexOf('/', StringComparison.Ordinal)])
        .Select(reason => (Singular(reason.Resource), reason.Resource));

    private static string Singular(string resource) => resource.Split('/')[0] switch
    {
        "parties" => "party",
        "changePolicies" => "changePolicy",
        var collection => collection.TrimEnd('s'),
    };

    private static Reason Reason(NearMiss miss) => new()
    {
        Rule = miss.Constraint,
        Effect = Effect.Deny,
        Detail = miss.Detail,
        From = miss.Start,
        Until = miss.End,
        Resource = miss.Resource,
    };
}
