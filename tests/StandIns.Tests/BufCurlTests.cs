using System.Diagnostics;
using System.Text.Json.Nodes;
using Governance.Testing;
using Shouldly;

namespace Governance.StandIns.Tests;

/// <summary>buf curl, over connect-go, calls our server.</summary>
public sealed class BufCurlTests
{
    private static string Buf => RepositoryRoot.Path("eng", "tools", "node_modules", ".bin", "buf");

    [InteropFact(Theirs.Node, Theirs.Buf)]
    public async Task BufCurl_UnaryCall_PrintsTheAnswer()
    {
        var (exitCode, output, _) = await CurlAsync("Unary", """{"text": "grüße", "count": 3}""");

        exitCode.ShouldBe(0);
        var answer = JsonNode.Parse(output)!;
        answer["text"]!.GetValue<string>().ShouldBe("grüße");
        answer["count"]!.GetValue<int>().ShouldBe(3);
    }

    [InteropFact(Theirs.Node, Theirs.Buf)]
    public async Task BufCurl_ServerStream_PrintsEachAnswer()
    {
        var (exitCode, output, _) = await CurlAsync("ServerStream", """{"text": "n", "count": 5}""");

        exitCode.ShouldBe(0);
        output.Split("\"count\"").Length.ShouldBe(6);
    }

    [InteropFact(Theirs.Node, Theirs.Buf)]
    public async Task BufCurl_DuplexStream_AnswersEachAsk()
    {
        var (exitCode, output, _) = await CurlAsync("Duplex", """{"text": "one"} {"text": "two"}""");

        exitCode.ShouldBe(0);
        output.ShouldContain("one");
        output.ShouldContain("two");
    }

    [InteropFact(Theirs.Node, Theirs.Buf)]
    public async Task BufCurl_FailedCall_ShowsCodeAndDetails()
    {
        var (exitCode, _, error) = await CurlAsync("Unary", """{"text": "not so", "failCode": 9}""");

        exitCode.ShouldNotBe(0);
        var failure = JsonNode.Parse(error)!;
        failure["code"]!.GetValue<string>().ShouldBe("failed_precondition");
        failure["message"]!.GetValue<string>().ShouldBe("not so");
        failure["details"]![0]!["type"]!.GetValue<string>().ShouldBe("google.rpc.ErrorInfo");
    }

    private static async Task<(int ExitCode, string Output, string Error)> CurlAsync(string method, string body)
    {
        await using var server = await OurServer.StartAsync();
        var start = new ProcessStartInfo(Buf,
        [
            "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--schema", Path.Combine(Theirs.Folder, "interop.proto"),
            "-d", body, $"{server.Address}standins.interop.v1.InteropService/{method}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Theirs.Folder,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("buf did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await output, await error);
    }
}
