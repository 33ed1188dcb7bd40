using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Windows.V1;

namespace Governance.Benchmarks.Suite;

/// <summary>
/// CheckChange by `h2load`, straight at the service, through nginx's `grpc_pass` without any check, through the gateway with an API
/// key, and through the gateway by REST; in turn, three rounds, the median counts.
/// </summary>
internal static partial class GatewayBenchmark
{
    private const int Rounds = 3;

    public static int Run(string[] arguments)
    {
        var requests = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 40_000;
        return RunAsync(requests).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(int requests)
    {
        await using var suite = await RunningSuite.StartAsync();
        var work = Directory.CreateTempSubdirectory("governance-gateway-");
        var question = new CheckChangeRequest { Component = "checkout-api", Environment = "production", Kind = ChangeKind.Release };
        var frame = await WriteAsync(work, "frame", Frame(question));
        var json = await WriteAsync(work, "json", JsonFormatter.Default.Format(question).Select(c => (byte)c).ToArray());
        var service = suite.Host.PortOf(ServiceCatalog.Windows.Name).Grpc;
        await using var nginx = await NginxProxy.StartAsync(work, service);
        const string Call = "/governance.windows.v1.Changes/CheckChange";
        var ways = new (string Name, Func<string[]> Arguments)[]
        {
            ("service, direct", () => Grpc(frame, suite.InternalToken(ServiceCatalog.Windows.Name), $"http://127.0.0.1:{service}{Call}")),
            ("nginx grpc_pass, no check", () =>
                Grpc(frame, suite.InternalToken(ServiceCatalog.Windows.Name), $"http://127.0.0.1:{nginx.Port}{Call}")),
            ("gateway, gRPC, API key", () => Grpc(frame, suite.Token, $"http://127.0.0.1:{suite.Host.GrpcPort}{Call}")),
            ("gateway, REST, API key", () => ["--h1", .. Post(json, suite.Token, "application/json"), $"{suite.Rest}v1/changes:check"]),
        };
        var rates = ways.ToDictionary(way => way.Name, _ => new List<(double Rate, double Milliseconds)>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (name, arguments) in ways)
            {
                var measured = await LoadAsync(round == 0 ? requests / 4 : requests, arguments());
                if (round > 0) rates[name].Add(measured);
            }
        }

        Console.WriteLine("| Way | requests a second | mean time, ms | of nginx |\n|---|---|---|---|");
        var baseline = Median(rates["nginx grpc_pass, no check"].Select(rate => rate.Rate));
        foreach (var (name, _) in ways)
        {
            var rate = Median(rates[name].Select(measured => measured.Rate));
            var time = Median(rates[name].Select(measured => measured.Milliseconds));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {rate:F0} | {time:F2} | {rate / baseline:F2} |"));
        }

        work.Delete(recursive: true);
        return 0;
    }

    private static string[] Grpc(string body, string token, string url) =>
        ["-H", "te: trailers", .. Post(body, token, "application/grpc"), url];

    private static string[] Post(string body, string token, string type) =>
        ["-d", body, "-H", $"content-type: {type}", "-H", $"authorization: Bearer {token}"];

    private static async Task<(double Rate, double Milliseconds)> LoadAsync(int requests, string[] arguments)
    {
        var start = new ProcessStartInfo("h2load") { RedirectStandardOutput = true };
        var streams = arguments[0] == "--h1" ? "1" : "10";
        foreach (var argument in (string[])["-n", requests.ToString(CultureInfo.InvariantCulture), "-c", "8", "-m", streams, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (!output.Contains($"{requests} succeeded", StringComparison.Ordinal)) throw new InvalidOperationException($"h2load: {output}");
        return (
            double.Parse(RateLine().Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture),
            Milliseconds(TimeLine().Match(output)));
    }

    /// <summary>h2load writes min, max, mean with units of their own.</summary>
    private static double Milliseconds(Match mean)
    {
        var value = double.Parse(mean.Groups["mean"].Value, CultureInfo.InvariantCulture);
        return mean.Groups["unit"].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static byte[] Frame(IMessage message)
    {
        var body = message.ToByteArray();
        return [0, 0, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    private static async Task<string> WriteAsync(DirectoryInfo folder, string name, byte[] content)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    [GeneratedRegex(@", (?<rate>[\d.]+) req/s")]
    private static partial Regex RateLine();

    [GeneratedRegex(@"time for request:\s+\S+\s+\S+\s+(?<mean>[\d.]+)(?<unit>us|ms|s)")]
    private static partial Regex TimeLine();
}
