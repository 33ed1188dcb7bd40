using System.Diagnostics;
using System.Globalization;
using System.Text;
using Governance.Ownership.V1;
using Governance.Suite;
using Governance.Testing;
using Microsoft.Data.Sqlite;

namespace Governance.Benchmarks.Events;

/// <summary>
/// Events through the whole Suite: an owner's commit, its outbox, the local pub/sub, the consumers' inboxes, and the copies
/// that they keep, each on its own SQLite file with durable commits.
/// </summary>
internal sealed class EventFlowBenchmark(SuiteHost suite, string windowsFile, string patchingFile)
{
    private const int Singles = 300;
    private const int Burst = 5_000;

    public static int Run(string[] args) => RunAsync().GetAwaiter().GetResult();

    private static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("governance-events-");
        var options = new SuiteOptions { Data = folder, Http = 0, Grpc = 0 };
        await using (var suite = await SuiteHost.StartAsync(options, CancellationToken.None))
        {
            var benchmark = new EventFlowBenchmark(
                suite, Path.Combine(folder.FullName, "windows.db"), Path.Combine(folder.FullName, "patching.db"));
            await benchmark.LatencyAsync();
            await benchmark.BurstAsync();
        }

        folder.Delete(recursive: true);
        return 0;
    }

    /// <summary>One change after the other: from the owner's commit until the consumer's copy can be read.</summary>
    private async Task LatencyAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < Singles + 50; i++)
        {
            await TakeAsync("latency", 1, i);
            var committed = Stopwatch.GetTimestamp();
            await Eventually.HoldsAsync(() => Scalar(windowsFile, "SELECT Version FROM Components WHERE Name = 'components/latency'") == i + 1, "the change arrived");
            if (i >= 50) times.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        times.Sort();
        Print($"outbox to applied, {Singles} changes one by one: median {times[Singles / 2]:f1} ms, p95 {times[Singles * 95 / 100]:f1} ms (looked for every 10 ms)");
    }

    /// <summary>Many at once: until both consumers have all of them.</summary>
    private async Task BurstAsync()
    {
        await TakeAsync("burst", Burst, 0);
        var committed = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(
            () => Arrived(windowsFile) == Burst && Arrived(patchingFile) == Burst, "all arrived", TimeSpan.FromMinutes(5));
        var seconds = Stopwatch.GetElapsedTime(committed).TotalSeconds;
        Print($"{Burst} events to two consumers in {seconds:f1} s: {Burst / seconds:f0} events a second, {2 * Burst / seconds:f0} deliveries");
    }

    private static long Arrived(string file) => Scalar(file, "SELECT COUNT(*) FROM Components WHERE Name LIKE 'components/burst-%'");

    /// <summary>Imports components of that name, numbered when there are several.</summary>
    private async Task TakeAsync(string id, int count, int version)
    {
        var rows = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? id : $"{id}-{i}")},Version {version},3,benchmark,staging|production\n"));
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes($"name,displayName,tier,system,environments\n{string.Concat(rows)}"));
        await suite.TakeAsync(csv, ImportCatalogRequest.Types.Format.Csv, id, CancellationToken.None);
    }

    private static long Scalar(string file, string query)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
