using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>
/// The whole calendar at one moment: windows, freezes, vendors' maintenance, policies, components, parties, bookings.
/// Immutable; a change gives a new snapshot that shares nearly everything with the old one.
/// </summary>
internal sealed record CalendarSnapshot
{
    public static CalendarSnapshot Empty { get; } = new();

    public ScopeIndex<WindowFacts> Windows { get; init; } = ScopeIndex<WindowFacts>.Empty;

    public ScopeIndex<FreezeFacts> Freezes { get; init; } = ScopeIndex<FreezeFacts>.Empty;

    public MaintenanceIndex Maintenance { get; init; } = MaintenanceIndex.Empty;

    public ScopeIndex<PolicyFacts> Policies { get; init; } = ScopeIndex<PolicyFacts>.Empty;

    public ComponentGraph Components { get; init; } = ComponentGraph.Empty;

    /// <summary>How many changes a party implements at once; parties without a limit are not in it.</summary>
    public ImmutableDictionary<string, int> ParallelChanges { get; init; } = ImmutableDictionary<string, int>.Empty;

    public BookingIndex Bookings { get; init; } = BookingIndex.Empty;

    /// <summary>The version of the time-zone database behind all occurrences.</summary>
    public static string TzdbVersion => DateTimeZoneProviders.Tzdb.VersionId;
}
