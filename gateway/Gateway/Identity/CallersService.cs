using Governance.BuildingBlocks.Security;
using Governance.Gateway.V1;
using Grpc.Core;

namespace Governance.Gateway.Identity;

/// <summary>Tells callers who they are.</summary>
internal sealed class CallersService : Callers.CallersBase
{
    public override Task<V1.Caller> GetCaller(GetCallerRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var answer = new V1.Caller { Principal = caller.Principal, Person = caller.Person };
        answer.Bindings.Add(caller.Bindings.Select(binding => new RoleBinding { Role = binding.Role, Scope = binding.Scope }));
        answer.Permissions.Add(Permissions.All.Where(caller.Holds));
        return Task.FromResult(answer);
    }
}
