using Governance.Patching.Lifecycles;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>What is installed of a product.</summary>
/// <param name="Package">The package URL without version, or <c>products/…</c> for what the component itself runs on.</param>
/// <param name="Version">Its version.</param>
internal sealed record InstalledProduct(string Package, string Version);

/// <summary>A cycle that is installed and ends soon, or has ended.</summary>
/// <param name="Lifecycle"><c>products/…/cycles/…</c></param>
/// <param name="LastDay">The last day of support, UTC; null: it ended on a day that nobody says.</param>
/// <param name="Items">What is installed of it, with the versions to move to, the nearest first.</param>
internal sealed record LifecycleDuty(string Lifecycle, LocalDate? LastDay, IReadOnlyList<Proto.AffectedItem> Items)
{
    /// <summary>How many days before the last one an upgrade is asked for.</summary>
    public const int NoticeDays = 180;

    /// <summary>The last second of the last day; where nobody says the day, when it was found.</summary>
    public Instant DueFrom(Instant opened) => LastDay is { } day
        ? day.PlusDays(1).AtMidnight().InUtc().ToInstant() - Duration.FromSeconds(1)
        : opened;

    /// <summary>The duties about one product in one place.</summary>
    public static IEnumerable<LifecycleDuty> Of(
        KnownProduct product, IEnumerable<InstalledProduct> installed, LocalDate today) => installed.Distinct()
        .OrderBy(item => item.Package, StringComparer.Ordinal).ThenBy(item => item.Version, StringComparer.Ordinal)
        .Select(item => (Item: item, Cycle: product.CycleOf(item.Version)))
        .Where(one => one.Cycle is not null && IsNear(one.Cycle, today))
        .GroupBy(one => one.Cycle!, one => one.Item)
        .Select(same => new LifecycleDuty(same.Key.Name, same.Key.LastDay, [.. same.Select(item => Item(product, same.Key, item, today))]));

    private static bool IsNear(LifecycleRow cycle, LocalDate today) => cycle.HasEnded || cycle.LastDay <= today.PlusDays(NoticeDays);

    private static Proto.AffectedItem Item(KnownProduct product, LifecycleRow cycle, InstalledProduct item, LocalDate today) => new()
    {
        Package = item.Package,
        Version = item.Version,
        FixVersions =
        {
            product.Cycles.Where(newer => newer.Place < cycle.Place && !newer.HasEnded && !(newer.LastDay < today))
                .OrderByDescending(newer => newer.Place)
                .Select(newer => newer.Body.LatestVersion.Length > 0 ? newer.Body.LatestVersion : newer.Cycle),
        },
    };
}
