using System.Text;
using System.Text.Json;
using Governance.Patching.Advisories;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories;

public class OsvReaderTests
{
    private static readonly string[] Three = [OsvFeed.Record("A-1"), OsvFeed.Record("A-2"), OsvFeed.Record("A-3")];

    public static TheoryData<string, string> Layouts => new()
    {
        { "lines", string.Join('\n', Three) },
        { "lines, ended, with blanks", "\n" + string.Join("\r\n\r\n", Three) + "\r\n" },
        { "array", "[" + string.Join(',', Three) + "]" },
        { "array over lines", "\uFEFF [\n  " + string.Join(",\n  ", Three) + "\n]\n" },
        { "indented array", JsonSerializer.Serialize(Three.Select(one => JsonDocument.Parse(one).RootElement), Indented) },
        { "one after another", string.Concat(Three) },
        { "indented, one after another", string.Join('\n', Three.Select(Indent)) },
    };

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Read_AnyLayoutCutAnywhere_FindsEveryRecord(string layout, string feed)
    {
        foreach (var chunk in new[] { 1, 7, int.MaxValue })
        {
            var (advisories, rejected) = await OsvFeed.ReadAsync(feed, chunk);
            rejected.ShouldBeEmpty(layout);
            advisories.Select(advisory => advisory.Id).ShouldBe(["A-1", "A-2", "A-3"], layout);
        }
    }

    [Fact]
    public async Task Read_SameContentLaidOutAnew_HasTheSameDigest()
    {
        var one = await OsvFeed.OneAsync("""{"id":"A","modified":"2026-01-01T00:00:00Z","aliases":["B"]}""");
        var other = await OsvFeed.OneAsync("{\n \"aliases\" : [ \"B\" ],\n \"modified\":\"2026-01-01T00:00:00Z\", \"id\": \"\\u0041\" }");
        var changed = await OsvFeed.OneAsync("""{"id":"A","modified":"2026-01-01T00:00:00Z","aliases":["C"]}""");
        other.Digest.ShouldBe(one.Digest);
        changed.Digest.ShouldNotBe(one.Digest);
    }

