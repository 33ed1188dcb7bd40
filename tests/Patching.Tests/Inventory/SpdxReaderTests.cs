using System.Text;
using System.Text.Json;
using Governance.Patching.Documents;
using Governance.Patching.Inventory;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Inventory;

public class SpdxReaderTests
{
    private const string Root =
        """{"name":"shop","SPDXID":"SPDXRef-root","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:composer/acme/shop@1"}]}""";

    [Theory]
    [InlineData("2.2", "PACKAGE_MANAGER")]
    [InlineData("2.3", "PACKAGE-MANAGER")]
    public async Task Read_Packages_GivesEachOnceAndCountsWhatHasNoPurl(string version, string category)
    {
        var bill = await AcceptedAsync($$"""
            {"spdxVersion":"SPDX-{{version}}","SPDXID":"SPDXRef-DOCUMENT","dataLicense":"CC0-1.0","name":"shop","documentNamespace":"https://example.org/shop-1",
             "creationInfo":{"created":"2026-01-02T03:04:05Z","creators":["Tool: x"]},"documentDescribes":["SPDXRef-root"],
             "packages":[{{Root}},
               {"name":"core","SPDXID":"SPDXRef-a","versionInfo":"10.1.0","externalRefs":[
                 {"referenceCategory":"SECURITY","referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a:drupal:drupal:10.1.0:*:*:*:*:*:*:*"},
                 {"referenceCategory":"{{category}}","referenceType":"purl","referenceLocator":"pkg:composer/drupal/core@10.1.0"}]},
               {"name":"core","SPDXID":"SPDXRef-b","versionInfo":"NOASSERTION","externalRefs":[{"referenceCategory":"{{category}}","referenceType":"purl","referenceLocator":"pkg:composer/Drupal/core@10.1.0?vcs_url=x"}]},
               {"name":"nested","SPDXID":"SPDXRef-c","versionInfo":"2.0.0","externalRefs":[{"referenceCategory":"{{category}}","referenceType":"http://spdx.org/rdf/references/purl","referenceLocator":"pkg:npm/%40x/nested"}]},
               {"name":"nothing","SPDXID":"SPDXRef-d","versionInfo":"NOASSERTION","externalRefs":[{"referenceCategory":"{{category}}","referenceType":"purl","referenceLocator":"pkg:npm/nothing"}]},
               {"name":"vendored","SPDXID":"SPDXRef-e"},{"name":"old","SPDXID":"SPDXRef-f","externalRefs":[]}],
             "files":[{"fileName":"./index.php","SPDXID":"SPDXRef-g"}]}
            """);
        bill.Packages.Select(package => $"{package.Purl}@{package.Version ?? "?"}")
            .ShouldBe(["pkg:composer/drupal/core@10.1.0", "pkg:npm/%40x/nested@2.0.0", "pkg:npm/nothing@?"]);
        bill.Packages[0].BomRefs.ShouldBe(["SPDXRef-a", "SPDXRef-b"]);
        bill.Subject.ShouldNotBeNull().Purl.ToString().ShouldBe("pkg:composer/acme/shop");
        (bill.Format, bill.SpecVersion, bill.SerialNumber, bill.Ignored).ShouldBe(("SPDX", version, "https://example.org/shop-1", 3));
        bill.Timestamp.ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-root"}""", true)]
    [InlineData("""{"spdxElementId":"SPDXRef-root","relationshipType":"DESCRIBED_BY","relatedSpdxElement":"SPDXRef-DOCUMENT"}""", true)]
    [InlineData("""{"spdxElementId":"SPDXRef-root","relationshipType":"DEPENDS_ON","relatedSpdxElement":"SPDXRef-a"}""", false)]
    [InlineData("""{"spdxElementId":"SPDXRef-a","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-root"}""", false)]
    public async Task Read_Relationships_TellWhatTheDocumentIsAbout(string relationship, bool isAbout)
    {
        var bill = await AcceptedAsync(Bill($"{Root},{Package("a", "pkg:npm/a@1")}", $$""","relationships":[{{relationship}}]"""));
        (bill.Subject is not null, bill.Packages.Count).ShouldBe((isAbout, isAbout ? 1 : 2));
    }

    [Fact]
    public async Task Read_DocumentAboutSeveralPackages_HasThemAllInstalled()
    {
        var bill = await AcceptedAsync(
            Bill($"{Package("a", "pkg:npm/a@1")},{Package("b", "pkg:npm/b@1")}", ""","documentDescribes":["SPDXRef-a","SPDXRef-b"]"""));
        (bill.Subject, bill.Packages.Count).ShouldBe((null, 2));
    }

    [Fact]
    public async Task Read_DocumentInAField_IsRead() =>
        (await AcceptedAsync($$"""{"sbom":{{Bill(Package("a", "pkg:npm/a@1"))}}}""")).Packages.ShouldHaveSingleItem();

    [Fact]
    public async Task Read_FaultyPackages_RefusesTheWholeAndNamesEachPlace()
    {
        var faults = await RefusedAsync(Bill($$"""
            {{Package("a", "pkg:npm/good@1")}},{{Package("b", "npm/bad@1")}},{"SPDXID":"SPDXRef-c","versionInfo":7},5,
            {"name":"d","SPDXID":"SPDXRef-d","externalRefs":[{"referenceType":"purl"},"x"]}
            """));
        faults.Select(fault => fault.Path).ShouldBe(
            [
                "packages[1].externalRefs[0].referenceLocator", "packages[2].name", "packages[2].versionInfo", "packages[3]",
                "packages[4].externalRefs[0].referenceLocator", "packages[4].externalRefs[1]",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"spdxVersion":"SPDX-3.0"}""", "spdxVersion")]
    [InlineData("""{"spdxVersion":"SPDX-2.1"}""", "spdxVersion")]
    [InlineData("""{"spdxVersion":"2.3"}""", "spdxVersion")]
    [InlineData("""{"spdxVersion":2.3}""", "spdxVersion")]
    [InlineData("""{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[]}""", "spdxVersion")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.5"}""", "spdxVersion")]
    [InlineData("""{"sbom":[]}""", "sbom")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":{}}""", "packages")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","relationships":[1]}""", "relationships[0]")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","creationInfo":{"created":"yesterday"}}""", "creationInfo.created")]
    [InlineData("[]", "")]
    [InlineData("SPDXVersion: SPDX-2.3", "")]
    [InlineData("", "")]
    public async Task Read_NotAnSpdxDocument_IsRefusedWithThePlace(string text, string path) =>
        (await RefusedAsync(text)).ShouldContain(fault => fault.Path == path);

    [Fact]
    public async Task Read_MutatedDocuments_NeverThrow()
    {
        var random = new Random(6);
        var document = Encoding.UTF8.GetBytes(Bill($"{Root},{Package("é", "pkg:npm/a@1")}", ""","documentDescribes":["SPDXRef-root"]"""));
        for (var i = 0; i < 2_000; i++)
        {
            var mutated = document.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
            {
                mutated[random.Next(mutated.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "{}[]\",:\\1u"u8[random.Next(10)];
            }
            var (read, faults) = await SpdxReader.ReadAsync(new MemoryStream(mutated));
            (read is null).ShouldBe(faults.Count > 0);
        }
    }

    [SharedDataFact("advisories/1-composer.lock.xz")]
    public async Task Read_BillOfARealLockFile_HasWhatItsCycloneDxHas()
    {
        using var json = JsonDocument.Parse(SharedData.ReadText("advisories/1-composer.lock.xz"));
        var purls = json.RootElement.GetProperty("packages")
            .EnumerateArray()
            .Concat(json.RootElement.GetProperty("packages-dev").EnumerateArray())
            .Select(package =>
                $"pkg:composer/{package.GetProperty("name").GetString()}@{Uri.EscapeDataString(package.GetProperty("version").GetString()!)}")
            .ToList();
        var bill = await AcceptedAsync(Bill(string.Join(',', purls.Select((purl, at) => Package($"p{at}", purl)))));
        var components = string.Join(',', purls.Select(purl => $$"""{"type":"library","name":"x","purl":"{{purl}}"}"""));
        var (other, _) = await CycloneDxReader.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{{components}}]}""")));
        bill.Packages.Select(package => (package.Purl, package.Version))
            .ShouldBe(other.ShouldNotBeNull().Packages.Select(package => (package.Purl, package.Version)));
    }

    private static string Package(string id, string purl) =>
        $$"""{"name":"{{id}}","SPDXID":"SPDXRef-{{id}}","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"{{purl}}"}]}""";

    private static string Bill(string packages, string more =
        "") => $$"""{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","packages":[{{packages}}]{{more}}}""";

    private static async Task<SoftwareBill> AcceptedAsync(string text)
    {
        var (bill, faults) = await SpdxReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        faults.ShouldBeEmpty();
        return bill.ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<FieldFault>> RefusedAsync(string text)
    {
        var (bill, faults) = await SpdxReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        bill.ShouldBeNull();
        faults.ShouldNotBeEmpty();
        return faults;
    }
}
