using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Governance.Benchmarks.Suite;

namespace Governance.Benchmarks.Advisories;

/// <summary>
/// A feed of 25,000 OSV records by REST through the gateway into a Suite that is a process of its own: its rate and what memory it takes.
/// </summary>
internal static class ImportBenchmark
{
    private const string Token = "bootstrap-token-of-the-benchmarks";

    public static int Run(string[] arguments)
    {
        var records = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 25_000;
        return RunAsync(records).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(int records)
    {
        var folder = Directory.CreateTempSubdirectory("governance-import-");
        var file = Path.Combine(folder.FullName, "feed.jsonl");
        await File.WriteAllLinesAsync(
            file, Enumerable.Range(0, records).Select(i => SyntheticFeed.Osv(i, SyntheticFeed.PackageOf(i % SyntheticFeed.Packages))));
        Environment.SetEnvironmentVariable("GOVERNANCE_BOOTSTRAP_TOKEN", Token);
        await using (var suite = await SuiteProcess.StartAsync(folder)) await MeasureAsync(suite, file, records);
        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task MeasureAsync(SuiteProcess suite, string file, int records)
    {
        await Task.Delay(TimeSpan.FromSeconds(10));
        var idle = suite.ResidentMegabytes();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{records} records, {new FileInfo(file).Length / 1024 / 1024} MB; resident when idle {idle:F0} MB"));
        foreach (var what in (string[])["first import", "the same again"])
        {
            var before = suite.ProcessorSeconds();
            var (seconds, peak, answer) = await ImportAsync(suite, file);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {records / seconds:F0} records a second, {seconds:F1} s with {suite.ProcessorSeconds() - before:F1} s of "
                    + $"processor, resident at most {peak - idle:F0} MB above idle; created {answer["created"]}, unchanged "
                    + $"{answer["unchanged"]}"));
        }
    }

    private static async Task<(double Seconds, double PeakMegabytes, JsonNode Answer)> ImportAsync(SuiteProcess suite, string file)
    {
        using var http = new HttpClient { BaseAddress = suite.Rest, Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var content = new StreamContent(File.OpenRead(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var watch = Stopwatch.StartNew();
        var importing = http.PostAsync("/v1/advisories:import?format=OSV", content);
        var peak = 0.0;
        while (await Task.WhenAny(importing, Task.Delay(100)) != importing) peak = Math.Max(peak, suite.ResidentMegabytes());
        using var response = await importing;
        var seconds = watch.Elapsed.TotalSeconds;
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return response.IsSuccessStatusCode ? (seconds, peak, answer) : throw new InvalidOperationException(answer.ToJsonString());
    }
}
