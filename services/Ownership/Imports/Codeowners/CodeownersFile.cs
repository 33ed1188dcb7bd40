namespace Governance.Ownership.Imports.Codeowners;

/// <summary>How an owner is named.</summary>
internal enum CodeownerKind
{
    /// <summary>`@user`.</summary>
    User,

    /// <summary>`@organisation/team`.</summary>
    Team,

    /// <summary>An e-mail address.</summary>
    Email,
}

/// <summary>An owner as it stands in the file.</summary>
/// <param name="Value">Without the `@`: `user`, `organisation/team`, or the address.</param>
/// <param name="Kind">How it is named.</param>
internal readonly record struct Codeowner(string Value, CodeownerKind Kind)
{
    /// <summary>As it stands in the file.</summary>
    public override string ToString() => Kind == CodeownerKind.Email ? Value : $"@{Value}";
}

/// <summary>A line that says who owns what matches its pattern.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Pattern">As it stands there, backslashes included.</param>
/// <param name="Owners">Empty: what matches has no owner, whatever earlier lines say.</param>
/// <param name="Comment">What follows `#`; empty when nothing does.</param>
internal sealed record CodeownersRule(int Line, string Pattern, IReadOnlyList<Codeowner> Owners, string Comment)
{
    /// <summary>The pattern, compiled.</summary>
    public PathPattern Matcher { get; } = PathPattern.Parse(Pattern);
}

/// <summary>A line that is passed over, as GitHub does.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">Where the fault begins, from 1.</param>
/// <param name="Kind">`Invalid pattern` or `Invalid owner`, GitHub's words.</param>
/// <param name="Source">The line.</param>
/// <param name="Reason">What is wrong.</param>
internal sealed record CodeownersFinding(int Line, int Column, string Kind, string Source, string Reason);

/// <summary>A CODEOWNERS file: the last line that matches a path says who owns it.</summary>
/// <param name="rules">In the order of the file.</param>
/// <param name="findings">The lines that were passed over.</param>
internal sealed class CodeownersFile(IReadOnlyList<CodeownersRule> rules, IReadOnlyList<CodeownersFinding> findings)
{
    private readonly RuleIndex _index = new(rules);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<CodeownersRule> Rules { get; } = rules;

    /// <summary>The lines that were passed over.</summary>
    public IReadOnlyList<CodeownersFinding> Findings { get; } = findings;

    /// <summary>The rule that decides about a path; null when none matches, which is not the same as one without owners.</summary>
    /// <param name="path">From the root of the repository, case-sensitive; a leading slash or `./` is ignored.</param>
    public CodeownersRule? Match(string path)
    {
        var relative = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path.TrimStart('/');
        return relative.Length == 0 ? null : _index.Last(relative.Split('/'));
    }
}
