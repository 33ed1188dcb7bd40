using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>What is asked of stored recurrences, which were checked.</summary>
internal static class StoredRecurrence
{
    /// <summary>Stands for "no end".</summary>
    public static Instant Never { get; } = Instant.FromUtc(9998, 1, 1, 0, 0);

    public static RecurrenceSet Read(RecurrenceInput input) => RecurrenceSet.TryCreate(input, out var faults)
        ?? throw new InvalidOperationException($"A stored recurrence does not hold: {string.Join(" ", faults)}");

    /// <summary>The rule; null when there is none.</summary>
    public static RecurrenceRule? Rule(string recurrence) =>
        RecurrenceRule.TryParse(recurrence, out var rule, out _) ? rule : null;

    /// <summary>The last start of a recurrence that ends; null: endless.</summary>
    public static Instant? LastStart(this RecurrenceSet set, RecurrenceRule? rule) =>
        rule is { Count: null, Until: null } ? null : set.LastStartingAtOrBefore(Never)?.Start;
}
