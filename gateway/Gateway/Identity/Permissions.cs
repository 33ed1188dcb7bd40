using Governance.BuildingBlocks.Security;
using Governance.Gateway.Proxy;

namespace Governance.Gateway.Identity;

/// <summary>Every permission that an RPC of the contract asks for.</summary>
internal static class Permissions
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. RpcCatalog.OfProduct().Methods
            .Select(method => method.Permission)
            .Where(permission => permission.Contains('.', StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What the role grants.</summary>
    public static IEnumerable<string> Of(string role) => All.Where(permission => Roles.Grants(role, permission));
}
