namespace Governance.Patching.Versions.PyPI;

/// <summary>A PyPI version: PEP 440 in any of its spellings, or what Python's tools ordered before PEP 440.</summary>
/// <remarks>Source: https://packaging.python.org/en/latest/specifications/version-specifiers/.</remarks>
internal sealed class PythonVersion : PackageVersion, IComparable<PythonVersion>
{
    private readonly PythonRelease? _release;
    private readonly string[] _legacy = [];

    private PythonVersion(string text, PythonRelease release)
        : base(text) => _release = release;

    private PythonVersion(string text, string[] legacy)
        : base(text) => _legacy = legacy;

    /// <summary>Null for a version that is not of PEP 440.</summary>
    public PythonRelease? Release => _release;

    /// <summary>Versions before PEP 440 come before all others, whatever is in them.</summary>
    public override bool IsComparable => _release is not null;

    public static PythonVersion? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        return PythonVersionReader.Read(text.AsSpan().Trim()) is { } release
            ? new PythonVersion(text, release)
            : new PythonVersion(text, LegacyPython.Key(text));
    }

    public int CompareTo(PythonVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        if (_release is not null && other._release is not null)
        {
            return _release.CompareTo(other._release);
        }
        return _release is not null ? 1 : other._release is not null ? -1 : LegacyPython.Compare(_legacy, other._legacy);
    }
}
