using System.Reflection;
using Google.Protobuf.Reflection;
using Governance.Common.V1;
using Grpc.Core;

namespace Governance.Testing;

/// <summary>A call as the protos declare it.</summary>
public sealed record Rpc(MethodDescriptor Method)
{
    /// <summary>Every call of every service in the protos: what is added there is in the tests by itself.</summary>
    public static IReadOnlyDictionary<string, Rpc> All { get; } = typeof(PermissionExtensions).Assembly.GetExportedTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .OfType<FileDescriptor>()
        .Where(file => file.Package.StartsWith("governance.", StringComparison.Ordinal))
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .Select(method => new Rpc(method))
        .ToDictionary(rpc => rpc.Name);

    /// <summary>The call that the message is the request of; each has one of its own.</summary>
    public static Rpc Of(MessageDescriptor request) => All.Values.Single(rpc => rpc.Method.InputType.FullName == request.FullName);

    /// <summary>`ownership.Parties/GetParty`.</summary>
    public string Name => $"{Service}.{Method.Service.Name}/{Method.Name}";

    /// <summary>The short name of the service that answers it, `ownership`.</summary>
    public string Service => Method.File.Package.Split('.')[1];

    /// <summary>What the proto asks for, `ownership.read`.</summary>
    public string Permission => Method.GetOptions()?.GetExtension(PermissionExtensions.Permission) ?? "";

    public MethodType Kind => (Method.IsClientStreaming, Method.IsServerStreaming) switch
    {
        (false, false) => MethodType.Unary,
        (true, false) => MethodType.ClientStreaming,
        (false, true) => MethodType.ServerStreaming,
        _ => MethodType.DuplexStreaming,
    };
}
