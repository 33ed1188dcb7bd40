using System.Runtime.CompilerServices;

namespace Governance.Ownership.Imports;

/// <summary>Of things with the same name, the first is taken and the others are refused with its place.</summary>
internal static class CatalogDuplicates
{
    public static async IAsyncEnumerable<CatalogRecord> RefuseAsync(
        IAsyncEnumerable<CatalogRecord> records, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var record in records.WithCancellation(cancel))
        {
            if (NameOf(record) is not { } name || places.TryAdd(name, record.Position)) yield return record;
            else yield return new RefusedRecord(record.Position, record.Subject, $"{name} was given before, {places[name]}");
        }
    }

    private static string? NameOf(CatalogRecord record) => record switch
    {
        ComponentRecord component => component.Name,
        SystemRecord system => system.Name,
        ApiRecord api => api.Name,
        PartyRecord party => party.Name,
        UserRecord user => user.Name,
        _ => null,
    };
}
