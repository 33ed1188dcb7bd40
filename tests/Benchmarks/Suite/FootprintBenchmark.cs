using System.Diagnostics;
using System.Globalization;

namespace Governance.Benchmarks.Suite;

/// <summary>The whole Suite as a process: from its start to `ready`, first and warm, and its resident memory when idle after the demo.</summary>
internal static class FootprintBenchmark
{
    private const int WarmStarts = 5;

    public static int Run(string[] arguments) => RunAsync().GetAwaiter().GetResult();

    private static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("governance-footprint-");
        var (first, seconds) = await StartAsync(folder, "--demo");
        await WaitForAsync(first, "demo:");
        await Task.Delay(TimeSpan.FromSeconds(30));
        var resident = ResidentMegabytes(first);
        await StopAsync(first);
        var warm = new List<double>();
        for (var i = 0; i < WarmStarts; i++)
        {
            var (again, took) = await StartAsync(folder);
            warm.Add(took);
            await StopAsync(again);
        }

        warm.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first start {seconds:F1} s; warm start: median {warm[WarmStarts / 2]:F1} s; resident 30 s after the demo: {resident:F0} MB"));
        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task<(Process Process, double Seconds)> StartAsync(DirectoryInfo folder, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder.FullName };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Governance.Suite.dll"), "--http", "0", "--grpc", "0", .. more])
        {
            start.ArgumentList.Add(argument);
        }

        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        await WaitForAsync(process, "ready ");
        return (process, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task WaitForAsync(Process process, string beginning)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return;
        }

        throw new InvalidOperationException($"The Suite ended before it said '{beginning}'.");
    }

    private static double ResidentMegabytes(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / 1024.0 / 1024.0;
    }

    private static async Task StopAsync(Process process)
    {
        using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
