namespace Governance.Ownership.Imports.Records;

/// <summary>Everything that is wrong with one entity or row, each with its place in it.</summary>
internal sealed class CatalogFaults
{
    private const int MostNamed = 20;
    private readonly List<string> _faults = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _faults.Count > 0;

    /// <param name="place">`metadata.name`, or `column tier`.</param>
    /// <param name="reason">What is wrong there.</param>
    public void Add(string place, string reason) => _faults.Add($"{place}: {reason}");

    /// <summary>All of them, or the first of very many.</summary>
    public override string ToString() => _faults.Count <= MostNamed
        ? string.Join("; ", _faults)
        : $"{string.Join("; ", _faults.Take(MostNamed))}; and {_faults.Count - MostNamed} more";
}
