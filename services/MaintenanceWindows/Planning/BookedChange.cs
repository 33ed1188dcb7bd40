using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>A confirmed or started booking as the calendar sees it.</summary>
internal sealed record BookedChange
{
    /// <summary>`bookings/…`.</summary>
    public required string Name { get; init; }

    public required ImmutableArray<string> Components { get; init; }

    public required string Environment { get; init; }

    /// <summary>The planned start, the actual one once it started.</summary>
    public required Instant Start { get; init; }

    /// <summary>The planned end with the back-out reserve, exclusive.</summary>
    public required Instant BusyUntil { get; init; }

    /// <summary>`rollouts/…/stages/…` or an outside reference.</summary>
    public string Change { get; init; } = "";

    /// <summary>The occurrences that it takes a place in: one when one window covers all its components.</summary>
    public ImmutableArray<PlaceInWindow> Places { get; init; } = [];

    /// <summary>`parties/…`, `users/…` or empty.</summary>
    public string Implementer { get; init; } = "";

    /// <summary>Nothing else runs in its occurrences.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Started and not ended.</summary>
    public bool Running { get; init; }

    /// <summary>`rollouts/…` when it is a stage of one, else empty.</summary>
    public string Rollout => RolloutOf(Change);

    /// <summary>
    /// Until when it is in the way. One that is overdue is taken to need a quarter of an hour more, since it is
    /// certainly not over.
    /// </summary>
    public Instant InTheWayUntil(Instant now) =>
        Running && BusyUntil < now + Overdue ? Max(BusyUntil, now + Overdue) : BusyUntil;

    public static string RolloutOf(string change)
    {
        var stages = change.IndexOf("/stages/", StringComparison.Ordinal);
        return stages > 0 && change.StartsWith("rollouts/", StringComparison.Ordinal) ? change[..stages] : "";
    }

    private static Duration Overdue { get; } = Duration.FromMinutes(15);

    private static Instant Max(Instant a, Instant b) => a > b ? a : b;
}

/// <summary>A place in one occurrence of a window.</summary>
internal readonly record struct PlaceInWindow(string Window, Instant OccurrenceStart);
