using System.Globalization;
using Governance.BuildingBlocks.Errors;
using Governance.Common.V1;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Compliance;

/// <summary>By what remediations are grouped.</summary>
/// <param name="By">As asked; empty: not at all.</param>
/// <param name="KeyOf">The group of a remediation.</param>
/// <param name="Order">Sorts keys.</param>
internal sealed record Grouping(string By, Func<Proto.Remediation, string> KeyOf, Comparison<string> Order)
{
    private const string None = "NONE";

    private static readonly string[] WorstFirst = ["CRITICAL", "HIGH", "MEDIUM", "LOW", None];

    private static readonly Dictionary<string, Grouping> Known = new Grouping[]
    {
        new("", _ => "", string.CompareOrdinal),
        new("severity", one =>
            SeverityKey(one.Severity), (left, right) => Array.IndexOf(WorstFirst, left).CompareTo(Array.IndexOf(WorstFirst, right))),
        new("owner", one => one.Owner.Length > 0 ? one.Owner : None, string.CompareOrdinal),
        new("tier", one => one.Tier.ToString(CultureInfo.InvariantCulture), string.CompareOrdinal),
        new("component", one => one.Component, string.CompareOrdinal),
        new("environment", one => one.Environment, string.CompareOrdinal),
    }.ToDictionary(grouping => grouping.By, StringComparer.OrdinalIgnoreCase);

    public static Grouping Read(string by, FieldFaults faults)
    {
        if (Known.TryGetValue(by, out var grouping)) return grouping;
        faults.Add("group_by", $"'{by}' is none of severity, owner, tier, component and environment.", "INVALID_GROUPING");
        return Known[""];
    }

    private static string SeverityKey(Severity severity) =>
        severity == Severity.Unspecified ? None : severity.ToString().ToUpperInvariant();
}
