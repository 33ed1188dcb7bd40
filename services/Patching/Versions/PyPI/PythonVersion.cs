namespace Governance.Patching.Versions.PyPI;

/// <summary>A PyPI version: PEP 440 in any of its spellings, or what Python's tools ordered before PEP 440.</summary>
/// <remarks>Source: https://packaging.python.org/en/latest/specifications/version-specifiers/.</remarks>
internal sealed class PythonVersion : PackageVersion, IComparable<PythonVersion>
{
    private readonly PythonRelease? release;
    private readonly string[] legacy = [];

    private PythonVersion(string text, PythonRelease release)
        : base(text) => this.release = release;

    private PythonVersion(string text, string[] legacy)
        : base(text) => this.legacy = legacy;

    /// <summary>Null for a version that is not of PEP 440.</summary>
    public PythonRelease? Release => release;

    /// <summary>Versions before PEP 440 come before all others, whatever is in them.</summary>
    public override bool IsComparable => release is not null;

    public static PythonVersion? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return PythonVersionReader.Read(text.AsSpan().Trim()) is { } release ? new PythonVersion(text, release) : new PythonVersion(text, LegacyPython.Key(text));
    }

    public int CompareTo(PythonVersion? other)
    {
        if (other is null)
            return 1;
        if (release is not null && other.release is not null)
            return release.CompareTo(other.release);
        return release is not null ? 1 : other.release is not null ? -1 : LegacyPython.Compare(legacy, other.legacy);
    }
}
