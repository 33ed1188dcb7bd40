using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Grpc.Core;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Approvals as they are kept with what they are of.</summary>
internal static class Approvals
{
    /// <summary>By the caller, now, with the roles that allow it.</summary>
    public static Approval Here(WriteUnit unit, ServerCallContext context, string comment) => new()
    {
        Approver = unit.Caller.Person,
        At = unit.Now.ToMessage(),
        Source = "governance",
        Roles = { unit.Caller.RolesFor(context.Permission()) },
        Comment = comment,
    };
}
