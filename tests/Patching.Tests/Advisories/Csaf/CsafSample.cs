using System.Text.Json;
using System.Text.Json.Nodes;

namespace Governance.Patching.Tests.Advisories.Csaf;

/// <summary>A small valid document to change.</summary>
internal static class CsafSample
{
    private const string Advisory =
        """
        {
          "document": {
            "category": "csaf_security_advisory", "csaf_version": "2.0", "lang": "en", "title": "Acme Shop 2026-1",
            "publisher": { "category": "vendor", "name": "Acme", "namespace": "https://acme.example" },
            "tracking": {
              "current_release_date": "2026-03-02T10:00:00Z", "id": "ACME-2026-1", "initial_release_date": "2026-03-01T10:00:00Z",
              "revision_history": [
                { "date": "2026-03-01T10:00:00Z", "number": "1", "summary": "First." },
                { "date": "2026-03-02T10:00:00Z", "number": "2", "summary": "Second." }
              ],
              "status": "final", "version": "2"
            }
          },
          "product_tree": {
            "branches": [
              { "category": "vendor", "name": "Acme", "branches": [
                { "category": "product_name", "name": "Shop core", "branches": [
                  { "category": "product_version", "name": "1.4.0", "product": { "name": "Shop core 1.4.0", "product_id": "P-140", "product_identification_helper": { "purl": "pkg:composer/acme/shop-core@1.4.0" } } },
                  { "category": "product_version", "name": "1.4.1", "product": { "name": "Shop core 1.4.1", "product_id": "P-141", "product_identification_helper": { "purl": "pkg:composer/acme/shop-core@1.4.1" } } },
                  { "category": "product_version_range", "name": "vers:composer/>=1.0.0|<1.3.0", "product": { "name": "Shop core 1.0 to 1.3", "product_id": "P-RANGE", "product_identification_helper": { "purl": "pkg:composer/acme/shop-core" } } },
                  { "category": "product_version", "name": "1.5.0", "product": { "name": "Shop core 1.5.0", "product_id": "P-150", "product_identification_helper": { "purl": "pkg:composer/acme/shop-core@1.5.0" } } }
                ] }
              ] }
            ],
            "full_product_names": [ { "name": "Acme Appliance", "product_id": "P-BOX" }, { "name": "Plugin", "product_id": "P-PLUG", "product_identification_helper": { "purl": "pkg:composer/acme/plugin@2.0.0" } } ],
            "product_groups": [ { "group_id": "G-1", "product_ids": ["P-140", "P-BOX"] } ],
            "relationships": [ { "category": "installed_on", "product_reference": "P-PLUG", "relates_to_product_reference": "P-BOX", "full_product_name": { "name": "Plugin on Appliance", "product_id": "P-REL" } } ]
          },
          "vulnerabilities": [
            {
              "cve": "CVE-2026-1001", "title": "Injection in Shop core",
              "cwe": { "id": "CWE-79", "name": "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')" },
              "notes": [ { "category": "description", "text": "A visitor can inject." } ],
              "product_status": { "known_affected": ["P-140", "P-RANGE", "P-BOX"], "fixed": ["P-150"], "known_not_affected": ["P-141", "P-REL"] },
              "flags": [ { "label": "vulnerable_code_not_present", "product_ids": ["P-141", "P-REL"] } ],
              "remediations": [ { "category": "vendor_fix", "details": "Update to 1.5.0.", "group_ids": ["G-1"], "product_ids": ["P-RANGE"], "url": "https://acme.example/1.5.0" } ],
              "threats": [ { "category": "exploit_status", "details": "Seen in the wild." } ],
              "involvements": [ { "party": "vendor", "status": "completed", "date": "2026-03-01T10:00:00Z" } ],
              "scores": [ { "products": ["P-140"], "cvss_v3": { "version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "baseScore": 9.8, "baseSeverity": "CRITICAL", "attackVector": "NETWORK" } } ]
            }
          ]
        }
        """;

    /// <summary>
    /// The document, with a JSON Pointer's value replaced, added (a list's end is <c>-</c>) or, by null, removed, for each pair.
    /// </summary>
    public static string With(params (string Pointer, string? Json)[] changes)
    {
        var document = JsonNode.Parse(Advisory)!;
        foreach (var (pointer, json) in changes) Change(document, pointer.Split('/')[1..], json);
        return document.ToJsonString();
    }

    /// <summary>Another issue: its version and date, and one of its vulnerabilities' CVE ids for each given.</summary>
    public static string Issue(int version, string date, params string[] cves)
    {
        var document = JsonNode.Parse(With(
            ("/document/tracking/version", $"\"{version}\""), ("/document/tracking/current_release_date", $"\"{date}\""),
            ("/document/tracking/revision_history", JsonSerializer.Serialize(
                Enumerable.Range(1, version).Select(number => new { date, number = $"{number}", summary = "s" })))))!;
        var vulnerabilities = document["vulnerabilities"]!.AsArray();
        var one = vulnerabilities[0]!.DeepClone();
        vulnerabilities.Clear();
        foreach (var cve in cves)
        {
            var copy = one.DeepClone();
            copy["cve"] = cve;
            vulnerabilities.Add(copy);
        }

        return document.ToJsonString();
    }

    private static void Change(JsonNode node, string[] path, string? json)
    {
        foreach (var step in path[..^1]) node = node is JsonArray list ? list[int.Parse(step, null)]! : node[step]!;
        var value = json is null ? null : JsonNode.Parse(json);
        switch (node)
        {
            case JsonArray list when path[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list when json is null:
                list.RemoveAt(int.Parse(path[^1], null));
                break;
            case JsonArray list:
                list[int.Parse(path[^1], null)] = value;
                break;
            case JsonObject fields when json is null:
                fields.Remove(path[^1]);
                break;
            default:
                node[path[^1]] = value;
                break;
        }
    }
}
