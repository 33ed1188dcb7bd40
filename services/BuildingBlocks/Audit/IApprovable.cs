using Governance.Common.V1;

namespace Governance.BuildingBlocks.Audit;

/// <summary>
/// An aggregate that people approve. Saving it brings its record in the list of approvals up to date, violations included.
/// </summary>
public interface IApprovable
{
    /// <summary>Who has which duty now; `resource` and `violations` are filled in by the infrastructure.</summary>
    ApprovalRecord ToApprovalRecord();
}
