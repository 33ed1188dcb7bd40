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

    /// <summary>OSV documents, one a line.</summary>
    public static string Advisories(DateTimeOffset now) => At(now, Read("advisories.ndjson"));

    /// <summary>What is known of the parties beyond the catalogue, as calls: method, path and body.</summary>
    public static IEnumerable<(string Method, string Path, JsonObject Body)> Ownership(DateTimeOffset now) =>
        JsonNode.Parse(At(now, Read("ownership.json")))!.AsArray()
            .Select(call => (call!["method"]!.GetValue<string>(), call["path"]!.GetValue<string>(), call["body"]!.AsObject()));

    /// <summary>A CycloneDX document for each component that has an inventory.</summary>
    public static IEnumerable<(string Component, JsonObject Sbom)> Inventories() =>
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(Read("inventory.json"))!
            .Select(entry => (entry.Key, Sbom(entry.Value)));

    /// <summary>`{{-30h}}` stands for thirty hours before now, `{{+30d:date}}` for the day in thirty days.</summary>
    private static string At(DateTimeOffset now, string text) => RelativeTime().Replace(text, match =>
    {
        var amount = int.Parse(match.Groups["amount"].Value, CultureInfo.InvariantCulture);
        var away = match.Groups["unit"].Value == "h" ? TimeSpan.FromHours(amount) : TimeSpan.FromDays(amount);
        var format = match.Groups["date"].Success ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ssZ";
        return now.Add(away).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    });

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

    [GeneratedRegex(@"\{\{(?<amount>[+-]?\d+)(?<unit>[hd])(?<date>:date)?\}\}")]
    private static partial Regex RelativeTime();
}
