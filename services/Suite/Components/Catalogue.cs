using Governance.Ownership.V1;

namespace Governance.Suite.Components;

/// <summary>The components and parties that a catalogue file names.</summary>
internal sealed record Catalogue(IReadOnlyList<Component> Components, IReadOnlyList<Party> Parties)
{
    /// <summary>Reads a Backstage YAML (`.yaml`, `.yml`) or CSV file, all or nothing.</summary>
    /// <exception cref="CatalogueException">Something in it is wrong; all faults are named with their place.</exception>
    public static Catalogue Read(string path)
    {
        using var reader = OpenText(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => BackstageCatalogue.Read(reader),
            ".csv" => CsvCatalogue.Read(reader),
            var other => throw new CatalogueException([$"{path}: '{other}' is neither .yaml, .yml nor .csv"]),
        };
    }

    private static StreamReader OpenText(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogueException([$"{path}: {e.Message}"]);
        }
    }
}

/// <summary>A catalogue that cannot be taken.</summary>
internal sealed class CatalogueException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Place and reason, each.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
