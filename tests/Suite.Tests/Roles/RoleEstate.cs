using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.MaintenanceWindows;
using Governance.Ownership;
using Governance.Patching;
using Governance.Testing;
using Grpc.Core;
using Xunit;

namespace Governance.Suite.Tests.Roles;

/// <summary>Every service that runs behind the gateway, as a real host.</summary>
public sealed class RoleEstate : IAsyncLifetime
{
    private static readonly ServiceDefinition[] Definitions =
        [WindowsDefinition.Value, PatchingDefinition.Value, OwnershipDefinition.Value];
    private readonly Dictionary<(string Principal, string Service), string> _tokens = [];
    private TestEstate? _estate;

    /// <summary>The short names of the services.</summary>
    public static IEnumerable<string> Services => Definitions.Select(definition => definition.Service.Name);

    /// <summary>Fails when a host has logged an error.</summary>
    public void DemandNoErrors() => _estate!.Logs.Verify();

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(Definitions);

    public async Task DisposeAsync() => await _estate!.DisposeAsync();

    /// <summary>Calls of a caller, or of nobody; each caller keeps one token for every service, as people do.</summary>
    internal CallInvoker As(Rpc rpc, Caller? caller) =>
        caller is null ? Host(rpc).Anonymous : Host(rpc).WithToken(() => TokenOf(caller, rpc.Service));

    private string TokenOf(Caller caller, string service) => _tokens.TryGetValue((caller.Principal, service), out var known)
        ? known
        : _tokens[(caller.Principal, service)] = _estate!.Tokens.Issue(caller, service).Token;

    private TestHost Host(Rpc rpc) => _estate![ServiceCatalog.All.Single(service => service.Name == rpc.Service)];
}
