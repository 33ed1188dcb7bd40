using System.Text;
using Governance.Patching.Advisories.Kev;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories;

public class KevReaderTests
{
    private const string Entry = """
        {"cveID":"CVE-2025-48384","vendorProject":"Git","product":"Git","vulnerabilityName":"n","dateAdded":"2025-08-25",
         "shortDescription":"s","requiredAction":"r","dueDate":"2025-09-15","knownRansomwareCampaignUse":"Known","notes":"","cwes":["CWE-59"]}
        """;

    [SharedDataFact("advisories/known_exploited_vulnerabilities.json")]
    public async Task Read_RealCatalogue_TakesEveryEntry()
    {
        await using var feed = SharedData.Open("advisories/known_exploited_vulnerabilities.json");
        var (catalog, faults) = await KevReader.ReadAsync(feed);
        faults.ShouldBeEmpty();
        catalog.ShouldNotBeNull().Version.ShouldBe("2025.08.25");
        catalog.Rejected.ShouldBeEmpty();
        catalog.Entries.Count.ShouldBe(1404);
        catalog.IsComplete.ShouldBeTrue();
        catalog.Entries.Count(entry => entry.IsDueBeforeAdded).ShouldBe(15);
    }

    [Fact]
    public async Task Read_Entry_KeepsItsFields()
    {
        var entry = (await ReadAsync(Catalog(1, Entry))).Catalog!.Entries.ShouldHaveSingleItem();
        entry.CveId.ShouldBe("CVE-2025-48384");
        (entry.DateAdded, entry.DueDate).ShouldBe((new DateOnly(2025, 8, 25), new DateOnly(2025, 9, 15)));
        entry.KnownRansomwareUse.ShouldBeTrue();
        entry.Cwes.ShouldBe(["CWE-59"]);
    }

    [Fact]
    public async Task Read_BrokenEntries_AreRefusedOneByOne()
    {
        var (catalog, _) = await ReadAsync(Catalog(
            5, Entry, Entry, Entry.Replace("48384", "1", StringComparison.Ordinal), Entry.Replace(
                "48384", "99999", StringComparison.Ordinal).Replace("2025-09-15", "15.9.2025", StringComparison.Ordinal), "7"));
        catalog!.Entries.Count.ShouldBe(1);
        catalog.Rejected.Select(one => one.Position)
            .ShouldBe(["vulnerabilities[1]", "vulnerabilities[2]", "vulnerabilities[3]", "vulnerabilities[4]"]);
        catalog.Rejected[0].Reason.ShouldContain("twice");
        catalog.Rejected[2].Reason.ShouldContain("dueDate");
        catalog.Rejected[2].Id.ShouldBe("CVE-2025-99999");
        catalog.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public async Task Read_FewerEntriesThanCounted_IsNotComplete() =>
        (await ReadAsync(Catalog(2, Entry))).Catalog!.IsComplete.ShouldBeFalse();

    [Theory]
    [InlineData("{}", "vulnerabilities")]
    [InlineData("[]", "object")]
    [InlineData("{\"catalogVersion\":", "Not JSON")]
    [InlineData("", "Not JSON")]
    public async Task Read_NotACatalogue_IsRefusedWhole(string text, string reason)
    {
        var (catalog, faults) = await ReadAsync(text);
        catalog.ShouldBeNull();
        string.Join(' ', faults).ShouldContain(reason);
    }

    private static string Catalog(int count, params string[] entries) =>
        $$"""{"title":"t","catalogVersion":"2026.01.01","dateReleased":"2026-01-01T17:04:19.9796Z","count":{{count}},"vulnerabilities":[{{string.Join(',', entries)}}]}""";

    private static Task<(KevCatalog? Catalog, IReadOnlyList<Governance.Patching.Documents.FieldFault> Faults)> ReadAsync(string text) =>
        KevReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
