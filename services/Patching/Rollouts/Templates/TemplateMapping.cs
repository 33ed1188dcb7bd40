using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Patching.Fields;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>Templates as messages.</summary>
internal static class TemplateMapping
{
    public static Proto.RolloutTemplate ToProto(this StoredTemplate template)
    {
        var message = template.Terms.ToProto();
        message.Name = template.Name;
        message.Requester = template.Requester;
        message.Editors.AddRange(template.Editors);
        message.ApprovalsNeeded = template.Terms.ApprovalsNeeded();
        message.Approvals.AddRange(template.ToApprovals());
        message.Digest = template.Digest;
        message.State = StateOf(template);
        message.Reason = template.Reason;
        message.CreateTime = template.CreateTime.ToTimestamp();
        message.UpdateTime = template.UpdateTime.ToTimestamp();
        message.Etag = template.Etag;
        return message;
    }

    /// <summary>The terms alone: what an approval binds to.</summary>
    public static Proto.RolloutTemplate ToProto(this TemplateTerms terms) => new()
    {
        DisplayName = terms.DisplayName,
        Kinds = { terms.Kinds.Select(kind => Enum.Parse<ChangeKind>(kind, ignoreCase: true)) },
        Components = { terms.Components },
        Systems = { terms.Systems },
        MaximumSeverity = terms.MaximumSeverity,
        MostCriticalTier = terms.MostCriticalTier,
        Stages = { terms.Stages.Select(ToProto) },
        BackOutReserve = terms.BackOutReserve.ToMessage(),
    };

    public static IEnumerable<Approval> ToApprovals(this StoredTemplate template) => template.Approvals.Select(approval => new Approval
    {
        Approver = approval.Approver,
        At = approval.At.ToTimestamp(),
        Source = "governance",
        Roles = { template.ApproverRoles.GetValueOrDefault(approval.Approver, []) },
        Digest = approval.Digest,
        Comment = approval.Comment,
    });

    private static Proto.RolloutTemplate.Types.State StateOf(StoredTemplate template) => template.IsDeleted
        ? Proto.RolloutTemplate.Types.State.Retired
        : template.Status switch
        {
            TemplateState.Draft => Proto.RolloutTemplate.Types.State.Draft,
            TemplateState.AwaitingApproval => Proto.RolloutTemplate.Types.State.AwaitingApproval,
            TemplateState.Approved => Proto.RolloutTemplate.Types.State.Approved,
            _ => throw new InvalidOperationException($"No such state: {template.Status}."),
        };

    private static Proto.TemplateStage ToProto(TemplateStage stage) => new()
    {
        Id = stage.Id,
        Kind = stage.Kind.ToProto(),
        Environment = stage.Environment,
        Duration = stage.Duration.ToMessage(),
        Soak = stage.Soak.ToMessage(),
        Gate = stage.Gate.ToProto(),
    };
}
