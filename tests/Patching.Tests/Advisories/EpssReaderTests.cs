using System.Globalization;
using System.Text;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Documents;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories;

public class EpssReaderTests
{
    private const string Head = "#model_version:v2025.03.14,score_date:2025-03-17T12:55:00Z\ncve,epss,percentile\n";

    [Theory]
    [InlineData("2025-03-14T00:00:00+0000", 14)]
    [InlineData("2025-03-14T23:30:00-0100", 15)]
    [InlineData("2025-03-14T12:03:43Z", 14)]
    [InlineData("2025-03-14", 14)]
    public async Task Read_ScoreDateInAnyOfItsForms_IsADayInUtc(string date, int day)
    {
        var (scores, rejected) =
            await ReadAsync($"#model_version:v2025.03.14,score_date:{date}\ncve,epss,percentile\nCVE-1999-0001,0.03351,0.88243\n");
        rejected.ShouldBeEmpty();
        scores.ShouldHaveSingleItem()
            .ShouldBe(new EpssScore("CVE-1999-0001", 0.03351m, 0.88243m, new LocalDate(2025, 3, day), "v2025.03.14"));
    }

    [Fact]
    public async Task Read_BadRows_AreRefusedOneByOneWithTheirLine()
    {
        var (scores, rejected) = await ReadAsync(
            Head
                + "CVE-2024-0001,0.1,0.2\r\nCVE-2024-0002,1.1,0.2\nCVE-2024-0003,-0.1,x\nGHSA-1,0.1,0.1\nCVE-2024-0001,0.3,0.2\nCVE-2024-0004,0.1\n\n"
                + new string(
                    '9', 9000) + "\nCVE-2024-0005,1,0e0");
        scores.Select(score => score.CveId).ShouldBe(["CVE-2024-0001", "CVE-2024-0005"]);
        rejected.Select(one => (one.Position, one.Id)).ShouldBe(
        [
            ("line 4", "CVE-2024-0002"), (
                "line 5", "CVE-2024-0003"), ("line 6", null), ("line 7", "CVE-2024-0001"), ("line 8", null), ("line 10", null),
        ]);
        rejected[0].Reason.ShouldBe("epss: '1.1' is no number from 0 to 1.");
        rejected[1].Faults.Count.ShouldBe(2);
        rejected[3].Reason.ShouldContain("twice");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("cve,epss,percentile\nCVE-2024-0001,0.1,0.2\n", "score_date")]
    [InlineData("#model_version:v1\ncve,epss,percentile\n", "score_date")]
    [InlineData("#score_date:yesterday\n", "yesterday")]
    [InlineData("#score_date:2025-03-14\nCVE-2024-0001,0.1,0.2\n", "heading")]
    [InlineData("#score_date:2025-03-14\n", "heading")]
    [InlineData("{\"data\":7}", "data")]
    [InlineData("{\"da", "data")]
    public async Task Read_NoScores_IsRefusedWhole(string document, string reason) =>
        (await Should.ThrowAsync<InvalidDataException>(() => ReadAsync(document))).Message.ShouldContain(reason);

    [Fact]
    public async Task Read_AnswerOfTheApi_TakesWhatItsTextSays()
    {
        var (scores, rejected) = await ReadAsync(
            """{"status":"OK","total":3,"data":[{"cve":"CVE-2024-0001","epss":"0.000430000","percentile":0.08,"date":"2025-03-14"},{"cve":"CVE-2024-0002","epss":"many"},7],"x":{"y":[]}}""");
        scores.ShouldHaveSingleItem().ShouldBe(new EpssScore("CVE-2024-0001", 0.00043m, 0.08m, new LocalDate(2025, 3, 14), ""));
        rejected.Select(one => one.Position).ShouldBe(["data[1]", "data[2]"]);
        rejected[0].Faults.Select(fault => fault.Path).ShouldBe(["epss", "percentile", "date"]);
    }

    [Fact]
    public async Task Read_AnswerCutOff_TakesWhatIsWholeAndSaysWhereItBreaks()
    {
        var (scores, rejected) =
            await ReadAsync("""{"data":[{"cve":"CVE-2024-0001","epss":"0.1","percentile":"0.2","date":"2025-03-14"},{"cve":"CVE-20""");
        scores.Count.ShouldBe(1);
        rejected.ShouldHaveSingleItem().Reason.ShouldContain("broken here");
    }

    [Fact]
    public async Task Envelope_InPiecesOfAnySize_GivesTheSameRecords()
    {
        var records =
            Enumerable.Range(0, 300).Select(i => $$"""{"n":{{i}},"t":"{{new string('x', i * 7 % 900)}}","a":[1,{"b":[]}]}""").ToList();
        var document =
            Encoding.UTF8.GetBytes($$"""{"before":"é","other":{"list":[1,2]},"list":[{{string.Join(" ,\n", records)}}],"after":2}""");
        foreach (var size in new[] { 1, 2, 3, 17, 1000, 100_000 })
        {
            var envelope = new RecordEnvelope(new Pieces(document, size), "list");
            var read = new List<string>();
            await foreach (var raw in envelope.ReadAsync()) read.Add(Encoding.UTF8.GetString(raw.Bytes.Span));
            read.ShouldBe(records);
            (envelope.Fields["before"].GetString(), envelope.Fields["after"].GetInt32(), envelope.Count).ShouldBe(("é", 2, 300L));
        }
    }

    [Fact]
    public async Task Lines_InPiecesOfAnySize_AreTheSame()
    {
        var text = string.Join(
            '\n', Enumerable.Range(0, 200).Select(i => new string('y', i * 13 % 300).ToString(CultureInfo.InvariantCulture)));
        foreach (var size in new[] { 1, 5, 64, 100_000 })
        {
            var lines = new List<string?>();
            await foreach (var line in LineStream.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(text), size), 250)) lines.Add(line.Text);
            lines.ShouldBe(text.Split('\n').Select(line => line.Length > 250 ? null : line));
        }
    }

    private static async Task<(List<EpssScore> Scores, List<RejectedRecord> Rejected)> ReadAsync(string text)
    {
        var (scores, rejected) = (new List<EpssScore>(), new List<RejectedRecord>());
        await foreach (var result in EpssReader.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(text), 7)))
        {
            if (result.Score is { } score) scores.Add(score);
            else rejected.Add(result.Rejected!);
        }

        return (scores, rejected);
    }

    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }
}
