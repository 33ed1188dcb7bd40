using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Inventory;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Lifecycles;

/// <summary>Keeps products and their cycles; a document replaces what was known of the products in it.</summary>
internal sealed class LifecycleIntake
{
    private readonly WriteUnit<PatchingDb> _unit;
    private readonly Dictionary<string, ProductRow> _products;
    private readonly ILookup<string, LifecycleRow> _cycles;
    private readonly ILookup<string, ProductIdentifierRow> _identifiers;

    private LifecycleIntake(
        WriteUnit<PatchingDb> unit,
        Dictionary<string, ProductRow> products,
        IEnumerable<LifecycleRow> cycles,
        IEnumerable<ProductIdentifierRow> identifiers)
    {
        (_unit, _products) = (unit, products);
        _cycles = cycles.ToLookup(row => row.Product);
        _identifiers = identifiers.ToLookup(row => row.Product);
    }

    /// <summary>How many cycles their product's document no longer has.</summary>
    public int Removed { get; private set; }

    /// <summary>With what is known of the products.</summary>
    public static async Task<LifecycleIntake> OpenAsync(
        WriteUnit<PatchingDb> unit, IReadOnlyList<ProductDocument> documents, CancellationToken ct)
    {
        var ids = documents.Select(document => document.Id).ToArray();
        return new LifecycleIntake(
            unit,
            await unit.Db.Products.AsTracking().Where(row => EF.Parameter(ids).Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct),
            await unit.Db.Lifecycles.AsTracking().Where(row => EF.Parameter(ids).Contains(row.Product)).ToListAsync(ct),
            await unit.Db.ProductIdentifiers.AsTracking().Where(row => EF.Parameter(ids).Contains(row.Product)).ToListAsync(ct));
    }

    /// <returns>The product, if anything of it or of its cycles changed, with its cycles as they are now and those that are gone.</returns>
    public ChangedProduct? Take(ProductDocument document, ImportTally tally)
    {
        var (product, isChanged) = TakeProduct(document);
        var before = _cycles[document.Id].ToDictionary(row => row.Cycle, StringComparer.Ordinal);
        var now = new List<LifecycleRow>();
        var touched = false;
        foreach (var (cycle, place) in document.Cycles.Select((cycle, place) => (cycle, place)))
        {
            var isKnown = before.Remove(cycle.Name, out var row);
            row ??= new LifecycleRow { Product = document.Id, Cycle = cycle.Name, SearchText = "", Body = new Proto.Lifecycle() };
            var differs = Become(row, product, cycle, place);
            if (!isKnown) _unit.Db.Lifecycles.Add(row);
            if (!isKnown) tally.Created();
            else if (differs || isChanged) tally.Updated();
            else tally.Unchanged();
            touched |= !isKnown || differs;
            now.Add(row);
        }

        if (document.IsComplete) _unit.Db.RemoveRange(before.Values);
        else now.AddRange(before.Values);
        Removed += document.IsComplete ? before.Count : 0;
        touched |= isChanged || (document.IsComplete && before.Count > 0);
        if (!touched) return null;
        _unit.Record($"products/{document.Id}", after: Digests.Of(string.Join('\n', now.Select(row => row.Body.ToString()))));
        return new ChangedProduct(product, now, document.IsComplete ? [.. before.Values] : []);
    }

    private (ProductRow Product, bool IsChanged) TakeProduct(ProductDocument document)
    {
        var isKnown = _products.TryGetValue(document.Id, out var known);
        var product = known ?? new ProductRow { Id = document.Id, Title = document.Id };
        if (!isKnown) _unit.Db.Products.Add(product);
        var title = document.Title ?? product.Title;
        var identifiers = document.Identifiers ?? product.Identifiers;
        if (isKnown && title == product.Title && identifiers.SequenceEqual(product.Identifiers)) return (product, false);
        (product.Title, product.Identifiers) = (title, identifiers);
        var keys = identifiers.Select(ProductKeys.Of).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var before = _identifiers[document.Id].ToList();
        _unit.Db.RemoveRange(before.Where(row => !keys.Remove(row.Key)));
        _unit.Db.AddRange(keys.Select(key => new ProductIdentifierRow { Key = key, Product = document.Id }));
        return (product, isKnown);
    }

    /// <returns>Whether anything of it differs.</returns>
    private static bool Become(LifecycleRow row, ProductRow product, CycleDocument cycle, int place)
    {
        var body = BodyOf(row.Name, cycle);
        var text = $"{product.Id} {product.Title} {cycle.Name} {cycle.Codename}".ToLowerInvariant();
        var differs = !body.Equals(row.Body) || place != row.Place;
        if (differs) (row.Body, row.Place, row.LastDay, row.HasEnded) = (body, place, cycle.LastSupportedDay, cycle.HasEnded);
        row.SearchText = text;
        return differs;
    }

    private static Proto.Lifecycle BodyOf(string name, CycleDocument cycle) => new()
    {
        Name = name,
        Cycle = cycle.Name,
        Codename = cycle.Codename,
        ReleaseDay = Text(cycle.Released),
        EndOfActiveSupport = cycle.ActiveSupport?.ToProto(),
        EndOfLife = cycle.Life?.ToProto(),
        EndOfExtendedSupport = cycle.ExtendedSupport?.ToProto(),
        LongTermSupport = cycle.LongTerm?.ToProto(),
        Discontinued = cycle.Discontinued?.ToProto(),
        LatestVersion = cycle.LatestVersion,
        LatestReleaseDay = Text(cycle.LatestReleased),
        LastSupportedDay = Text(cycle.LastSupportedDay),
    };

    private static string Text(NodaTime.LocalDate? day) => day is { } known ? LocalDatePattern.Iso.Format(known) : "";
}

/// <summary>A product of which something changed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Cycles">Its cycles as they are now.</param>
/// <param name="Gone">Those that it no longer has.</param>
internal sealed record ChangedProduct(ProductRow Product, IReadOnlyList<LifecycleRow> Cycles, IReadOnlyList<LifecycleRow> Gone);

/// <summary>The spellings by which products are found.</summary>
internal static class ProductKeys
{
    private const int Longest = 300;

    /// <summary>
    /// A purl that names a package and nothing narrower, or a CPE's vendor and product; null: products are not found by it.
    /// </summary>
    public static string? Of(string identifier)
    {
        var key = identifier.StartsWith("cpe:", StringComparison.Ordinal) ? OfCpe(identifier)
            : PackageUrl.TryParse(identifier, out var purl, out _) && purl.Qualifiers.Length == 0 && purl.Subpath is null
                ? purl.Package.ToString()
                : null;
        return key?.Length <= Longest ? key : null;
    }

    /// <summary><c>cpe:2.3:a:vendor:product</c> and <c>cpe:/a:vendor:product</c>.</summary>
    private static string? OfCpe(string cpe)
    {
        var parts = cpe.Split(':');
        var vendor = parts[1] == "2.3" ? 3 : 2;
        return parts.Length > vendor + 1 ? $"cpe:{parts[vendor]}:{parts[vendor + 1]}".ToLowerInvariant() : null;
    }
}
