using System.Diagnostics;

namespace Governance.Testing;

/// <summary>
/// Real input and independent answers in <c>../shared/data</c> beside the repository. Not part of it: tests that
/// read it are marked <see cref="SharedDataFactAttribute"/> or <see cref="SharedDataTheoryAttribute"/>.
/// </summary>
public static class SharedData
{
    /// <summary>The folder itself, whether it is there or not.</summary>
    public static string Root => System.IO.Path.GetFullPath(RepositoryRoot.Path("..", "shared", "data"));

    /// <summary>The absolute path of a file named relative to the folder, as <c>recurrence/invalid_rules.json</c>.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>Opens a file for reading; one that ends in <c>.xz</c> is unpacked first.</summary>
    public static Stream Open(string relative) =>
        IsPacked(relative) ? Unpack(Path(relative)) : File.OpenRead(Path(relative));

    /// <summary>The whole file as text; unpacked when its name ends in <c>.xz</c>.</summary>
    public static string ReadText(string relative)
    {
        using var reader = new StreamReader(Open(relative));
        return reader.ReadToEnd();
    }

    /// <summary>The lines of a file that are not blank; unpacked when its name ends in <c>.xz</c>.</summary>
    public static IEnumerable<string> ReadLines(string relative)
    {
        using var reader = new StreamReader(Open(relative));
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return line;
            }
        }
    }

    /// <summary>Why the named files (none: the folder) cannot be read here, or null when they can.</summary>
    internal static string? Missing(IReadOnlyList<string> files)
    {
        if (!Directory.Exists(Root))
        {
            return "../shared/data is not there.";
        }
        if (files.FirstOrDefault(file => !File.Exists(Path(file)) && !Directory.Exists(Path(file))) is { } absent)
        {
            return $"../shared/data/{absent} is not there.";
        }
        return files.Any(IsPacked) ? Tools.Missing("xz") : null;
    }

    private static bool IsPacked(string name) => name.EndsWith(".xz", StringComparison.Ordinal);

    private static MemoryStream Unpack(string file)
    {
        using var xz = Process.Start(new ProcessStartInfo("xz", ["-dc", file]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("xz did not start.");
        var content = new MemoryStream();
        xz.StandardOutput.BaseStream.CopyTo(content);
        xz.WaitForExit();
        if (xz.ExitCode != 0)
        {
            throw new InvalidDataException($"xz could not unpack {file}: exit code {xz.ExitCode}.");
        }
        content.Position = 0;
        return content;
    }
}
