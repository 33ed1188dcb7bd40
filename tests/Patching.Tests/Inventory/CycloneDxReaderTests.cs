using System.Text;
using System.Text.Json;
using Governance.Patching.Documents;
using Governance.Patching.Inventory;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Inventory;

public class CycloneDxReaderTests
{
    [Theory]
    [InlineData("1.2")]
    [InlineData("1.7")]
    public async Task Read_NestedComponents_GivesEachPackageOnce(string specVersion)
    {
        var document = await AcceptedAsync($$"""
            {"bomFormat":"CycloneDX","specVersion":"{{specVersion}}","serialNumber":"urn:uuid:1","version":1,
             "metadata":{"timestamp":"2026-01-02T03:04:05+01:00","component":{"type":"application","name":"shop","purl":"pkg:composer/acme/shop@1",
               "components":[{"type":"library","name":"inner","purl":"pkg:npm/inner@1.0.0"}]} },
             "components":[
               {"type":"library","bom-ref":"a","group":"drupal","name":"core","version":"10.1.0","purl":"pkg:composer/drupal/core@10.1.0",
                "components":[{"type":"library","name":"nested","purl":"pkg:npm/%40x/nested@2.0.0","components":[{"type":"file","name":"f.js"}]}]},
               {"type":"library","bom-ref":"b","name":"core","purl":"pkg:composer/Drupal/core@10.1.0?vcs_url=x"},
               {"type":"library","name":"core","version":"10.2.0","purl":"pkg:composer/drupal/core"}],
             "services":[{"name":"api"}]}
            """);
        document.Packages.Select(package => $"{package.Purl}@{package.Version}").ShouldBe(
            ["pkg:composer/drupal/core@10.1.0", "pkg:npm/%40x/nested@2.0.0", "pkg:composer/drupal/core@10.2.0", "pkg:npm/inner@1.0.0"]);
        document.Packages[0].BomRefs.ShouldBe(["a", "b"]);
        document.Subject.ShouldNotBeNull().Purl.ToString().ShouldBe("pkg:composer/acme/shop");
        document.Ignored.ShouldBe(2);
        document.Timestamp.ShouldBe(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero));
    }

    [Fact]
    public async Task Read_PedigreePatches_AreAppliedPatches()
    {
        var document = await AcceptedAsync(Bom("""
            {"type":"library","name":"base","version":"2.4.6","purl":"pkg:composer/magento/magento2-base@2.4.6","pedigree":{"patches":[
              {"type":"backport","resolves":[{"type":"security","id":"CVE-2026-0001"},{"type":"security","id":"CVE-2026-0001"}]},
              {"type":"unofficial","diff":{"url":"https://example.org/a.patch"}}]}}
            """));
        document.Packages.ShouldHaveSingleItem().AppliedPatches.ShouldBe(["CVE-2026-0001", "https://example.org/a.patch"]);
    }

    [Fact]
    public async Task Read_FaultyComponents_RefusesTheWholeAndNamesEachPlace()
    {
        var faults = await RefusedAsync(Bom("""
            {"type":"library","name":"good","purl":"pkg:npm/good@1"},{"type":"library","purl":"npm/bad@1"},
            {"type":"library","name":"x","components":[{"name":"y","version":7}]},5
            """));
        faults.Select(fault => fault.Path).ShouldBe(
            [
                "components[1].name",
                "components[1].purl",
                "components[2].components[0].type",
                "components[2].components[0].version",
                "components[3]",
            ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"bomFormat":"SPDX","specVersion":"1.5"}""", "bomFormat")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.1"}""", "specVersion")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"2.0"}""", "specVersion")]
    [InlineData("""{"bomFormat":"CycloneDX"}""", "specVersion")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":1.5}""", "specVersion")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.5","components":{}}""", "components")]
    [InlineData("""{"bomFormat":""", "")]
    [InlineData("<bom/>", "")]
    [InlineData("", "")]
    public async Task Read_NotACycloneDxDocument_IsRefusedWithThePlace(string text, string path) =>
        (await RefusedAsync(text)).ShouldContain(fault => fault.Path == path);

    [Fact]
    public async Task Read_NoComponents_IsAnEmptyInventory() =>
        (await AcceptedAsync("""{"bomFormat":"CycloneDX","specVersion":"1.5"}""")).Packages.ShouldBeEmpty();

    [Fact]
    public async Task Read_MutatedDocuments_NeverThrow()
    {
        var random = new Random(5);
        var document = Encoding.UTF8.GetBytes(
            Bom("""{"type":"library","name":"é","purl":"pkg:npm/a@1","pedigree":{"patches":[{"resolves":[{"id":"\u0041"}]}]}}"""));
        for (var i = 0; i < 2_000; i++)
        {
            var mutated = document.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
            {
                mutated[random.Next(mutated.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "{}[]\",:\\1u"u8[random.Next(10)];
            }
            var (read, faults) = await CycloneDxReader.ReadAsync(new MemoryStream(mutated));
            (read is null).ShouldBe(faults.Count > 0);
        }
    }

    [SharedDataFact("advisories/1-composer.lock.xz")]
    public async Task Read_BomOfARealLockFile_HasEveryPackage()
    {
        using var json = JsonDocument.Parse(SharedData.ReadText("advisories/1-composer.lock.xz"));
        var packages =
            json.RootElement.GetProperty("packages").EnumerateArray().Concat(json.RootElement.GetProperty("packages-dev").EnumerateArray())
                .Select(package => (Name: package.GetProperty("name").GetString()!, Version: package.GetProperty("version").GetString()!))
                .ToList();
        var components = packages.Select(package => JsonSerializer.Serialize(
            new
            {
                type = "library",
                name = package.Name,
                version = package.Version,
                purl = $"pkg:composer/{package.Name}@{Uri.EscapeDataString(package.Version)}",
            }));
        var document = await AcceptedAsync(Bom(string.Join(',', components)));
        document.Packages.Count.ShouldBe(packages.Distinct().Count());
    }

    private static string Bom(string components) => $$"""{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{{components}}]}""";

    private static async Task<SoftwareBill> AcceptedAsync(string text)
    {
        var (document, faults) = await CycloneDxReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        faults.ShouldBeEmpty();
        return document.ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<FieldFault>> RefusedAsync(string text)
    {
        var (document, faults) = await CycloneDxReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        document.ShouldBeNull();
        faults.ShouldNotBeEmpty();
        return faults;
    }
}
