using Xunit;

namespace Governance.Testing;

/// <summary>A fact over files in <c>../shared/data</c>; skipped, with the file named, where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <param name="files">Paths below the data folder, as given to <see cref="SharedData.Path"/>; none: the folder.</param>
    public SharedDataFactAttribute(params string[] files) => Skip = SharedData.Missing(files);
}

/// <summary>
/// A theory over files in <c>../shared/data</c>; skipped, with the file named, where they are missing. When its rows
/// come from a file that may be missing, let <c>MemberData</c> return no more than names and read inside the test.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="SharedDataFactAttribute(string[])"/>
    public SharedDataTheoryAttribute(params string[] files) => Skip = SharedData.Missing(files);
}
