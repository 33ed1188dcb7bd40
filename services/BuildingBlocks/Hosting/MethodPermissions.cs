using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.Common.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>The permission of every RPC, from the option in its proto. An RPC that declares none keeps the host from starting.</summary>
internal sealed class MethodPermissions
{
    private FrozenDictionary<string, string> _permissions = FrozenDictionary<string, string>.Empty;

    /// <summary>The permission that the method asks for; null for one that is not ours.</summary>
    public string? Of(string method) => _permissions.GetValueOrDefault(method);

    /// <exception cref="SettingsFault">Names every RPC without a usable permission.</exception>
    public void Read(IEnumerable<Endpoint> endpoints)
    {
        var permissions = new Dictionary<string, string>();
        var faults = new List<string>();
        foreach (var method in endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>())
            .OfType<GrpcMethodMetadata>())
        {
            var name = method.Method.FullName;
            var permission = IsStandard(name) ? "public" : Declared(method);
            if (permission.Length == 0) faults.Add($"{name} declares no permission (option (governance.common.v1.permission)).");
            else if (!Roles.Knows(permission)) faults.Add($"{name} asks for {permission}, which no role grants.");
            permissions[name] = permission;
        }

        if (faults.Count > 0) throw new SettingsFault(faults);
        _permissions = permissions.ToFrozenDictionary();
    }

    /// <summary>The standard health and reflection services come without our option.</summary>
    private static bool IsStandard(string method) => method.StartsWith("/grpc.", StringComparison.Ordinal);

    private static string Declared(GrpcMethodMetadata method) =>
        Descriptor(method.ServiceType)?.FindMethodByName(method.Method.Name)?.GetOptions()?.GetExtension(PermissionExtensions.Permission)
            ?? "";

    /// <summary>The generated class that the service's base is nested in knows the descriptor.</summary>
    private static ServiceDescriptor? Descriptor(Type service)
    {
        for (var type = service; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } binding)
            {
                return (ServiceDescriptor?)binding.BindType.GetProperty(
                    "Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
            }
        }

        return null;
    }
}
