using System.Collections.Immutable;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using NodaTime;
using Effect = Governance.Windows.V1.Reason.Types.Effect;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>What the gate says of a start now.</summary>
/// <param name="Refusals">Why it may not start; empty when it may.</param>
/// <param name="Places">The occurrences that it would start in.</param>
/// <param name="OccurrenceEnd">When the first of them ends; null in free time.</param>
internal sealed record GateAnswer(IReadOnlyList<Reason> Refusals, ImmutableArray<PlaceInWindow> Places, Instant? OccurrenceEnd);

/// <summary>Checks the calendar again at the moment of the start: MaintenanceWindows alone gates it.</summary>
internal static class StartGate
{
    public static GateAnswer Judge(CalendarSnapshot calendar, Booking booking, Instant now)
    {
        var (refusals, open) = (new List<Reason>(), new List<Reason>());
        var demand = booking.ToDemand() with { Reserve = Duration.Zero, Tail = Duration.Zero };
        foreach (var component in booking.Terms.Components)
        {
            var question = new ChangeQuestion(demand with { Components = [component] }, now, now) { BacksOut = booking.Terms.BacksOut };
            var answer = Verdicts.Check(calendar, question);
            if (booking.Terms.BacksOut.Length == 0) refusals.AddRange(Refusals(answer));
            if (Open(answer, booking) is { } window) open.Add(window);
        }

        return new(
            [.. refusals.DistinctBy(reason => (reason.Rule, reason.Resource))],
            [.. open.DistinctBy(reason => reason.Resource).Select(reason => new PlaceInWindow(reason.Resource, At(reason.From)))],
            open.Count == 0 ? null : open.Min(reason => At(reason.Until)));
    }

    private static IEnumerable<Reason> Refusals(CheckChangeResponse answer)
    {
        var busy = answer.Reasons.Where(reason => reason.Rule is "COMPONENT_BUSY" or "DEPENDENCY_BUSY");
        return answer.Verdict == CheckChangeResponse.Types.Verdict.Allowed
            ? busy
            : answer.Reasons.Where(reason => reason.Effect is Effect.Deny or Effect.RequireOverride or Effect.RequireApproval)
                .Concat(busy)
                .Distinct();
    }

    /// <summary>The booked window when it is open, else another one that is.</summary>
    private static Reason? Open(CheckChangeResponse answer, Booking booking)
    {
        var open = answer.Reasons.Where(reason => reason.Rule == "WINDOW_OPEN").ToList();
        return open.Find(reason => booking.Places.Any(place => place.Window == reason.Resource)) ?? open.FirstOrDefault();
    }

    private static Instant At(Google.Protobuf.WellKnownTypes.Timestamp time) => Instant.FromDateTimeUtc(time.ToDateTime());
}
