using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Lifecycles;

/// <summary>A product with its cycles, as versions are matched against it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cycles">The newest first.</param>
/// <param name="Packages">The package URLs, without version, by which an inventory names it.</param>
internal sealed record KnownProduct(string Id, IReadOnlyList<LifecycleRow> Cycles, IReadOnlySet<string> Packages)
{
    /// <summary>How it is named beside package URLs.</summary>
    public string Name => $"products/{Id}";

    public static KnownProduct Of(ChangedProduct changed) => Create(changed.Product, changed.Cycles);

    public static async Task<Dictionary<string, KnownProduct>> LoadAsync(PatchingDb db, string[] ids, CancellationToken ct)
    {
        if (ids.Length == 0) return [];
        var products = await db.Products.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.Id)).ToListAsync(ct);
        var cycles = (await db.Lifecycles.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.Product)).ToListAsync(ct))
            .ToLookup(row => row.Product);
        return products.ToDictionary(row => row.Id, row => Create(row, cycles[row.Id]));
    }

    /// <summary>
    /// The cycle that a version belongs to: the longest whose name the version begins with, up to the end of one of its parts.
    /// <c>8.10.3</c> is of <c>8.10</c>, never of <c>8.1</c>; <c>1.0.2k</c> is of <c>1.0.2</c>. Null: of none that is known.
    /// </summary>
    public LifecycleRow? CycleOf(string version)
    {
        var bare = Bare(version);
        return Cycles.Where(cycle => Begins(bare, cycle.Cycle)).MaxBy(cycle => cycle.Cycle.Length);
    }

    private static KnownProduct Create(ProductRow product, IEnumerable<LifecycleRow> cycles) => new(
        product.Id,
        [.. cycles.OrderBy(row => row.Place)],
        product.Identifiers.Select(ProductKeys.Of)
            .OfType<string>()
            .Where(key => key.StartsWith("pkg:", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal));

    /// <summary>Without an epoch, <c>2:</c>, and without a leading v.</summary>
    private static string Bare(string version)
    {
        var text = version.Trim().ToLowerInvariant();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && text.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0) text = text[(colon + 1)..];
        return text.Length > 1 && text[0] == 'v' && char.IsAsciiDigit(text[1]) ? text[1..] : text;
    }

    private static bool Begins(string version, string cycle)
    {
        if (!version.StartsWith(cycle, StringComparison.Ordinal)) return false;
        if (version.Length == cycle.Length) return true;
        var next = version[cycle.Length];
        return !char.IsLetterOrDigit(next) || (char.IsAsciiDigit(cycle[^1]) && char.IsLetter(next));
    }
}
