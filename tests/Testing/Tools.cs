using System.Collections.Concurrent;
using System.Diagnostics;

namespace Governance.Testing;

/// <summary>Finds the programs of others that some tests run.</summary>
public static class Tools
{
    private static readonly ConcurrentDictionary<string, string?> Reasons = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string?> Pythons = new(StringComparer.Ordinal);

    /// <summary>
    /// Why a requirement is not met here, or null when it is. A requirement is a program's name (<c>xz</c>),
    /// <c>python3:MODULE</c>, or <c>npm:FOLDER#PACKAGE</c> with the folder below the repository's root.
    /// </summary>
    public static string? Missing(string requirement) => Reasons.GetOrAdd(requirement, static wanted =>
        wanted.Split(':', 2) switch
        {
            ["python3", var module] => Python(module) is null ? $"No python3 here has the module {module}." : null,
            ["npm", var place] => MissingPackage(place),
            _ => OnPath(wanted) is null ? $"{wanted} is not installed." : null,
        });

    /// <summary>The path of a python3 that has <paramref name="module"/>, or null.</summary>
    public static string? Python(string module) => Pythons.GetOrAdd(module, static wanted =>
        new[] { OnPath("python3"), "/usr/bin/python3" }.FirstOrDefault(python =>
            python is not null && File.Exists(python) && Succeeds(python, "-c", $"import {wanted}")));

    private static string? MissingPackage(string place)
    {
        if (place.Split('#', 2) is not [var folder, var package])
        {
            throw new ArgumentException($"npm:{place} does not read npm:FOLDER#PACKAGE.", nameof(place));
        }
        return Directory.Exists(RepositoryRoot.Path(folder, "node_modules", package))
            ? null
            : $"{package} is not installed: run 'npm ci' in {folder}.";
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static bool Succeeds(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start);
        if (process is null)
        {
            return false;
        }
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
