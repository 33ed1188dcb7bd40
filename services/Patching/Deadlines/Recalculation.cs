namespace Governance.Patching.Deadlines;

/// <summary>What becomes of a due date when what it follows from changes. docs/deadlines.md has the table.</summary>
internal enum Recalculation
{
    Recalculate,
    Keep,
    Earliest,
    EarliestIfRaised,
}

/// <summary>What made a deadline be looked at again; several at once are possible, and none.</summary>
[Flags]
internal enum DueCauses
{
    None = 0,

    /// <summary>A fact got worse.</summary>
    Raised = 1,

    /// <summary>A fact got better.</summary>
    Lowered = 2,

    /// <summary>Another policy is in force, or the one in force or its calendars changed.</summary>
    Policy = 4,
}

internal static class Recalculations
{
    /// <summary>Whether a due date gives way to what the policy decides now.</summary>
    /// <param name="setting">The policy's setting.</param>
    /// <param name="before">The due date so far; null: there is no due instant.</param>
    /// <param name="decided">What the policy decides now; null: no due instant.</param>
    /// <param name="causes">Why it is looked at again.</param>
    public static bool Takes(
        this Recalculation setting, DateTimeOffset? before, DateTimeOffset? decided, DueCauses causes) => setting switch
        {
            Recalculation.Recalculate => true,
            Recalculation.Keep => before is null,
            Recalculation.Earliest => IsNoLater(decided, before),
            Recalculation.EarliestIfRaised => (causes & (DueCauses.Raised | DueCauses.Policy)) != 0 && IsNoLater(decided, before),
            _ => throw new InvalidOperationException($"No such setting: {setting}."),
        };

    /// <summary>No due instant is later than every instant. Of equals the newer is taken, so that the rule named applies.</summary>
    private static bool IsNoLater(DateTimeOffset? decided, DateTimeOffset? before) => before is null || decided <= before;
}
