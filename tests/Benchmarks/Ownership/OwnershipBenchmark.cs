using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Governance.Benchmarks.Suite;
using Microsoft.Data.Sqlite;

namespace Governance.Benchmarks.Ownership;

/// <summary>
/// A catalogue of 250,000 components with dependencies and assignments in a Suite: how long its import takes and how much
/// memory, how soon ResolveOwner answers then, how soon the map of one system is drawn, and how soon a gap is seen.
/// </summary>
internal sealed class OwnershipBenchmark(RunningSuite suite, int components)
{
    private const int PerSystem = 200;
    private const int Teams = 500;
    private const int Maps = 30;
    private const int Changes = 50;
    private readonly HttpClient _http = NewClient(suite);

    /// <param name="arguments">How many components; then `import` to measure nothing else.</param>
    public static int Run(string[] arguments) => RunAsync(
        arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 250_000,
        arguments.Contains("import")).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(int components, bool importOnly)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, components).Select(Row).Prepend("name,kind,tier,system,environments,exposure,owner,dependsOn,accountable.security-patching,responsible.incident-response"));
        await using (var suite = await RunningSuite.StartAsync())
        {
            var benchmark = new OwnershipBenchmark(suite, components);
            await benchmark.ImportAsync("first import", file);
            if (!importOnly) await benchmark.AnswerAsync(file);
        }

        File.Delete(file);
        return 0;
    }

    private async Task AnswerAsync(string file)
    {
        await SettleAsync();
        await ImportAsync("the same again", file);
        await new OwnerQuestions(suite, components).MeasureAsync();
        await MapAsync();
        await GapAsync();
    }

    private async Task ImportAsync(string what, string file)
    {
        var idle = Resident();
        using var content = new StreamContent(File.OpenRead(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var watch = Stopwatch.StartNew();
        var importing = _http.PostAsync("/v1/components:import?format=CSV&source=benchmark", content);
        var peak = idle;
        while (await Task.WhenAny(importing, Task.Delay(200)) != importing) peak = Math.Max(peak, Resident());
        var answer = await ReadAsync(await importing);
        Print($"{what}: {watch.Elapsed.TotalSeconds:F0} s, {components / watch.Elapsed.TotalSeconds:F0} components a second; resident {idle:F0} MB before, at most {peak:F0} MB; created {answer["created"]}, unchanged {answer["unchanged"]}, refused {answer["rejectedCount"]}");
    }

    /// <summary>Until the neighbours have every component and the gaps of all were looked for.</summary>
    private async Task SettleAsync()
    {
        var watch = Stopwatch.StartNew();
        var peak = Resident();
        while (!await IsQuietAsync())
        {
            peak = Math.Max(peak, Resident());
            await Task.Delay(500);
        }

        Print($"events delivered and gaps looked for: {watch.Elapsed.TotalSeconds:F0} s after the import; resident at most {peak:F0} MB");
    }

    /// <summary>Looks at the file: to ask the service for its queue's length means to count a million rows.</summary>
    private async Task<bool> IsQuietAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={suite.PathOf("ownership.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM GapMarks) OR EXISTS (SELECT 1 FROM Outbox WHERE NOT Parked)";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 0;
    }

    private async Task MapAsync()
    {
        foreach (var format in (string[])["JSON", "MERMAID", "SVG"])
        {
            var times = new List<double>();
            for (var i = 0; i < Maps; i++)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await _http.GetAsync($"/v1/ownershipMap?format={format}&scope=systems/s{i}");
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            times.Sort();
            Print($"map of a system of {PerSystem} components as {format}, by REST through the gateway: median {times[Maps / 2]:F0} ms, slowest {times[^1]:F0} ms");
        }
    }

    /// <summary>From a component of tier 1 that loses its owner to the gap that says so.</summary>
    private async Task GapAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            var name = $"components/c{i * 4}";
            var start = Stopwatch.GetTimestamp();
            await ReadAsync(await _http.PatchAsync($"/v1/{name}", new StringContent("""{"owner":""}""", System.Text.Encoding.UTF8, "application/json")));
            while (!(await ReadAsync(await _http.GetAsync($"/v1/ownershipGaps?state=OPEN&kind=UNOWNED_AREA&component={name}")))["ownershipGaps"]!.AsArray().Any())
            {
                await Task.Delay(10);
            }
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Print($"from a component's loss of its owner to its gap, by REST, looked for every 10 ms: median {times[Changes / 2]:F0} ms, slowest {times[^1]:F0} ms");
    }

    /// <summary>Each depends on three others, mostly of its own system.</summary>
    private static string Row(int i)
    {
        var first = i - (i % PerSystem);
        int[] others = [first + (i * 7 % PerSystem), first + (i * 13 % PerSystem), (int)(i * 7919L % 10_007) % Math.Max(i, 1)];
        var needs = others.Where(other => other < i).Distinct();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"c{i},service,{1 + (i % 4)},s{i / PerSystem},staging;production,internal,team-{i / PerSystem % Teams},{string.Join(';', needs.Select(other => $"c{other}"))},team-{i % Teams},team-{i * 3 % Teams}");
    }

    private static double Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1024.0 / 1024.0;
    }

    private static HttpClient NewClient(RunningSuite suite)
    {
        var client = new HttpClient { BaseAddress = suite.Rest, Timeout = TimeSpan.FromMinutes(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", suite.Token);
        return client;
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException(answer.ToJsonString());
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
