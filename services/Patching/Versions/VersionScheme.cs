using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions;

/// <summary>A scheme whose versions are of one type, which knows their order.</summary>
internal abstract class VersionScheme<T>(string name) : IVersionScheme
    where T : PackageVersion, IComparable<T>
{
    public string Name { get; } = name;

    public bool TryParse(string? text, [NotNullWhen(true)] out PackageVersion? version)
    {
        version = text is null ? null : Read(text);
        return version is not null;
    }

    public bool TryParseRange(string? text, [NotNullWhen(true)] out IVersionRange? range)
    {
        range = text is null ? null : ReadRange(text);
        return range is not null;
    }

    public int Compare(PackageVersion left, PackageVersion right) => ((T)left).CompareTo((T)right);

    /// <summary>The version, or null for what is none.</summary>
    protected abstract T? Read(string text);

    /// <summary>The range, or null for what is none.</summary>
    protected abstract IVersionRange? ReadRange(string text);

    /// <summary>Comparisons that are separated by commas and must all hold; null where one is none.</summary>
    /// <param name="text">The list; blank between commas is skipped.</param>
    /// <param name="read">Reads one comparison; null where it is none.</param>
    protected static VersionTest<T>? All(string text, Func<string, Func<T, bool>?> read)
    {
        var tests = new List<Func<T, bool>>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (read(part) is not { } test)
            {
                return null;
            }
            tests.Add(test);
        }

        return new VersionTest<T>(version => tests.TrueForAll(test => test(version)));
    }
}
