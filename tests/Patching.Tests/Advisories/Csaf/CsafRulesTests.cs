using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories.Csaf;

public class CsafRulesTests
{
    private const string Vulnerability = "/vulnerabilities/0";
    private const string History = "/document/tracking/revision_history";
    private const string Score = "/vulnerabilities/0/scores/0/cvss_v3";
    private const string Helper = "/product_tree/full_product_names/1/product_identification_helper";

    /// <summary>A change of the valid document, and the test that it breaks.</summary>
    public static TheoryData<string, string, string?> Breaks => new()
    {
        { "6.1.1", Vulnerability + "/flags/0/product_ids/-", "\"P-NONE\"" },
        { "6.1.1", Vulnerability + "/product_status/recommended", "[\"P-NONE\"]" },
        { "6.1.1", "/product_tree/relationships/0/product_reference", "\"P-NONE\"" },
        { "6.1.2", "/product_tree/full_product_names/0/product_id", "\"P-140\"" },
        { "6.1.3", "/product_tree/relationships/0/relates_to_product_reference", "\"P-REL\"" },
        { "6.1.4", Vulnerability + "/remediations/0/group_ids/-", "\"G-NONE\"" },
        { "6.1.4", Vulnerability + "/flags/0/group_ids", "[\"G-NONE\"]" },
        { "6.1.5", "/product_tree/product_groups/-", """{"group_id":"G-1","product_ids":["P-140","P-141"]}""" },
        { "6.1.6", Vulnerability + "/product_status/first_fixed", "[\"P-140\"]" },
        { "6.1.7", Vulnerability + "/scores/-", """{"products":["P-140"],"cvss_v3":{"version":"3.1","vectorString":"CVSS:3.1/AV:L/AC:L/PR:H/UI:R/S:U/C:H/I:H/A:H","baseScore":6.5,"baseSeverity":"MEDIUM"}}""" },
        { "6.1.9", Score + "/baseSeverity", "\"HIGH\"" },
        { "6.1.9", Score + "/temporalScore", "9.1" },
        { "6.1.9", Score + "/environmentalScore", "9.1" },
        { "6.1.9", Score + "/vectorString", "\"CVSS:3.1/AV:N/AC:L\"" },
        { "6.1.10", Score + "/attackVector", "\"LOCAL\"" },
        { "6.1.11", Vulnerability + "/cwe/name", "\"Improper Input Validation\"" },
        { "6.1.11", Vulnerability + "/cwe/id", "\"CWE-999999\"" },
        { "6.1.12", "/document/lang", "\"EZ\"" },
        { "6.1.12", "/document/lang", "\"de-Qqqq-DE\"" },
        { "6.1.12", "/document/lang", "\"de-DE-unknown1\"" },
        { "6.1.13", Helper + "/purl", "\"pkg:composer/@2.0.0\"" },
        { "6.1.14", History + "/0/date", "\"2026-03-03T10:00:00Z\"" },
        { "6.1.15", "/document/publisher/category", "\"translator\"" },
        { "6.1.16", "/document/tracking/version", "\"1\"" },
        { "6.1.17", "/document/tracking/version", "\"0\"" },
        { "6.1.18", History + "/0/number", "\"0\"" },
        { "6.1.19", History + "/0/number", "\"1.0.0-rc.1\"" },
        { "6.1.20", "/document/tracking/version", "\"2.0.0-rc.1\"" },
        { "6.1.21", History + "/1/number", "\"3\"" },
        { "6.1.21", History + "/0", null },
        { "6.1.22", History + "/0/number", "\"2\"" },
        { "6.1.23", "/vulnerabilities/-", """{"cve":"CVE-2026-1001"}""" },
        { "6.1.24", Vulnerability + "/involvements/-", """{"party":"vendor","status":"open","date":"2026-03-01T11:00:00+01:00"}""" },
        { "6.1.25", Helper + "/hashes", """[{"filename":"f","file_hashes":[{"algorithm":"md5","value":"00000000000000000000000000000000"},{"algorithm":"md5","value":"00000000000000000000000000000001"}]}]""" },
        { "6.1.26", "/document/category", "\"Security Advisory\"" },
        { "6.1.26", "/document/category", "\"V_eX\"" },
        { "6.1.26", "/document/category", "\"Csaf_a\"" },
        { "6.1.27.1", "/document/category", "\"csaf_security_incident_response\"" },
        { "6.1.27.2", "/document/category", "\"csaf_informational_advisory\"" },
        { "6.1.27.3", "/document/category", "\"csaf_informational_advisory\"" },
        { "6.1.27.4", "/product_tree", null },
        { "6.1.27.5", Vulnerability + "/notes", null },
        { "6.1.27.6", Vulnerability + "/product_status", null },
        { "6.1.27.11", "/vulnerabilities", null },
        { "6.1.28", "/document/source_lang", "\"EN\"" },
        { "6.1.29", Vulnerability + "/remediations/-", """{"category":"workaround","details":"d"}""" },
        { "6.1.30", History + "/0/number", "\"1.0.0\"" },
        { "6.1.31", "/product_tree/branches/0/branches/0/branches/0/name", "\"1.4 and earlier\"" },
        { "6.1.32", Vulnerability + "/flags/-", """{"label":"component_not_present"}""" },
        { "6.1.33", Vulnerability + "/flags/-", """{"label":"component_not_present","product_ids":["P-141"]}""" },
    };

