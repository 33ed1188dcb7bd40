using System.Globalization;
using Governance.Windows.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Says in words, with local times, what stands in a change's way.</summary>
internal sealed class Explanation(CalendarSnapshot calendar)
{
    /// <summary>The block as a reason.</summary>
    public Reason Reason(Block block, Reason.Types.Effect effect, DateTimeZone zone) => new()
    {
        Rule = block.Constraint.Code(),
        Effect = effect,
        Detail = Say(block, zone),
        From = LocalTimes.Stamp(block.Cause.Start),
        Until = LocalTimes.Stamp(block.Cause.End),
        Resource = block.Resource,
    };

    /// <summary>The block in words.</summary>
    /// <param name="block">What stands in the way.</param>
    /// <param name="zone">The zone to tell times in, unless it is a freeze: that has its own.</param>
    public string Say(Block block, DateTimeZone zone) => block.Constraint switch
    {
        Constraint.Frozen => Frozen(block),
        Constraint.SplitByFreeze => Split(block),
        Constraint.ProviderMaintenance => Maintained(calendar.Maintenance.Find(block.Resource)!, block.Component, zone),
        Constraint.Capacity =>
            string.Create(CultureInfo.InvariantCulture, $"{block.Resource} has its {Capacity(block)} changes at once {When(block, zone)}."),
        Constraint.Exclusive => $"{block.Resource} is in this occurrence, and one of the two wants it for itself.",
        Constraint.ComponentBusy => $"{block.Resource} changes {block.Component} {When(block, zone)}.",
        Constraint.DependencyBusy =>
            $"{block.Resource} changes {block.Component}, which this component needs or which needs it, {When(block, zone)}.",
        Constraint.ImplementerBusy => string.Create(
            CultureInfo.InvariantCulture, $"{block.Resource} implements its {Parallel(block)} changes at once {When(block, zone)}."),
        Constraint.NoWindow => $"No window that covers {block.Component} is open at the same time.",
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.Constraint, null),
    };

    /// <summary>A vendor's maintenance in words.</summary>
    /// <param name="one">It.</param>
    /// <param name="component">What it restricts, itself or through what that needs.</param>
    /// <param name="zone">The zone to tell times in.</param>
    public string Maintained(MaintenanceFacts one, string component, DateTimeZone zone)
    {
        var title = one.Title.Length > 0 ? $" ({one.Title})" : "";
        var through = one.Components.Contains(component)
            ? component
            : $"{one.Components.First(calendar.Components.Needs(component).Contains)}, which {component} needs,";
        return $"{one.Name}{title}: {one.Party} works on {through} {LocalTimes.Say(one.Held, zone)}.";
    }

    private string Frozen(Block block)
    {
        var freeze = calendar.Freezes.Find(block.Resource);
        return $"{block.Resource}{Why(freeze)} freezes {block.Component} {LocalTimes.Say(block.Cause, Zone(freeze))}.";
    }

    private string Split(Block block)
    {
        var freeze = calendar.Freezes.Find(block.Resource);
        return $"{block.Resource}{Why(freeze)} begins on {LocalTimes.Say(block.Cause.Start, Zone(freeze))}, before the back-out reserve "
            + "and the rest of the rollout are over.";
    }

    private int? Capacity(Block block) => calendar.Windows.Find(block.Resource)?.Capacity;

    private int Parallel(Block block) => calendar.ParallelChanges.GetValueOrDefault(block.Resource);

    private static string When(Block block, DateTimeZone zone) => LocalTimes.Say(block.Cause, zone);

    private static string Why(FreezeFacts? freeze) => string.IsNullOrEmpty(freeze?.Reason) ? "" : $" ({freeze.Reason})";

    private static DateTimeZone Zone(FreezeFacts? freeze) => freeze?.Zone ?? DateTimeZone.Utc;
}
