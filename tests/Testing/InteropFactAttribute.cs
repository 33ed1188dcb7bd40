using Xunit;

namespace Governance.Testing;

/// <summary>A fact that runs programs we did not write; skipped, with the program named, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class InteropFactAttribute : FactAttribute
{
    /// <param name="requirements">As <see cref="Tools.Missing"/> reads them: <c>node</c>, <c>python3:grpc</c> …</param>
    public InteropFactAttribute(params string[] requirements) =>
        Skip = requirements.Select(Tools.Missing).FirstOrDefault(reason => reason is not null);
}

/// <summary>A theory that runs programs we did not write; skipped, with the program named, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class InteropTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="InteropFactAttribute(string[])"/>
    public InteropTheoryAttribute(params string[] requirements) =>
        Skip = requirements.Select(Tools.Missing).FirstOrDefault(reason => reason is not null);
}
