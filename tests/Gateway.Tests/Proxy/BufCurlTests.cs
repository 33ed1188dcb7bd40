using System.Diagnostics;
using System.Text.Json.Nodes;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Proxy;

/// <summary>buf curl, over connect-go, calls a service through the gateway; what it calls it asks the gateway's reflection for.</summary>
[Collection(GatewayCollection.Name)]
public sealed class BufCurlTests(GatewayHost host)
{
    private const string Node = "node";
    private const string Buf = "npm:eng/tools#@bufbuild/buf";

    [InteropFact(Node, Buf)]
    public async Task BufCurl_UnaryCall_PrintsTheAnswer()
    {
        var (exitCode, output, error) = await CurlAsync("EchoProbe", """{"name": "grüße"}""");

        exitCode.ShouldBe(0, error);
        JsonNode.Parse(output)!["name"]!.GetValue<string>().ShouldBe("grüße");
    }

    [InteropFact(Node, Buf)]
    public async Task BufCurl_ServerStream_PrintsEachAnswer()
    {
        var (exitCode, output, error) = await CurlAsync("WatchProbes", """{"count": 5}""");

        exitCode.ShouldBe(0, error);
        foreach (var small in Enumerable.Range(1, 4))
        {
            output.ShouldContain($"\"small\": {small}".Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [InteropFact(Node, Buf)]
    public async Task BufCurl_RefusedCall_ShowsCodeAndDetails()
    {
        var (exitCode, _, error) = await CurlAsync("FailProbe", """{"code": 9, "message": "not so"}""");

        exitCode.ShouldNotBe(0);
        var failure = JsonNode.Parse(error)!;
        failure["code"]!.GetValue<string>().ShouldBe("failed_precondition");
        failure["message"]!.GetValue<string>().ShouldBe("not so");
        failure["details"]![0]!["type"]!.GetValue<string>().ShouldBe("google.rpc.ErrorInfo");
    }

    private async Task<(int ExitCode, string Output, string Error)> CurlAsync(string method, string body)
    {
        var start = new ProcessStartInfo(
            RepositoryRoot.Path("eng", "tools", "node_modules", ".bin", "buf"),
            [
                "curl",
                "--protocol",
                "grpc",
                "--http2-prior-knowledge",
                "-d",
                body,
                $"{host.GrpcAddress}/governance.probe.v1.Probes/{method}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("buf did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, (await output).Replace(" ", "", StringComparison.Ordinal), await error);
    }
}
