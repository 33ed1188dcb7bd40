using System.Globalization;

namespace Governance.Benchmarks.Suite;

/// <summary>
/// The whole Suite as a process: from its start to `ready`, first and warm, and its resident memory when idle after the demo.
/// </summary>
internal static class FootprintBenchmark
{
    private const int WarmStarts = 5;

    public static int Run(string[] arguments) => RunAsync().GetAwaiter().GetResult();

    private static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("governance-footprint-");
        double first, resident;
        await using (var suite = await SuiteProcess.StartAsync(folder, "--demo"))
        {
            await suite.SaysAsync("demo:");
            await Task.Delay(TimeSpan.FromSeconds(30));
            (first, resident) = (suite.StartSeconds, suite.ResidentMegabytes());
        }

        var warm = new List<double>();
        for (var i = 0; i < WarmStarts; i++)
        {
            await using var again = await SuiteProcess.StartAsync(folder);
            warm.Add(again.StartSeconds);
        }

        warm.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first start {first:F1} s; warm start: median {warm[WarmStarts / 2]:F1} s; resident 30 s after the demo: {resident:F0} MB"));
        folder.Delete(recursive: true);
        return 0;
    }
}
