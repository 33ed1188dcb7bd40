using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.MaintenanceWindows.Fields;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>What a freeze asks of those who want to pass it.</summary>
internal static class OverrideRules
{
    public static void DemandMayRequest(Freeze freeze, OverrideTerms terms, Caller caller)
    {
        freeze.DemandNotLifted();
        if (freeze.Terms.OverridePolicy is not { } policy)
        {
            throw new RuleViolation(
                "OVERRIDE_NOT_ALLOWED", $"{freeze.Name} has no override policy: nobody may let anything pass it.", ("freeze", freeze.Name));
        }

        if (policy.Roles.Length > 0 && !policy.Roles.Any(role => caller.HasRole(role)))
        {
            throw new PermissionDenied(
                "windows.write",
                $"{freeze.Name} lets only {string.Join(", ", policy.Roles)} request an override; {caller.Principal} holds none of these "
                    + "roles.",
                "ROLE_MAY_NOT_OVERRIDE");
        }

        DemandEndsWithin(freeze, terms);
    }

    /// <summary>The policy may have been tightened since the override was asked for: the one that holds now counts.</summary>
    public static int ApprovalsNeeded(Freeze freeze) => freeze.Terms.OverridePolicy is { } policy
        ? policy.ApprovalsNeeded
        : throw new RuleViolation(
            "OVERRIDE_NOT_ALLOWED", $"{freeze.Name} has no override policy any more.", ("freeze", freeze.Name));

    private static void DemandEndsWithin(Freeze freeze, OverrideTerms terms)
    {
        var schedule = new FreezeSchedule(freeze.Terms);
        if (schedule.Only is { } only && terms.ExpireTime > only.End)
        {
            throw FieldFaults.Single(
                "override.expire_time",
                $"Is after the end of {freeze.Name}, {Civil.InWords(only.End, schedule.Zone)}.",
                "AFTER_FREEZE");
        }
    }
}
