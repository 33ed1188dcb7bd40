using System.Diagnostics;
using System.Globalization;

namespace Governance.Benchmarks.Suite;

/// <summary>The Suite as a process of its own, on data in a folder.</summary>
internal sealed class SuiteProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SuiteProcess(Process process) => _process = process;

    /// <summary>From its start to `ready`.</summary>
    public double StartSeconds { get; private set; }

    /// <summary>Where REST is answered.</summary>
    public Uri Rest { get; private set; } = null!;

    public static async Task<SuiteProcess> StartAsync(DirectoryInfo folder, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder.FullName };
        foreach (var argument in (string[])[Path.Combine(
            AppContext.BaseDirectory, "Governance.Suite.dll"), "--http", "0", "--grpc", "0", .. more])
        {
            start.ArgumentList.Add(argument);
        }
        var began = Stopwatch.GetTimestamp();
        var suite = new SuiteProcess(Process.Start(start)!);
        var ready = await suite.SaysAsync("ready ");
        suite.StartSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        suite.Rest = new Uri(ready.Split(' ')[1]);
        return suite;
    }

    /// <summary>Waits for the line that begins so.</summary>
    public async Task<string> SaysAsync(string beginning)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException($"The Suite ended before it said '{beginning}'.");
    }

    public double ResidentMegabytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1024.0 / 1024.0;
    }

    /// <summary>What it has computed since it started, on all cores.</summary>
    public double ProcessorSeconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
