using System.Text;
using Governance.BuildingBlocks.Documents;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Documents;

public class RecordSplitterTests
{
    [Fact]
    public void Feed_RecordOverTheLimit_IsRefusedAndTheRestGoesOn()
    {
        var records = Split("{\"a\":1}\n{\"b\":\"" + new string('x', 100) + "\"}\n{\"c\":1}", largest: 50);
        records.Select(record => record.Fault is null).ShouldBe([true, false, true]);
        records[1].Position.ShouldBe("line 2");
        records[1].Bytes.Length.ShouldBeLessThanOrEqualTo(50);
    }

    [Fact]
    public void Feed_StructureInsideTexts_DoesNotCount()
    {
        const string record = """{"a":"}{][,\"\\","b":["{","}"]}""";
        Split($"[{record},{record}]").Select(one => Encoding.UTF8.GetString(one.Bytes.Span)).ShouldBe([record, record]);
    }

    [Fact]
    public void Feed_AnySplitOfTheBytes_GivesTheSameRecords()
    {
        const string feed = "\uFEFF[\n  {\"a\":\"x\\\"y\"},\n  {\"b\":[1,\n 2]},\n  {\"broken\n  {\"c\":{}} ]";
        var whole = Split(feed);
        for (var chunk = 1; chunk < 20; chunk++)
        {
            var cut = Split(feed, chunk: chunk);
            cut.Select(Describe).ShouldBe(whole.Select(Describe));
        }
    }

    private static string Describe(RawRecord record) =>
        $"{record.Position} {record.Line} {record.Fault} {Encoding.UTF8.GetString(record.Bytes.Span)}";

    private static List<RawRecord> Split(string feed, int largest = 1000, int chunk = int.MaxValue)
    {
        var splitter = new RecordSplitter(largest);
        var records = new List<RawRecord>();
        foreach (var piece in Encoding.UTF8.GetBytes(feed).Chunk(chunk))
        {
            splitter.Feed(piece);
        }
        splitter.Complete();
        while (splitter.TryTake(out var record))
        {
            records.Add(record);
        }
        return records;
    }
}
