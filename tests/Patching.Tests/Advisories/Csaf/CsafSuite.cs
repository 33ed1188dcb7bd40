using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Advisories.Csaf;
using Governance.Testing;

namespace Governance.Patching.Tests.Advisories.Csaf;

/// <summary>The documents of the format's own test suite, each with its verdict.</summary>
internal static class CsafSuite
{
    public const string Archive = "csaf/csaf_2.0.tar.xz";

    /// <summary>Every file of the archive by its path.</summary>
    public static Dictionary<string, string> Files()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        using var tar = new TarReader(SharedData.Open(Archive));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null) continue;
            using var reader = new StreamReader(entry.DataStream, Encoding.UTF8);
            files.Add(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name, reader.ReadToEnd());
        }

        return files;
    }

    /// <summary>The documents in the suite's order; of those that are not valid, the test that they fail.</summary>
    public static List<(string Name, string Document, string Test, bool IsValid)> Cases()
    {
        var files = Files();
        using var cases = JsonDocument.Parse(files["testcases.json"]);
        return
        [
            .. from test in cases.RootElement.GetProperty("tests").EnumerateArray()
               from kind in new[] { "failures", "valid" }
               where test.TryGetProperty(kind, out _)
               from one in test.GetProperty(kind).EnumerateArray()
               let name = one.GetProperty("name").GetString()!
               select (name, files[name], test.GetProperty("id").GetString()!, one.GetProperty("valid").GetBoolean()),
        ];
    }

    public static CsafResult Read(string document) => CsafReader.Read(new RawRecord(0, 1, false, Encoding.UTF8.GetBytes(document), null));
}