    [Theory]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01T00:00:00Z\"")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01T00")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01T00:00:00Z\"}}")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01T00:00:00Z\",}")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":[}]")]
    [InlineData("not json at all")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public async Task Read_BrokenLine_IsRefusedWithItsLineAndTheRestGoesOn(string broken)
    {
        var (advisories, rejected) = await OsvFeed.ReadAsync($"{Three[0]}\n{broken}\n{Three[1]}\n{Three[2]}\n");
        advisories.Select(advisory => advisory.Id).ShouldBe(["A-1", "A-2", "A-3"]);
        rejected.ShouldHaveSingleItem().Position.ShouldBe("line 2");
    }

    [Theory]
    [InlineData("{\"id\":\"BAD\"}")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"yesterday\"}")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01T00:00:00\"}")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01\"}")]
    [InlineData("{\"id\":\"BAD/../x\",\"modified\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"id\":\"BAD\",\"modified\":\"2026-01-01T00:00:00Z\",}")]
    [InlineData("17")]
    [InlineData("\"text\"")]
    public async Task Read_BrokenElement_IsRefusedWithItsIndexAndTheRestGoesOn(string broken)
    {
        var (advisories, rejected) = await OsvFeed.ReadAsync($"[{Three[0]},{broken},{Three[1]}]");
        advisories.Select(advisory => advisory.Id).ShouldBe(["A-1", "A-2"]);
        rejected.ShouldHaveSingleItem().Position.ShouldBe("1");
    }

    [Fact]
    public async Task Read_ElementOnItsLineWithoutItsEnd_DoesNotSwallowTheNext()
    {
        var (advisories, rejected) =
            await OsvFeed.ReadAsync($"[\n{Three[0]},\n{{\"id\":\"BAD\",\"x\":[\n{Three[1]},\n{{\"id\":\"BAD,\n{Three[2]}\n]");
        advisories.Select(advisory => advisory.Id).ShouldBe(["A-1", "A-2", "A-3"]);
        rejected.Select(one => one.Position).ShouldBe(["1", "3"]);
    }

    [Theory]
    [InlineData("[{0},")]
    [InlineData("[{0}")]
    [InlineData("[{0},{{\"id\":\"half")]
    [InlineData("{0}\n{{\"id\":\"half\",")]
    [InlineData("[{0}] {0}")]
    public async Task Read_CutOffOrOverlongFeed_TakesTheWholeRecordsAndSaysSo(string feed)
    {
        var (advisories, rejected) =
            await OsvFeed.ReadAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, feed, Three[0]));
        advisories.ShouldHaveSingleItem().Id.ShouldBe("A-1");
        rejected.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Read_ManyFaults_AreAllToldWithTheirPlaces()
    {
        const string record = """
            {"id":"BAD","modified":"2026-13-01T00:00:00Z","aliases":["CVE-1",7],"schema_version":"2.0.0",
             "affected":[{"package":{"ecosystem":"npm"},"ranges":[{"type":"SEMVER","events":[{"fixed":"1"},{}]}]}]}
            """;
        var (_, rejected) = await OsvFeed.ReadAsync(record);
        var bad = rejected.ShouldHaveSingleItem();
        bad.Id.ShouldBe("BAD");
        bad.Faults.Select(fault => fault.Path).ShouldBe(
            [
                "schema_version", "modified", "affected[0].package.name", "affected[0].ranges[0].events[1]",
                "affected[0].ranges[0].events", "aliases[1]",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData(
        "\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}]", "Critical", "Cvss", "9.8")]
    [InlineData(
        "\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],\"database_specific\":{\"severity\":\"LOW\"}",
        "Critical",
        "Cvss",
        "9.8")]
    [InlineData(
        "\"severity\":[{\"type\":\"CVSS_V4\",\"score\":\"CVSS:4.0/AV:N\"}],\"database_specific\":{\"severity\":\"MODERATE\"}",
        "Medium",
        "Publisher",
        null)]
    [InlineData(
        "\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"x\"},\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.0/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N\"}]}]",
        "Low",
        "Cvss",
        "1.8")]
    [InlineData("\"database_specific\":{\"severity\":null}", "Unknown", "None", null)]
    public async Task Read_Severity_IsTheWorstScoresBandElseThePublishersWord(string fields, string band, string source, string? score)
    {
        var advisory = await OsvFeed.OneAsync(OsvFeed.Record("A", "," + fields));
        advisory.Severity.Band.ToString().ShouldBe(band);
        advisory.Severity.Source.ToString().ShouldBe(source);
        advisory.Severity.BaseScore?.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(score);
    }

    [Fact]
    public async Task Read_MutatedFeeds_NeverThrowAndKeepTheUntouchedRecords()
    {
        var random = new Random(11);
        var feed =
            Encoding.UTF8.GetBytes(string.Join(
                '\n',
                Three.Append(OsvFeed.Record(
                    "A-4",
                    ",\"aliases\":[\"\\ud83d\\ude00\"],\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"é\"},\"versions\":[\"1\"]}]"))));
        for (var i = 0; i < 2_000; i++)
        {
            var mutated = feed.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
            {
                mutated[random.Next(mutated.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "{}[]\",:\\\n u0d"u8[random.Next(13)];
            }
            var (advisories, rejected) = await OsvFeed.ReadAsync(new MemoryStream(mutated));
            (advisories.Count + rejected.Count).ShouldBeGreaterThan(0);
        }
    }

    [SharedDataFact("advisories/drupal_osv.jsonl.xz")]
    public async Task Read_DrupalFeed_TakesEveryRecord()
    {
        var (advisories, rejected) = await OsvFeed.ReadAsync(SharedData.Open("advisories/drupal_osv.jsonl.xz"));
        rejected.ShouldBeEmpty();
        advisories.Count.ShouldBe(274);
        advisories.SelectMany(advisory => advisory.Affected).SelectMany(affected => affected.Ranges).Count().ShouldBe(403);
        advisories.ShouldAllBe(advisory =>
            advisory.Affected.All(affected => affected.Ranges.All(range => range.Type == RangeType.Ecosystem)));
    }

    private static string Indent(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Indented);
}
