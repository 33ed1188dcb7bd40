using System.Collections.Immutable;
using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Patching.Rollouts;

internal enum TemplateState
{
    Draft,
    AwaitingApproval,
    Approved,
}

/// <summary>What pre-approves STANDARD rollouts.</summary>
internal sealed class StoredTemplate : Aggregate, IApprovable
{
    private StoredTemplate()
    {
    }

    public override string Name => $"rolloutTemplates/{Id}";

    public TemplateTerms Terms { get; private set; } = null!;

    /// <summary>What an approval binds to.</summary>
    public string Digest { get; private set; } = "";

    public TemplateState Status { get; private set; }

    /// <summary>Why it was sent back; may be empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The person who created it.</summary>
    public string Requester { get; private set; } = "";

    public ImmutableList<string> Editors { get; private set; } = [];

    /// <summary>Approvals of the present digest.</summary>
    public ImmutableList<RolloutApproval> Approvals { get; private set; } = [];

    /// <summary>The roles that the approvers held, by person.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> ApproverRoles { get; private set; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public static StoredTemplate Create(string id, TemplateTerms terms, string requester, Instant now)
    {
        var template = new StoredTemplate { Id = id, Requester = requester, Terms = terms, Digest = Digests.Of(terms.ToProto()) };
        template.Changed("CREATED", now);
        return template;
    }

    /// <summary>Other terms: it is a draft again. The same terms again change nothing but who had a hand in it.</summary>
    public void Edit(TemplateTerms terms, string editor, Instant now)
    {
        DemandAlive();
        var digest = Digests.Of(terms.ToProto());
        if (digest != Digest) (Terms, Digest, Status, Approvals) = (terms, digest, TemplateState.Draft, []);
        if (!Editors.Any(known => SeparationOfDuties.IsSame(known, editor))) Editors = Editors.Add(editor);
        if (Approvals.Any(approval => SeparationOfDuties.IsSame(approval.Approver, editor)))
        {
            Approvals = Approvals.RemoveAll(approval => SeparationOfDuties.IsSame(approval.Approver, editor));
            Status = TemplateState.Draft;
        }

        Changed("UPDATED", now);
    }

    public void Submit(Instant now)
    {
        DemandAlive();
        Demand(TemplateState.Draft, "TEMPLATE_NOT_DRAFT", "Only a draft can be submitted.");
        (Status, Reason) = (TemplateState.AwaitingApproval, "");
        Changed("SUBMITTED", now);
    }

    /// <summary>One approval; the caller was held to the separation of duties.</summary>
    public void Approve(RolloutApproval approval, IEnumerable<string> roles, Instant now)
    {
        DemandAlive();
        Demand(TemplateState.AwaitingApproval, "TEMPLATE_NOT_AWAITING_APPROVAL", "It does not await approval.");
        Approvals = Approvals.Add(approval);
        ApproverRoles = ApproverRoles.SetItem(approval.Approver, [.. roles]);
        if (Approvals.Count(given => given.Digest == Digest) >= Terms.ApprovalsNeeded()) Status = TemplateState.Approved;
        Changed("APPROVED", now);
    }

    /// <summary>Back to the draft; approvals are void.</summary>
    public void Reject(string reason, Instant now)
    {
        DemandAlive();
        Demand(TemplateState.AwaitingApproval, "TEMPLATE_NOT_AWAITING_APPROVAL", "It does not await approval.");
        (Status, Reason, Approvals) = (TemplateState.Draft, reason, []);
        Changed("REJECTED", now);
    }

    /// <summary>No rollout can name it any more; it stays readable.</summary>
    public void Retire(string reason, Instant now)
    {
        DemandAlive();
        Reason = reason;
        MarkDeleted(reason, now);
    }

    public void DemandAlive()
    {
        if (IsDeleted) throw new RuleViolation("TEMPLATE_RETIRED", $"{Name} is retired.", ("template", Name));
    }

    public ApprovalRecord ToApprovalRecord() => new()
    {
        Resource = Name,
        Requester = Requester,
        Editors = { Editors },
        Approvals = { this.ToApprovals() },
    };

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => this.ToProto();

    private void Demand(TemplateState state, string reason, string message)
    {
        if (Status != state) throw new RuleViolation(reason, message, ("template", Name), ("state", Status.ToString()));
    }
}

internal sealed class StoredTemplateConfiguration : IEntityTypeConfiguration<StoredTemplate>
{
    public void Configure(EntityTypeBuilder<StoredTemplate> builder)
    {
        builder.ToTable("RolloutTemplates");
        builder.Property(template => template.Terms).AsJson();
        builder.Property(template => template.Digest).HasMaxLength(64);
        builder.Property(template => template.Reason).HasMaxLength(1000);
        builder.Property(template => template.Requester).HasMaxLength(300);
        builder.Property(template => template.Editors).AsJson();
        builder.Property(template => template.Approvals).AsJson();
        builder.Property(template => template.ApproverRoles).AsJson();
    }
}
