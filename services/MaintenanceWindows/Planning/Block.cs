using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>What can keep a change from starting. The names in upper case are the codes in answers.</summary>
internal enum Constraint
{
    Frozen,
    SplitByFreeze,
    ProviderMaintenance,
    Capacity,
    Exclusive,
    ComponentBusy,
    DependencyBusy,
    ImplementerBusy,
    NoticePeriod,
    Cutoff,
    TooShort,
    AfterDeadline,
    KindNotAllowed,
    WindowPaused,
    NoWindow,
}

/// <summary>Starts that something forbids.</summary>
/// <param name="Constraint">The rule.</param>
/// <param name="From">The first forbidden start, inclusive.</param>
/// <param name="Until">The first start that this no longer forbids.</param>
/// <param name="Resource">What stands in the way: `freezes/…`, `providerMaintenances/…`, `bookings/…`, `windows/…`.</param>
/// <param name="Cause">When that itself is.</param>
/// <param name="Component">The component that it is about; empty for a window's own limits.</param>
internal readonly record struct Block(
    Constraint Constraint, Instant From, Instant Until, string Resource, TimeRange Cause, string Component)
{
    /// <summary>Forbids what would overlap <paramref name="cause"/>.</summary>
    public static Block Around(Constraint constraint, TimeRange cause, Duration footprint, string resource, string component) =>
        new(constraint, cause.Start.Earlier(footprint - Duration.Epsilon), cause.End, resource, cause, component);

    public bool Forbids(Instant start) => From <= start && start < Until;
}

/// <summary>The codes of constraints in answers and events.</summary>
internal static class ConstraintCodes
{
    public static string Code(this Constraint constraint) => constraint switch
    {
        Constraint.Frozen => "FROZEN",
        Constraint.SplitByFreeze => "SPLIT_BY_FREEZE",
        Constraint.ProviderMaintenance => "PROVIDER_MAINTENANCE",
        Constraint.Capacity => "CAPACITY",
        Constraint.Exclusive => "EXCLUSIVE",
        Constraint.ComponentBusy => "COMPONENT_BUSY",
        Constraint.DependencyBusy => "DEPENDENCY_BUSY",
        Constraint.ImplementerBusy => "IMPLEMENTER_BUSY",
        Constraint.NoticePeriod => "NOTICE_PERIOD",
        Constraint.Cutoff => "CUTOFF",
        Constraint.TooShort => "TOO_SHORT",
        Constraint.AfterDeadline => "AFTER_DEADLINE",
        Constraint.KindNotAllowed => "KIND_NOT_ALLOWED",
        Constraint.WindowPaused => "WINDOW_PAUSED",
        Constraint.NoWindow => "NO_WINDOW",
        _ => throw new ArgumentOutOfRangeException(nameof(constraint), constraint, null),
    };
}
