using Governance.BuildingBlocks.Errors;
using Governance.MaintenanceWindows.Fields;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.ChangePolicies;

/// <summary>Reads a policy's terms out of a request.</summary>
internal static class ChangePolicyFields
{
    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static ChangePolicyTerms ChangePolicy(this FieldFaults faults, Proto.ChangePolicy policy)
    {
        faults.Length(policy.DisplayName, 200, "change_policy.display_name");
        faults.Check(policy.ApprovalsNeeded is >= 0 and <= 10, "change_policy.approvals_needed", "Must be 0 to 10.", "OUT_OF_RANGE");
        return new ChangePolicyTerms
        {
            DisplayName = policy.DisplayName,
            Scope = faults.Scope(policy.Scope, "change_policy.scope"),
            WindowRequired = policy.WindowRequired,
            ApprovalsNeeded = policy.ApprovalsNeeded,
            Kinds = faults.Kinds(policy.Kinds, "change_policy.kinds"),
        };
    }
}
