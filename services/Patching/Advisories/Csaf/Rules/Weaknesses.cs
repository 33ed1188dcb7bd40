using System.Globalization;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>The Common Weakness Enumeration: a document keeps the name that a weakness had when it was written.</summary>
internal static class Weaknesses
{
    private static readonly Lazy<Dictionary<string, string[]>> Names = new(Read);

    /// <summary>Why there is no such weakness, or null.</summary>
    public static string? Fault(string id, string name)
    {
        if (!Names.Value.TryGetValue(id, out var names)) return $"There is no weakness {id}.";
        return names.Contains(name, StringComparer.Ordinal) ? null : $"'{name}' is not the name of {id}: that is '{names[0]}'.";
    }

    private static Dictionary<string, string[]> Read()
    {
        using var reader = new StreamReader(ShippedFile.Open(typeof(Weaknesses), "Weaknesses.txt"));
        var names = new Dictionary<string, string[]>(1000, StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var fields = line.Split('\t');
            names.Add(string.Create(CultureInfo.InvariantCulture, $"CWE-{fields[0]}"), fields[1..]);
        }

        return names;
    }
}
