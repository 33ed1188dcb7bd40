using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Persistence;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Eventing;

public sealed class DaprPublisherTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Publish_OfMoreThanASidecarTakesAtOnce_IsSplitIntoSeveralBulkCallsInOrder()
    {
        var sidecar = new Sidecar();
        using var http = new HttpClient(sidecar) { BaseAddress = new Uri("http://sidecar/") };
        List<OutboxRow> rows = [.. Enumerable.Range(0, 64).Select(number => Row($"event-{number:00}", 128 * 1024))];

        (await new DaprPublisher(http).PublishAsync(rows, CancellationToken.None)).ShouldBeEmpty();

        sidecar.Bodies.Count.ShouldBeGreaterThan(1);
        sidecar.Bodies.ShouldAllBe(body => body.Length < 4 * 1024 * 1024);
        sidecar.Bodies.SelectMany(body => JsonNode.Parse(body)!.AsArray()).Select(entry => (string)entry!["entryId"]!)
            .ShouldBe(rows.Select(row => row.Id));
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
        Topic = "governance.windows",
        Type = "test.Happened",
        Subject = "tests/1",
        Envelope = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","data":"{{new string('x', bytes)}}"}"""),
    };

    private sealed class Sidecar : HttpMessageHandler
    {
        public List<byte[]> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Bodies.Add(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }
    }
}
