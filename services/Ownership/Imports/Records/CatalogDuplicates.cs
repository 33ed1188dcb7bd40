using System.Runtime.CompilerServices;

namespace Governance.Ownership.Imports.Records;

/// <summary>
/// What a document has named so far: of things with the same name, the first is taken and the others are refused with its place.
/// </summary>
internal sealed class CatalogDuplicates
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>How many things were taken.</summary>
    public int Count => _places.Count;

    /// <summary>Whether the document has a thing of this name.</summary>
    public bool Has(string name) => _places.ContainsKey(name);

    public async IAsyncEnumerable<CatalogRecord> RefuseAsync(
        IAsyncEnumerable<CatalogRecord> records, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var record in records.WithCancellation(cancel))
        {
            if (record.Name.Length == 0 || _places.TryAdd(record.Name, record.Position)) yield return record;
            else yield return new RefusedRecord(record.Position, record.Subject, $"{record.Name} was given before, {_places[record.Name]}");
        }
    }
}
