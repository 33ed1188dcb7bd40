namespace Governance.Patching.Versions;

/// <summary>The versions between two ends.</summary>
/// <param name="Low">The lower end; null where there is none.</param>
/// <param name="HasLow">Whether the lower end is inside.</param>
/// <param name="High">The upper end; null where there is none.</param>
/// <param name="HasHigh">Whether the upper end is inside.</param>
internal sealed record VersionInterval<T>(T? Low, bool HasLow, T? High, bool HasHigh)
    where T : PackageVersion, IComparable<T>
{
    public bool Contains(T version) =>
        (Low is null || version.CompareTo(Low) is var low && (low > 0 || (low == 0 && HasLow))) &&
        (High is null || version.CompareTo(High) is var high && (high < 0 || (high == 0 && HasHigh)));
}
