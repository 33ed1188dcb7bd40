using System.Globalization;
using System.Text;

namespace Governance.Benchmarks.Advisories;

/// <summary>Advisories and packages of invented names in the sizes of real ones: an OSV record has about three kilobytes.</summary>
internal static class SyntheticFeed
{
    public const int Packages = 60_000;
    private static readonly string[] Words =
        ["request", "parser", "memory", "template", "session", "header", "upload", "cache", "render", "escape", "token", "query"];

    public static string PackageOf(int i) => string.Create(CultureInfo.InvariantCulture, $"pkg-{i}");

    /// <summary>One record as a line.</summary>
    /// <param name="i">Makes its ids.</param>
    /// <param name="package">Affected in versions 1.0.0 to 1.7.2.</param>
    public static string Osv(int i, string package)
    {
        var random = new Random(i);
        var text = new StringBuilder();
        for (var word = 0; word < 160; word++) text.Append(Words[random.Next(Words.Length)]).Append(' ');
        var id = string.Create(CultureInfo.InvariantCulture, $"GHSA-{i % 9000:0000}-{i / 9000 % 9000:0000}-{i % 7919:0000}");
        var cve = string.Create(CultureInfo.InvariantCulture, $"CVE-{2010 + (i % 15)}-{100000 + i}");
        var published = string.Create(CultureInfo.InvariantCulture, $"2025-{1 + (i % 12):00}-{1 + (i % 28):00}T10:00:00Z");
        var references = string.Join(
            ',',
            Enumerable.Range(0, 6).Select(link => $$"""{"type":"WEB","url":"https://example.test/{{package}}/{{id}}/{{link}}/details"}"""));
        var versions = string.Join(',', Enumerable.Range(0, 30).Select(version => $"\"1.{version / 4}.{version % 4}\""));
        return $$"""
            {"schema_version":"1.6.0","id":"{{id}}","modified":"{{published}}","published":"{{published}}","aliases":["{{cve}}"],"summary":"{{text.ToString(0, 60)}}","details":"{{text}}","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:{{"NLH"[i % 3]}}"}],"affected":[{"package":{"ecosystem":"npm","name":"{{package}}","purl":"pkg:npm/{{package}}"},"ranges":[{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"1.7.3"}]}],"versions":[{{versions}}]}],"references":[{{references}}],"database_specific":{"cwe_ids":["CWE-79"],"severity":"HIGH","github_reviewed":true} }
            """;
    }

    /// <summary>A bill of materials: packages in version 2.0.0, which nothing affects, and some in one that is affected.</summary>
    public static string Bill(IEnumerable<string> clean, IEnumerable<string> affected)
    {
        var items = clean.Select(name => (name, version: "2.0.0")).Concat(affected.Select(name => (name, version: "1.5.0")))
            .Select(one =>
                $$"""{"type":"library","name":"{{one.name}}","version":"{{one.version}}","purl":"pkg:npm/{{one.name}}@{{one.version}}"}""");
        return $$"""{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{{string.Join(',', items)}}]}""";
    }
}
