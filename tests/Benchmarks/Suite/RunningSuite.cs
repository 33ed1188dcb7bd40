using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Governance.BuildingBlocks.Security;
using Governance.Gateway.Identity;
using Governance.Suite;

namespace Governance.Benchmarks.Suite;

/// <summary>A Suite in this process on a folder of its own, without limits on the rate of calls.</summary>
internal sealed class RunningSuite : IAsyncDisposable
{
    private const string BootstrapToken = "bootstrap-token-of-the-benchmarks";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("governance-benchmark-");

    private RunningSuite()
    {
    }

    public SuiteHost Host { get; private set; } = null!;

    public string Token => BootstrapToken;

    public Uri Rest => new($"http://127.0.0.1:{Host.HttpPort}");

    /// <summary>A file of its data.</summary>
    public string PathOf(string file) => Path.Combine(_folder.FullName, "data", file);

    /// <summary>
    /// What the gateway would send, for the ways that go past it. It holds for five minutes, so every round takes a new one.
    /// </summary>
    public string InternalToken(string service)
    {
        var keys = new SigningKeyRing(Path.Combine(_folder.FullName, "data", "keys"), TimeProvider.System);
        return new InternalTokenIssuer(keys, TimeProvider.System).Issue(
            new Caller("users/admin", "users/admin", [new Binding("admin")]), service).Token;
    }

    public static async Task<RunningSuite> StartAsync()
    {
        Environment.SetEnvironmentVariable("GOVERNANCE_BOOTSTRAP_TOKEN", BootstrapToken);
        Environment.SetEnvironmentVariable(IdentityOptions.EnvironmentPrefix + nameof(IdentityOptions.RequestsPerSecond), "10000000");
        var suite = new RunningSuite();
        var options = new SuiteOptions { Data = new DirectoryInfo(Path.Combine(suite._folder.FullName, "data")), Http = 0, Grpc = 0 };
        suite.Host = await SuiteHost.StartAsync(options, CancellationToken.None);
        return suite;
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var http = new HttpClient { BaseAddress = Rest };
        http.DefaultRequestHeaders.Authorization = new("Bearer", BootstrapToken);
        using var response = await http.PostAsJsonAsync(path, body);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<JsonNode>())!
            : throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
