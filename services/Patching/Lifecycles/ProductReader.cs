using System.Globalization;
using System.Text.Json;
using Governance.Patching.Documents;
using Governance.Patching.Fields;

namespace Governance.Patching.Lifecycles;

/// <summary>Reads one product: its cycles are taken or refused one by one.</summary>
internal static class ProductReader
{
    private const int LongestTitle = 200;
    private const int LongestIdentifier = 300;

    /// <summary>A list of cycles without its product, as the older API gives it.</summary>
    public static bool IsCycle(JsonElement element) => element.TryGetProperty("cycle", out _) && !element.TryGetProperty("releases", out _);

    /// <summary>The products of a document: itself, or an answer of API v1 about one or all.</summary>
    public static IEnumerable<(JsonElement Product, string Place)> ProductsOf(JsonElement root, string place)
    {
        if (root.TryGetProperty("releases", out _) || !root.TryGetProperty("result", out var result)) return [(root, place)];
        return result.ValueKind == JsonValueKind.Array
            ? result.EnumerateArray()
                .Select((product, i) => (product, string.Create(CultureInfo.InvariantCulture, $"{place}, result[{i}]")))
            : [(result, $"{place}, result")];
    }

    /// <param name="product">The product's object.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="expected">The product that the caller named; empty: none.</param>
    public static LifecycleResult Read(JsonElement product, string place, string expected)
    {
        var faults = new List<FieldFault>();
        var fields = JsonFields.Of(product, "", faults);
        var id = fields.LenientText("product") ?? fields.LenientText("name") ?? fields.LenientText("permalink")?.Trim('/') ?? "";
        if (!LifecycleNames.IsId(id))
        {
            fields.Fault("product", $"'{id[..Math.Min(60, id.Length)]}' is no product's id: lower-case letters, digits and any of .-+_");
        }
        else if (expected.Length > 0 && id != expected)
        {
            fields.Fault("product", $"Is {id}, where {expected} was announced.");
        }

        var title = fields.OptionalText("title") ?? fields.OptionalText("label");
        if (title?.Length > LongestTitle) fields.Fault("title", $"Is longer than {LongestTitle} characters.");
        var identifiers = fields.Has("identifiers") ? Identifiers(fields) : null;
        var releases = fields.Items("releases").ToList();
        if (releases.Count == 0) fields.Fault("releases", "Required: a product has at least one cycle.");
        if (faults.Count > 0)
        {
            return new LifecycleResult(
            place, null, [new RejectedRecord(place, id.Length == 0 ? null : id[..Math.Min(LongestTitle, id.Length)], faults)]);
        }

        var draft = new ProductDraft(id, title, identifiers);
        foreach (var (cycle, path) in releases) draft.Add(cycle, $"{place}, {path}");
        return draft.ToResult(place);
    }

    /// <summary>As <c>[{"purl":"pkg:…"}]</c>, or as <c>[{"type":"purl","id":"pkg:…"}]</c>.</summary>
    private static List<string> Identifiers(JsonFields fields)
    {
        var identifiers = new List<string>();
        foreach (var (item, _) in fields.Items("identifiers"))
        {
            if (item.ValueKind != JsonValueKind.Object) continue;
            var pairs = item.EnumerateObject()
                .Where(pair => pair.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
            if (pairs.Remove("type", out var type) && pairs.Remove("id", out var id)) identifiers.Add(InFull(type, id));
            else identifiers.AddRange(pairs.Select(pair => InFull(pair.Key, pair.Value)));
        }

        return [.. identifiers.Where(one => one.Length <= LongestIdentifier).Distinct(StringComparer.Ordinal)];
    }

    private static string InFull(string type, string id) => type is "purl" or "cpe" ? id : $"{type}:{id}";
}

/// <summary>A product whose cycles come one by one.</summary>
internal sealed class ProductDraft(string id, string? title, IReadOnlyList<string>? identifiers)
{
    private const int MostCycles = 5000;
    private readonly List<CycleDocument> _cycles = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<RejectedRecord> _rejected = [];

    public void Add(JsonElement cycle, string place)
    {
        var faults = new List<FieldFault>();
        var reader = new CycleReader(cycle, faults);
        var document = reader.Read();
        if (faults.Count == 0 && !_names.Add(document.Name))
        {
            faults.Add(new FieldFault("releaseCycle", $"{document.Name} is listed twice; the first is taken."));
        }
        if (_cycles.Count == MostCycles) faults.Add(new FieldFault("", $"The product has more than {MostCycles} cycles."));
        if (faults.Count == 0) _cycles.Add(document);
        else _rejected.Add(new RejectedRecord(place, $"{id} {reader.Name}".TrimEnd(), faults));
    }

    /// <summary>Takes note of a cycle that could not be read at all.</summary>
    public void Reject(string place, string reason) => _rejected.Add(new RejectedRecord(place, id, [new FieldFault("", reason)]));

    public LifecycleResult ToResult(string place) =>
        new(place, _cycles.Count == 0 ? null : new ProductDocument(id, title, identifiers, _cycles, _rejected.Count == 0), _rejected);
}
