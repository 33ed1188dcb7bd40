using Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Records;

/// <summary>The words for duties in column names and keys: `accountable.security-patching`.</summary>
internal static class DutyWords
{
    public static bool IsDuty(string word) => Of(word) != Responsibility.Types.Duty.Unspecified;

    public static Responsibility.Types.Duty Of(string word) => word.ToLowerInvariant() switch
    {
        "accountable" => Responsibility.Types.Duty.Accountable,
        "responsible" => Responsibility.Types.Duty.Responsible,
        "consulted" => Responsibility.Types.Duty.Consulted,
        "informed" => Responsibility.Types.Duty.Informed,
        _ => Responsibility.Types.Duty.Unspecified,
    };

    /// <summary>Adds a fault for each area that has several parties accountable.</summary>
    public static void DemandOneAccountable(IEnumerable<AssignmentRecord> assignments, CatalogFaults faults)
    {
        foreach (var area in assignments.Where(one => one.Duty == Responsibility.Types.Duty.Accountable)
            .GroupBy(one => one.Area)
            .Where(area => area.Distinct().Skip(1).Any()))
        {
            faults.Add($"accountable.{area.Key}", "names several parties; exactly one is accountable");
        }
    }
}