    /// <summary>A change that breaks the form, and the path at which that is said.</summary>
    public static TheoryData<string, string, string?> Malformed => new()
    {
        { "document.title", "/document/title", null },
        { "document.csaf_version", "/document/csaf_version", "\"2.1\"" },
        { "document.category", "/document/category", "\"-vex\"" },
        { "document.publisher.namespace", "/document/publisher/namespace", "\"acme\"" },
        { "document.tracking.current_release_date", "/document/tracking/current_release_date", "\"2026-03-02\"" },
        { "document.tracking.current_release_date", "/document/tracking/current_release_date", "\"2026-02-30T10:00:00Z\"" },
        { "document.tracking.id", "/document/tracking/id", "\" ACME\"" },
        { "document.tracking.version", "/document/tracking/version", "\"01\"" },
        { "document.lang", "/document/lang", "\"english language\"" },
        { "product_tree.branches[0]", "/product_tree/branches/0/product", """{"name":"n","product_id":"P-9"}""" },
        { "product_tree.product_groups[0].product_ids", "/product_tree/product_groups/0/product_ids", "[\"P-140\"]" },
        { "product_tree.product_groups[0].product_ids[2]", "/product_tree/product_groups/0/product_ids/-", "\"P-140\"" },
        { "product_tree.full_product_names[1].product_identification_helper.purl", Helper + "/purl", "\"composer/acme\"" },
        { "product_tree.full_product_names[1].product_identification_helper.cpe", Helper + "/cpe", "\"cpe:2.3:a:acme\"" },
        { "vulnerabilities", "/vulnerabilities", "[]" },
        { "vulnerabilities[0].cve", Vulnerability + "/cve", "\"CVE-26-1\"" },
        { "vulnerabilities[0].flags[0].label", Vulnerability + "/flags/0/label", "\"none\"" },
        { "vulnerabilities[0].scores[0].cvss_v3.baseScore", Score + "/baseScore", "10.1" },
        { "vulnerabilities[0].scores[0].cvss_v3.baseSeverity", Score + "/baseSeverity", null },
        { "vulnerabilities[0].scores[0].cvss_v3.vectorString", Score + "/vectorString", "\"AV:N/AC:L/Au:N/C:C/I:C/A:C\"" },
        { "vulnerabilities[0].scores[0].cvss_v3.version", Score + "/version", "\"4.0\"" },
    };

    public static TheoryData<string, string?> Allowed => new()
    {
        { "/document/title", "\"Other\"" },
        { "/document/lang", "\"de-CH-1996\"" },
        { "/document/lang", "\"x-private\"" },
        { "/document/lang", "\"qaa-Qaaa-QM\"" },
        { "/document/unknown", "{\"field\":1}" },
        { "/document/category", "\"Acme Bulletin\"" },
        { "/product_tree/full_product_names/1/product_identification_helper/cpe", "\"cpe:2.3:a:acme:plug\\\\:in:2.0.0:*:*:*:*:*:*:*\"" },
        { "/product_tree/full_product_names/1/product_identification_helper/cpe", "\"cpe:/a:acme:plugin:2.0.0\"" },
        { "/product_tree/branches/0/branches/0/branches/0/name", "\"1.4 after-eight\"" },
        { Vulnerability + "/cwe/name", "\"Failure to Preserve Web Page Structure ('Cross-site Scripting')\"" },
        { Vulnerability + "/product_status/recommended", "[\"P-140\"]" },
        { Score + "/temporalScore", "9.8" },
        { Score + "/exploitCodeMaturity", "\"HIGH\"" },
        { "/document/tracking/current_release_date", "\"2026-12-31T23:59:60Z\"" },
        { Vulnerability + "/scores/-", """{"products":["P-140"],"cvss_v2":{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H","baseScore":7.8,"temporalScore":6.4,"environmentalScore":9.2}}""" },
        { "/vulnerabilities/-", """{"cve":"CVE-2026-1002","notes":[{"category":"general","text":"t"}],"product_status":{"under_investigation":["P-140"]}}""" },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public void Check_BrokenRule_IsNamedByItsTest(string test, string pointer, string? json) =>
        CsafSuite.Read(CsafSample.With((pointer, json))).Rejected.ShouldNotBeNull().Faults
            .ShouldContain(fault => fault.Reason.StartsWith($"{test}: ", StringComparison.Ordinal) && fault.Path.Length > 0);

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Check_BrokenForm_IsToldWithItsPath(string path, string pointer, string? json)
    {
        var rejected = CsafSuite.Read(CsafSample.With((pointer, json))).Rejected.ShouldNotBeNull();
        rejected.Faults.ShouldContain(fault => fault.Path == path);
        rejected.Faults.ShouldAllBe(fault => fault.Reason.StartsWith("6.1.8: ", StringComparison.Ordinal) == path.Contains("cvss_v3", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Check_WhatNoRuleForbids_IsTaken(string pointer, string? json) =>
        CsafSuite.Read(CsafSample.With((pointer, json))).Rejected?.Reason.ShouldBeNull();

    [Fact]
    public void Check_HostileTexts_TakeNoLongerThanTheirLength()
    {
        var question = new string('?', 200_000);
        CsafSuite.Read(CsafSample.With((Helper + "/cpe", $"\"cpe:2.3:a:{question}a{question}\""))).Rejected.ShouldNotBeNull();
    }
}
