using Governance.BuildingBlocks.Errors;
using Governance.Common.V1;

namespace Governance.BuildingBlocks.Security;

/// <summary>Nobody approves what they requested, edited or implement. It compares people, not credentials.</summary>
public static class SeparationOfDuties
{
    /// <summary>Refuses an approver who has another duty on the same resource, and every API key.</summary>
    /// <param name="approver">Who wants to approve.</param>
    /// <param name="permission">The RPC's permission, for the refusal of keys.</param>
    /// <param name="record">The duties so far.</param>
    /// <exception cref="PermissionDenied">The credential is an API key or the suite itself.</exception>
    /// <exception cref="RuleViolation">SELF_APPROVAL, or ALREADY_APPROVED by the same person.</exception>
    public static void DemandMayApprove(Caller approver, string permission, ApprovalRecord record)
    {
        if (approver.IsKey || approver.Person.Length == 0)
        {
            throw new PermissionDenied(permission, $"{approver.Principal} is no person; only people approve.", "KEYS_CANNOT_APPROVE");
        }
        if (DutyOf(approver.Person, record) is { } duty)
        {
            throw new RuleViolation(
                "SELF_APPROVAL",
                $"{approver.Person} {duty} {record.Resource} and so cannot approve it.",
                ("person", approver.Person), ("duty", duty), ("resource", record.Resource));
        }

        if (record.Approvals.Any(approval => IsSame(approval.Approver, approver.Person)))
        {
            throw new RuleViolation(
                "ALREADY_APPROVED",
                $"{approver.Person} has approved {record.Resource} already; a further approval must come from someone else.",
                ("person", approver.Person), ("resource", record.Resource));
        }
    }

    /// <summary>Every broken separation of a record, in words; empty when all is well.</summary>
    public static IReadOnlyList<string> Violations(ApprovalRecord record) =>
    [
        .. from approval in record.Approvals
           let duty = DutyOf(approval.Approver, record)
           where duty is not null
           select $"{approval.Approver} {duty} it and approved it.",
    ];

    /// <summary>
    /// Whether two texts mean one person. As a guard it takes spellings that differ by case or outer blanks for the same, since an
    /// implementer may be written by hand.
    /// </summary>
    public static bool IsSame(string person, string other) =>
        person.Length > 0 && string.Equals(person.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string? DutyOf(string person, ApprovalRecord record) =>
        IsSame(person, record.Requester) ? "requested"
        : record.Editors.Any(editor => IsSame(person, editor)) ? "edited"
        : IsSame(person, record.Implementer) ? "implements"
        : null;
}
