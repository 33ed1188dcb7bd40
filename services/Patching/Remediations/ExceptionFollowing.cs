using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>What happens to remediations while and when they are excepted.</summary>
internal static class ExceptionFollowing
{
    /// <summary>Exceptions are over: their remediations are open again, by the facts of today.</summary>
    /// <param name="assessment">The write's assessment; the caller settles it.</param>
    /// <param name="unit">The write.</param>
    /// <param name="excepted">Those whose exceptions are over.</param>
    /// <param name="at">When they were over.</param>
    /// <param name="reason">Why, for the remediations' history.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task EndExceptionsAsync(
        this Assessment assessment,
        WriteUnit<PatchingDb> unit,
        IReadOnlyCollection<Remediation> excepted,
        Instant at,
        string reason,
        CancellationToken ct)
    {
        var facts = await AssessedFacts.LoadAsync(unit.Db, assessment.Policy.Terms, excepted, ct);
        foreach (var remediation in excepted)
        {
            var known = facts.Of(remediation);
            assessment.EndException(remediation, known, at, reason);
            if (known is not null) assessment.Assess(remediation, known.Advisory, known.Component);
        }
    }

    /// <summary>What got worse for an excepted remediation, in words.</summary>
    public static IEnumerable<string> Worsened(Proto.Remediation before, Proto.Remediation now)
    {
        if (now.Severity > before.Severity) yield return $"Severity is {Word(now.Severity)}, was {Word(before.Severity)}.";
        if (now.Kev && !before.Kev) yield return "It is known exploited now.";
        if (now.Tier < before.Tier) yield return $"The component's tier is {now.Tier}, was {before.Tier}.";
        if (now.InternetExposed && before is { HasInternetExposed: true, InternetExposed: false })
        {
            yield return "The internet reaches the component now.";
        }
        if (now.HasAutomatable && now.Automatable && !before.Automatable) yield return "Its exploitation can be automated.";
        var known = before.Packages.Select(item => (item.Package, item.Version)).ToHashSet();
        foreach (var item in now.Packages.Where(item => !known.Contains((item.Package, item.Version))))
        {
            yield return $"{item.Package}@{item.Version} is affected, too.";
        }
    }

    private static string Word(Common.V1.Severity severity) =>
        severity == Common.V1.Severity.Unspecified ? "unknown" : severity.ToString().ToUpperInvariant();
}
