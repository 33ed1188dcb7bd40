using Governance.BuildingBlocks.Errors;
using Governance.Common.V1;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Rollouts;

/// <summary>Finds out whether an approved template covers a STANDARD rollout.</summary>
internal static class PreApproval
{
    /// <returns>The template's digest: what was approved.</returns>
    /// <exception cref="RuleViolation">The template is not there, not approved, does not cover it, or was approved by those
    /// involved.</exception>
    public static async Task<string> DemandAsync(PatchingDb db, Rollout rollout, Severity severity, CancellationToken ct)
    {
        var name = rollout.Plan.Template;
        var id = name["rolloutTemplates/".Length..];
        var template = await db.RolloutTemplates.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct)
            ?? throw new RuleViolation("NO_SUCH_TEMPLATE", $"There is no {name}.", ("rollout", rollout.Name), ("template", name));
        template.DemandAlive();
        if (template.Status != TemplateState.Approved)
        {
            throw new RuleViolation(
                "TEMPLATE_NOT_APPROVED",
                $"{name} is not approved, and so approves nothing.",
                ("rollout", rollout.Name),
                ("template", name));
        }
        DemandOthersApproved(rollout, template);
        var facts = await db.FactsAsync(rollout.Plan.Stages.SelectMany(stage => stage.Components), ct);
        var deviations = TemplateConformance.Deviations(template.Terms, rollout.Plan, severity, component => facts[component]);
        if (deviations.Count > 0)
        {
            throw new RuleViolation(
                "TEMPLATE_DEVIATION",
                $"{rollout.Name} does not keep to {name}: {string.Join(' ', deviations.Select(fault => $"{fault.Path}: {fault.Reason}"))}",
                ("rollout", rollout.Name), ("template", name), ("field", deviations[0].Path));
        }

        return template.Digest;
    }

    /// <summary>Who has a hand in the rollout does not count among those who approved its template.</summary>
    private static void DemandOthersApproved(Rollout rollout, StoredTemplate template)
    {
        var others = template.Approvals.Count(approval => ApprovalRule.Involvement(rollout, approval.Approver) is null);
        if (others >= template.Terms.ApprovalsNeeded()) return;
        var involved = template.Approvals.First(approval => ApprovalRule.Involvement(rollout, approval.Approver) is not null).Approver;
        throw new RuleViolation(
            "SELF_APPROVAL",
            $"{involved} approved {template.Name} and has a hand in {rollout.Name}: submit it as NORMAL, or let somebody else request it.",
            ("rollout", rollout.Name), ("template", template.Name), ("person", involved));
    }
}
