using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Sample.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Hosting;

/// <summary>The real program, killed with SIGKILL while it writes and publishes.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const string AppToken = "killed-app-token";
    private readonly string _folder = Directory.CreateTempSubdirectory("governance-kill-").FullName;
    private readonly int _grpcPort = FreePort();
    private readonly int _httpPort = FreePort();
    private TestPubSub _pubSub = null!;
    private readonly List<Process> _programs = [];
    private InternalTokenIssuer _tokens = null!;

    public async Task InitializeAsync()
    {
        _pubSub = await TestPubSub.StartAsync();
        var keys = new SigningKeyRing(Path.Combine(_folder, "keys"), TimeProvider.System);
        keys.Current();
        _tokens = new InternalTokenIssuer(keys, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        foreach (var program in _programs)
        {
            if (!program.HasExited) program.Kill();
            await program.WaitForExitAsync();
            program.Dispose();
        }

        await _pubSub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Program_KilledUnderLoad_KeepsAndPublishesAllThatItAnswered()
    {
        var answered = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            var program = Start();
            using var channel = Grpc.Net.Client.GrpcChannel.ForAddress($"http://127.0.0.1:{_grpcPort}");
            await ServesAsync();
            var writers = Enumerable.Range(0, 4).Select(writer => WriteAsync(channel, $"r{round}-w{writer}", answered)).ToList();
            await Eventually.HoldsAsync(() => Count(answered) > (round + 1) * 15, "writes are answered");
            program.Kill();
            await program.WaitForExitAsync();
            await Task.WhenAll(writers);
        }

        Start();
        await ServesAsync();
        await Eventually.HoldsAsync(
            () => answered.All(_pubSub.Published.Select(published => published.Subject).ToHashSet().Contains),
            "all that was answered is published");
        using var calls = Grpc.Net.Client.GrpcChannel.ForAddress($"http://127.0.0.1:{_grpcPort}");
        var audit = await new Operations.OperationsClient(calls).VerifyAuditAsync(new(), Token());

        audit.Intact.ShouldBeTrue(audit.Problem);
        audit.Entries.ShouldBeGreaterThanOrEqualTo(answered.Count);
        _pubSub.Published.Select(published => (published.Id, published.Subject)).Distinct()
            .GroupBy(published => published.Subject).ShouldAllBe(same => same.Count() == 1);
    }

    private static int Count(List<string> answered)
    {
        lock (answered) return answered.Count;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
                 {
                     typeof(KillTests).Assembly.Location, "--migrate-and-start", "--data", _folder,
                     "--grpc-port", $"{_grpcPort}", "--http-port", $"{_httpPort}", "--dapr", $"{_pubSub.Endpoint}",
                 })
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["APP_API_TOKEN"] = AppToken;
        var program = Process.Start(start)!;
        _programs.Add(program);
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        return program;
    }

    private async Task ServesAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}") };
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync("/healthz/ready")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the program serves",
            TimeSpan.FromSeconds(60));
    }

    private Metadata Token() => new() { { "authorization", $"Bearer {_tokens.Issue(Callers.Admin, "depot").Token}" } };

    private async Task WriteAsync(ChannelBase channel, string prefix, List<string> answered)
    {
        var lots = new Lots.LotsClient(channel);
        for (var i = 0; ; i++)
        {
            try
            {
                var lot = await lots.CreateLotAsync(Depot.NewLot($"{prefix}-{i}"), Token());
                lock (answered) answered.Add(lot.Name);
            }
            catch (RpcException)
            {
                return;
            }
        }
    }
}
