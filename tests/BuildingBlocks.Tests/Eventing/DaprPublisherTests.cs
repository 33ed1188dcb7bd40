using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Writing;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Eventing;

public sealed class DaprPublisherTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Publish_OfManyLargeEvents_SendsEachAsItIs()
    {
        await using var estate = await TestEstate.StartAsync();
        using var publisher = new DaprPublisher(estate.Settings(SampleServices.DepotEntry));
        List<OutboxRow> rows =
            [.. Enumerable.Range(0, 300).Select(number => Row($"event-{number:000}", number % 10 == 0 ? 128 * 1024 : 100))];

        (await publisher.PublishAsync(rows, CancellationToken.None)).ShouldBeEmpty();

        var published = estate.PubSub.Published.ToDictionary(one => one.Id, one => one.Envelope);
        published.Count.ShouldBe(300);
        rows.ShouldAllBe(row => published[row.Id].SequenceEqual(row.Envelope));
    }

    [Fact]
    public async Task Publish_WhereSomeAreRefused_TellsWhich()
    {
        await using var estate = await TestEstate.StartAsync();
        using var publisher = new DaprPublisher(estate.Settings(SampleServices.DepotEntry));
        var turn = 0;
        estate.PubSub.Broken = () => Interlocked.Increment(ref turn) % 2 == 0;
        List<OutboxRow> rows = [.. Enumerable.Range(0, 10).Select(number => Row($"event-{number}", 10))];

        var failed = await publisher.PublishAsync(rows, CancellationToken.None);

        failed.Count.ShouldBe(5);
        failed.Values.ShouldAllBe(reason => reason.Contains("refused by the test", StringComparison.Ordinal));
        estate.PubSub.Published.Select(one => one.Id).Concat(failed.Keys).ShouldBe(rows.Select(row => row.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task Publish_WhereNoSidecarListens_RefusesEverything()
    {
        await using var estate = await TestEstate.StartAsync();
        using var publisher =
            new DaprPublisher(estate.Settings(SampleServices.DepotEntry) with { DaprEndpoint = new Uri("http://127.0.0.1:1") });

        var failed = await publisher.PublishAsync([Row("event-1", 10), Row("event-2", 10)], CancellationToken.None);

        failed.Keys.ShouldBe(["event-1", "event-2"], ignoreOrder: true);
    }

    [Fact]
    public void Read_OfAnEventThatDaprGaveItsOwnTrace_KnowsWhereItCameFrom()
    {
        var written = CloudEvent.Write("1", "windows", "windows/a", DateTimeOffset.UnixEpoch, Trace, new Struct());
        var delivered = JsonNode.Parse(written)!.AsObject();
        delivered["traceparent"] = "00-11111111111111111111111111111111-2222222222222222-00";

        CloudEvent.Read(Encoding.UTF8.GetBytes(delivered.ToJsonString())).TraceParent.ShouldBe(Trace);
    }

    private static OutboxRow Row(string id, int bytes) => new()
    {
        Id = id,
        Topic = "governance.depot",
        Type = "test.Happened",
        Subject = "tests/1",
        Envelope = Encoding.UTF8.GetBytes(
            $$$"""{"id":"{{{id}}}","type":"test.Happened","subject":"tests/1","data":{"text":"{{{new string('x', bytes)}}}"}}"""),
    };
}
