using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>Reads an override's terms out of a request.</summary>
internal static class OverrideFields
{
    /// <summary>A reason shorter than this says nothing that an auditor could use.</summary>
    private const int ShortestReason = 20;

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static OverrideTerms Override(this FieldFaults faults, Proto.Override asked, Instant now)
    {
        faults.Check(
            asked.Components.Count > 0,
            "override.components",
            "Name at least one component; an override says exactly what may pass.",
            "REQUIRED");
        faults.Names(asked.Components, "override.components", "components");
        faults.Environments(asked.Environments, "override.environments");
        faults.Length(asked.Change, 300, "override.change");
        var reason = asked.Reason.Trim();
        faults.Check(
            reason.Length >= ShortestReason,
            "override.reason",
            $"Has {reason.Length} characters; at least {ShortestReason} are asked for.",
            "REASON_TOO_SHORT");
        faults.Length(reason, 1000, "override.reason");
        faults.Required(asked.ExpireTime, "override.expire_time");
        var expires = faults.Moment(asked.ExpireTime, "override.expire_time");
        if (expires is { } end) faults.Check(end > now, "override.expire_time", "Is over already.", "IN_THE_PAST");
        return new OverrideTerms
        {
            Components = [.. asked.Components.Distinct()],
            Environments = [.. asked.Environments.Distinct()],
            Kinds = faults.Kinds(asked.Kinds, "override.kinds"),
            Change = asked.Change,
            ExpireTime = expires ?? now,
            Reason = reason,
        };
    }
}
