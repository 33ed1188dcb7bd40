using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;
using Governance.Common.V1;
using Governance.Gateway.Transcoding;

namespace Governance.Gateway.Proxy;

/// <summary>Everything that the contract declares: its files, its message shapes, and the RPCs by their gRPC path.</summary>
internal sealed class RpcCatalog
{
    /// <summary>The short name of the gateway's own package; its RPCs are answered here.</summary>
    public const string Gateway = "gateway";

    private readonly FrozenDictionary<string, RpcMethod> _byPath;

    /// <param name="files">The files whose services are served; what they import is found by itself.</param>
    public RpcCatalog(IEnumerable<FileDescriptor> files)
    {
        Files = files.DistinctBy(file => file.Name).OrderBy(file => file.Name, StringComparer.Ordinal).ToArray();
        Shapes = new ShapeRegistry([.. Files, Google.Rpc.ErrorDetailsReflection.Descriptor, Google.Rpc.StatusReflection.Descriptor]);
        Methods = Files.SelectMany(file => file.Services)
            .Where(service => ServiceOf(service.File.Package).Length > 0)
            .SelectMany(service => service.Methods)
            .Select(method => new RpcMethod(method, Shapes))
            .ToArray();
        _byPath = Methods.ToFrozenDictionary(method => method.Path, StringComparer.Ordinal);
    }

    public IReadOnlyList<FileDescriptor> Files { get; }
    public ShapeRegistry Shapes { get; }
    public IReadOnlyList<RpcMethod> Methods { get; }

    public RpcMethod? Find(string grpcPath) => _byPath.GetValueOrDefault(grpcPath);

    /// <summary>The product's contract: every file of the protos' assembly.</summary>
    public static RpcCatalog OfProduct() => new(FilesOf(typeof(PermissionExtensions).Assembly));

    /// <summary>The files that an assembly of generated code declares.</summary>
    public static IEnumerable<FileDescriptor> FilesOf(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .OfType<FileDescriptor>();

    /// <summary><c>windows</c> for the package <c>governance.windows.v1</c>; empty for a package that no service has.</summary>
    public static string ServiceOf(string package) =>
        package.Split('.') is ["governance", var service, ['v', ..]] && service != "common" ? service : "";
}
