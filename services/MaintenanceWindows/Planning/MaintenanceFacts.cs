using System.Collections.Immutable;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>A vendor's maintenance as the calendar sees it. What was cancelled or deleted is not in the calendar.</summary>
/// <param name="Name">`providerMaintenances/…`.</param>
/// <param name="Title">What people call it; may be empty.</param>
/// <param name="Party">Whose it is.</param>
/// <param name="Components">What they work on; whatever needs one of them is restricted too.</param>
/// <param name="Environments">In these; all when empty.</param>
/// <param name="Held">When.</param>
/// <param name="Denies">Whether nothing may change in its time; otherwise it warns.</param>
internal sealed record MaintenanceFacts(
    string Name,
    string Title,
    string Party,
    ImmutableArray<string> Components,
    ImmutableArray<string> Environments,
    TimeRange Held,
    bool Denies)
{
    /// <summary>An environment that nobody knows could be production.</summary>
    public bool Restricts(string environment, bool unknown) =>
        Environments.IsEmpty || Environments.Contains(environment) || (unknown && Environments.Contains(ComponentFacts.Production));
}
