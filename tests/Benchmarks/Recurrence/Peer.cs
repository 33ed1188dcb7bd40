using System.Diagnostics;
using System.Text.Json;

namespace Governance.Benchmarks.Recurrence;

/// <summary>A library in another language, run on the same rules by a script in <c>peers</c>.</summary>
internal sealed record Peer(string Name, string Program, params string[] Arguments)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Peer> All { get; } =
    [
        new("python-dateutil", "/usr/bin/python3", "recurrence-dateutil.py", "{cases}"),
        new("rrule", "node", "recurrence.mjs", "{cases}", "rrule"),
        new("rrule-rust", "node", "recurrence.mjs", "{cases}", "rrule-rust"),
    ];

    /// <summary>Its expansions by rule; empty, with the reason on the console, where it is not installed.</summary>
    public Dictionary<string, Expansion> Run(string folder, string cases)
    {
        var start = new ProcessStartInfo(
            Program, Arguments.Select(argument => argument.Replace("{cases}", cases, StringComparison.Ordinal)))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                Console.WriteLine($"{Name} ended with an error: {errors.Result.Trim().Split('\n')[^1]}");
            }
            return lines.Select(line => JsonSerializer.Deserialize<Expansion>(line, Json)!).ToDictionary(expansion => expansion.Name);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Console.WriteLine($"{Name} left out: {missing.Message}");
            return [];
        }
    }
}
