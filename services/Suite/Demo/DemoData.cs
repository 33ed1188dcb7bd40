using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Governance.Suite.Demo;

/// <summary>The worked example's files: an invented retailer, real public advisories, dates relative to today.</summary>
internal static partial class DemoData
{
    /// <summary>Backstage's YAML.</summary>
    public static Stream Catalogue() => Open("catalogue.yaml");

    /// <summary>OSV documents, one a line; `{{-30h}}` stands for thirty hours before now.</summary>
    public static string Advisories(DateTimeOffset now) => RelativeTime().Replace(Read("advisories.ndjson"), match =>
    {
        var amount = int.Parse(match.Groups["amount"].Value, CultureInfo.InvariantCulture);
        var ago = match.Groups["unit"].Value == "h" ? TimeSpan.FromHours(amount) : TimeSpan.FromDays(amount);
        return now.Add(ago).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    });

    /// <summary>A CycloneDX document for each component that has an inventory.</summary>
    public static IEnumerable<(string Component, JsonObject Sbom)> Inventories() =>
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(Read("inventory.json"))!
            .Select(entry => (entry.Key, Sbom(entry.Value)));

    private static JsonObject Sbom(IEnumerable<string> purls) => new()
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["components"] = new JsonArray([.. purls.Select(Entry)]),
    };

    private static JsonNode Entry(string purl)
    {
        var at = purl.LastIndexOf('@');
        return new JsonObject
        {
            ["type"] = "library",
            ["name"] = purl[(purl.LastIndexOf('/', at) + 1)..at],
            ["version"] = purl[(at + 1)..],
            ["purl"] = purl,
        };
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(Open(file));
        return reader.ReadToEnd();
    }

    private static Stream Open(string file) => typeof(DemoData).Assembly.GetManifestResourceStream($"demo/{file}")
        ?? throw new InvalidOperationException($"The demo's {file} is not built in.");

    [GeneratedRegex(@"\{\{(?<amount>-?\d+)(?<unit>[hd])\}\}")]
    private static partial Regex RelativeTime();
}
