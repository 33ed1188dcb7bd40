using System.Text.Json;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.StandIns.Tests;

/// <summary>Clients that we did not write call our server; each runs all its scenarios once.</summary>
public sealed class TheirClientsTests
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string?>>> GrpcJs = new(() => RunAsync("client.mjs"));
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string?>>> GrpcIo = new(() => RunAsync("client.py"));

    public static TheoryData<string> Scenarios =>
    [
        "unary", "empty message", "client streaming", "server streaming", "duplex streaming", "binary metadata and trailers",
        "status details", "failure in a stream", "server ends while the client writes", "deadline",
        "client cancels a unary call", "client cancels a stream", "compression", "message over the limit", "unknown method",
    ];

    [InteropTheory(Theirs.Node, Theirs.GrpcJs)]
    [MemberData(nameof(Scenarios))]
    public async Task GrpcJsClient_CallsOurServer_Succeeds(string scenario) => await ShouldSucceedAsync(GrpcJs.Value, scenario);

    [InteropTheory(Theirs.GrpcIo)]
    [MemberData(nameof(Scenarios))]
    public async Task PythonClient_CallsOurServer_Succeeds(string scenario) => await ShouldSucceedAsync(GrpcIo.Value, scenario);

    private static async Task ShouldSucceedAsync(Task<IReadOnlyDictionary<string, string?>> run, string scenario)
    {
        var outcomes = await run;
        outcomes.Keys.ShouldContain(scenario);
        outcomes[scenario].ShouldBeNull();
        outcomes.Count.ShouldBe(Scenarios.Count);
    }

    private static async Task<IReadOnlyDictionary<string, string?>> RunAsync(string script)
    {
        await using var server = await OurServer.StartAsync();
        using var client = Theirs.Start(script, server.Address.Authority);
        client.StandardInput.Close();
        var output = await client.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<Outcome>(line, JsonSerializerOptions.Web)!)
            .ToDictionary(outcome => outcome.Name, outcome => outcome.Failure);
    }

    private sealed record Outcome(string Name, string? Failure);
}
