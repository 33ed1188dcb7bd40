using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>
/// One component in one environment, with everything that covers it. What is unknown is judged as tier 1 in
/// production, by every freeze and policy that could be meant; and only a window that names it lets it through, so
/// that a typo never deploys.
/// </summary>
internal sealed class Subject
{
    public required string Component { get; init; }

    public required string Environment { get; init; }

    public required bool ComponentUnknown { get; init; }

    public required bool EnvironmentUnknown { get; init; }

    public required WindowFacts[] Windows { get; init; }

    public required FreezeFacts[] Freezes { get; init; }

    public required MaintenanceRow[] Maintenance { get; init; }

    public required PolicyFacts[] Policies { get; init; }

    public required bool NeedsWindow { get; init; }

    public bool Unknown => ComponentUnknown || EnvironmentUnknown;

    /// <summary>The vendors' maintenance that restricts it somewhere in `[from, until)`.</summary>
    public IEnumerable<MaintenanceFacts> MaintenanceIn(Instant from, Instant until) => Maintenance
        .SelectMany(row => row.Overlapping(from, until))
        .Where(one => one.Restricts(Environment, EnvironmentUnknown))
        .DistinctBy(one => one.Name);

    public static Subject Of(CalendarSnapshot calendar, string component, ChangeDemand demand)
    {
        var known = calendar.Components.Find(component);
        var environmentKnown = known is null || known.Environments.IsEmpty
            ? calendar.Components.KnowsEnvironment(demand.Environment) || demand.Environment == ComponentFacts.Production
            : known.Environments.Contains(demand.Environment);
        return known is not null && environmentKnown
            ? Known(calendar, known, demand)
            : Guessed(calendar, known, component, environmentKnown, demand);
    }

    private static Subject Known(CalendarSnapshot calendar, ComponentFacts component, ChangeDemand demand)
    {
        var policies = calendar.Policies.Covering(component, demand.Environment, keep: true);
        return new()
        {
            Component = component.Name,
            Environment = demand.Environment,
            ComponentUnknown = false,
            EnvironmentUnknown = false,
            Windows = calendar.Windows.Covering(component, demand.Environment, keep: true),
            Freezes = calendar.Freezes.Covering(component, demand.Environment, keep: true),
            Maintenance = calendar.Maintenance.Restricting(calendar.Components, component.Name),
            Policies = policies,
            NeedsWindow = policies.Any(policy => policy.WindowRequired && policy.Kinds.Has(demand.Kind)),
        };
    }

    private static Subject Guessed(
        CalendarSnapshot calendar, ComponentFacts? known, string name, bool environmentKnown, ChangeDemand demand)
    {
        var asked = known ?? ComponentFacts.Unknown(name);
        var worst = asked with { Tier = 1 };
        bool Names(WindowFacts window) =>
            (known is not null || window.Scope.Components.Contains(name))
            && (environmentKnown || window.Scope.Environments.Contains(demand.Environment));
        return new()
        {
            Component = name,
            Environment = demand.Environment,
            ComponentUnknown = known is null,
            EnvironmentUnknown = !environmentKnown,
            Windows = [.. Either(calendar.Windows, asked, worst, demand.Environment).Where(Names)],
            Freezes = [.. Either(calendar.Freezes, asked, worst, demand.Environment)],
            Maintenance = calendar.Maintenance.Restricting(calendar.Components, name),
            Policies = [.. Either(calendar.Policies, asked, worst, demand.Environment)],
            NeedsWindow = true,
        };
    }

    private static IEnumerable<T> Either<T>(
        ScopeIndex<T> index, ComponentFacts asked, ComponentFacts worst, string environment)
        where T : class, IScoped =>
        index.Covering(asked, environment, keep: false)
            .Concat(index.Covering(worst, ComponentFacts.Production, keep: false))
            .Concat(index.Covering(worst, environment, keep: false))
            .DistinctBy(item => item.Name)
            .OrderBy(item => item.Name, StringComparer.Ordinal);
}
