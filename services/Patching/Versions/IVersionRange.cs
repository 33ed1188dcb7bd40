namespace Governance.Patching.Versions;

/// <summary>A range of versions in an ecosystem's own notation, read once and asked often.</summary>
internal interface IVersionRange
{
    /// <summary>Whether the range holds the version.</summary>
    /// <param name="version">A version that the range's scheme has read.</param>
    Decision Contains(PackageVersion version);
}

/// <summary>A range that is a test of versions, all of which it can decide.</summary>
internal sealed class VersionTest<T>(Func<T, bool> test) : IVersionRange
    where T : PackageVersion
{
    public Decision Contains(PackageVersion version) =>
        !version.IsComparable ? Decision.CannotDecide : test((T)version) ? Decision.Yes : Decision.No;
}
