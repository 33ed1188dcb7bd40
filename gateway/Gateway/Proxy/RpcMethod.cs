using Google.Api;
using Google.Protobuf.Reflection;
using Governance.Common.V1;
using Governance.Gateway.Transcoding;

namespace Governance.Gateway.Proxy;

/// <summary>One RPC that the gateway leads to a service.</summary>
internal sealed class RpcMethod(MethodDescriptor descriptor, ShapeRegistry shapes)
{
    public MethodDescriptor Descriptor { get; } = descriptor;

    /// <summary>The short name of the service that answers, <c>windows</c>.</summary>
    public string Service { get; } = RpcCatalog.ServiceOf(descriptor.File.Package);

    /// <summary>The path of gRPC, <c>/governance.windows.v1.Windows/GetWindow</c>.</summary>
    public string Path { get; } = $"/{descriptor.Service.FullName}/{descriptor.Name}";

    /// <summary>The permission that the contract asks for; empty when it declares none.</summary>
    public string Permission { get; } = descriptor.GetOptions()?.GetExtension(PermissionExtensions.Permission) ?? "";

    public HttpRule? Http { get; } = descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http);

    public MessageShape Request { get; } = shapes.Of(descriptor.InputType);

    public MessageShape Response { get; } = shapes.Of(descriptor.OutputType);

    public bool ClientStreaming => Descriptor.IsClientStreaming;

    public bool ServerStreaming => Descriptor.IsServerStreaming;
}

/// <summary>Which RPC a request calls; set before <see cref="IInternalTokens"/> is asked.</summary>
internal sealed record RpcCallFeature(RpcMethod Method);
