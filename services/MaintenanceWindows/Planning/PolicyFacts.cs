using Governance.Common.V1;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>What components ask of a change.</summary>
/// <param name="Name">`changePolicies/…`.</param>
/// <param name="Scope">The components.</param>
/// <param name="Kinds">Only for these kinds.</param>
/// <param name="WindowRequired">Whether it needs an open window.</param>
/// <param name="ApprovalsNeeded">How many approvals a NORMAL change needs.</param>
internal sealed record PolicyFacts(
    string Name, ScopeFacts Scope, KindSet Kinds, bool WindowRequired, int ApprovalsNeeded) : IScoped
{
    /// <summary>STANDARD changes are approved by their template; an EMERGENCY waits for one approver at most.</summary>
    public int ApprovalsFor(ChangeType type) => type switch
    {
        ChangeType.Standard => 0,
        ChangeType.Emergency => Math.Min(1, ApprovalsNeeded),
        _ => ApprovalsNeeded,
    };
}
