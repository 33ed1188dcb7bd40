using System.Text;
using Governance.Patching.Lifecycles;
using Governance.Testing;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Lifecycles;

public class LifecycleReaderTests
{
    private const string Page = """
        ---
        title: PHP
        permalink: /php
        identifiers:
          - purl: pkg:generic/php
          - repology: php
        releases:
          - releaseCycle: 8.10
            releaseDate: 2025-11-20
            eoas: true
            eol: 2029-12-31 # announced
            eoes: false
            lts: 2026-01-01
            latest: "8.10.3"
            latestReleaseDate: 2026-02-01
        ---
        # PHP
        """;

    private const string Line =
        """{"product":"php","title":"PHP","identifiers":[{"purl":"pkg:generic/php"},{"repology":"php"}],"releases":[{"releaseCycle":"8.10","releaseDate":"2025-11-20","eoas":true,"eol":"2029-12-31","eoes":false,"lts":"2026-01-01","latest":"8.10.3","latestReleaseDate":"2026-02-01"}]}""";

    private const string Answer = """
        {
          "schema_version": "1.2.0",
          "result": {
            "name": "php", "label": "PHP",
            "identifiers": [{"id": "pkg:generic/php", "type": "purl"}, {"id": "php", "type": "repology"}],
            "releases": [{
              "name": "8.10", "codename": null, "releaseDate": "2025-11-20", "isLts": true, "ltsFrom": "2026-01-01", "isEoas": true, "eoasFrom": null,
              "isEol": false, "eolFrom": "2029-12-31", "isEoes": false, "eoesFrom": null, "isMaintained": true,
              "latest": {"name": "8.10.3", "date": "2026-02-01", "link": "https://example.com"}
            }]
          }
        }
        """;

    private const string Listing =
        """[{"cycle":"8.10","releaseDate":"2025-11-20","support":true,"eol":"2029-12-31","extendedSupport":false,"lts":"2026-01-01","latest":"8.10.3","latestReleaseDate":"2026-02-01"}]""";

    [Theory]
    [InlineData(Page, "")]
    [InlineData(Line, "")]
    [InlineData(Answer, "")]
    [InlineData("[" + Line + "]", "php")]
    [InlineData(Listing, "php")]
    public async Task Read_EveryShape_GivesTheSameCycle(string document, string product)
    {
        var read = (await ReadAsync(document, product)).ShouldHaveSingleItem().Product.ShouldNotBeNull();
        read.Id.ShouldBe("php");
        read.Cycles.ShouldBe([new CycleDocument
        {
            Name = "8.10",
            Released = new LocalDate(2025, 11, 20),
            ActiveSupport = new SupportMark(null, true),
            Life = new SupportMark(new LocalDate(2029, 12, 31), false),
            ExtendedSupport = new SupportMark(null, false),
            LongTerm = new SupportMark(new LocalDate(2026, 1, 1), false),
            LatestVersion = "8.10.3",
            LatestReleased = new LocalDate(2026, 2, 1),
        }]);
        if (document != Listing) (read.Title, string.Join(' ', read.Identifiers!)).ShouldBe(("PHP", "pkg:generic/php repology:php"));
    }

    [Fact]
    public async Task Read_BadCyclesAndProducts_AreRefusedOneByOneWithTheirPlace()
    {
        var results = await ReadAsync(
            """
            {"product":"php","releases":[{"releaseCycle":"8.1","eol":"2025-02-30"},{"releaseCycle":"8.2","eol":7},{"eol":false},{"releaseCycle":"8.3","eol":false},{"releaseCycle":"8.3","eol":true},{"releaseCycle":"8 4"}]}
            {"product":"No Slug","releases":[{"releaseCycle":"1"}]}
            {"product":"empty","releases":[]}
            {"product":"php","releases":[{"releaseCycle":"9"}]}
            {"product":
            {"product":"go","releases":[{"releaseCycle":"1.26"}]}
            """);
        results.Select(result => result.Product)
            .OfType<ProductDocument>()
            .Select(product => $"{product.Id} {product.Cycles.Single().Name} {product.IsComplete}")
            .ShouldBe(["php 8.3 False", "go 1.26 True"]);
        var rejected =
            results.SelectMany(result => result.Rejected).Select(one => $"{one.Position}|{one.Id}|{one.Faults[0].Path}").ToList();
        rejected.ShouldBe([
            "line 1, releases[0]|php 8.1|eol", "line 1, releases[1]|php "
                + "8.2|eol", "line 1, releases[2]|php|releaseCycle", "line 1, releases[4]|php 8.3|releaseCycle",
            "line 1, releases[5]|php 8 4|releaseCycle", "line 2|No Slug|product", "line 3|empty|releases", "line 4|php|product", "line 5||",
        ]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(Listing, "name it as 'product'")]
    [InlineData("---\ntitle: x\n", "does not end")]
    [InlineData("---\ntitle: [\n---\n", "no YAML")]
    [InlineData("---\na: &a [x]\nb: *a\n---\n", "refers to another part")]
    public async Task Read_NoSuchDocument_SaysWhy(string document, string why) =>
        (await Should.ThrowAsync<InvalidDataException>(() => ReadAsync(document))).Message.ShouldContain(why);

    [SharedDataFact("lifecycles/products.jsonl.xz", "lifecycles/md")]
    public async Task Read_PagesOfTheSite_SayWhatTheWholeFileSays()
    {
        var whole = new Dictionary<string, ProductDocument>();
        await foreach (var result in LifecycleReader.ReadAsync(SharedData.Open("lifecycles/products.jsonl.xz"), ""))
        {
            result.Rejected.ShouldBeEmpty();
            whole.Add(result.Product!.Id, result.Product);
        }

        (whole.Count, whole.Values.Sum(product => product.Cycles.Count)).ShouldBe((464, 8351));
        foreach (var page in Directory.GetFiles(SharedData.Path("lifecycles/md")))
        {
            var read = (await ReadAsync(await File.ReadAllTextAsync(page))).ShouldHaveSingleItem().Product.ShouldNotBeNull(page);
            read.Cycles.ShouldBe(whole[read.Id].Cycles, page);
            (read.Identifiers ?? []).ShouldBe(whole[read.Id].Identifiers ?? [], page);
        }
    }

    private static async Task<List<LifecycleResult>> ReadAsync(string document, string product = "") =>
        await LifecycleReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(document)), product).ToListAsync();
}
