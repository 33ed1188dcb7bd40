using System.Diagnostics;
using System.Net;
using Governance.Suite.Tests.Flow;
using Governance.Suite.Tests.Tracing.Otlp;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Tracing;

/// <summary>What an operator sees of one REST call that the whole suite takes part in.</summary>
public sealed class OneTraceTests : IAsyncLifetime
{
    private readonly SuiteProcess _suite = new();
    private Collector _collector = null!;

    public async Task InitializeAsync()
    {
        _collector = await Collector.StartAsync();
        _suite.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Endpoint;
        _suite.Variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _suite.Variables["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        _suite.Variables["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        await _suite.StartAsync();
    }

    [Fact]
    public async Task RestCall_ThatPublishesAnEvent_IsOneTreeFromTheGatewayToTheHandlers()
    {
        var caller = NewTrace();
        (await CreateComponentAsync(caller)).ShouldBe(HttpStatusCode.OK);

        var spans = await Eventually.GetAsync(
            () => Task.FromResult(Handled(caller) is { Count: >= 2 } ? _collector.Of(Trace(caller)) : null),
            "both neighbours' handling in the trace");

        spans.ShouldAllBe(span => span.Process == "suite");
        spans.Select(span => span.Id).ShouldBeUnique();
        var ids = spans.Select(span => span.Id).Append(caller.SpanId.ToHexString()).ToHashSet();
        spans.Where(span => !ids.Contains(span.Parent)).ShouldBeEmpty();
        spans.Where(span => span.Service.Length == 0 || span.IsError).ShouldBeEmpty();

        var rest = Only(spans, caller.SpanId.ToHexString(), Span.Types.Kind.Server);
        (rest.Service, rest.Span.Name, rest["http.route"]).ShouldBe(("gateway", "POST /v1/components", "/v1/components"));
        rest["http.response.status_code"].ShouldBe("200");
        var hop = Only(spans, rest.Id, Span.Types.Kind.Client, span => span["rpc.system"] == "grpc");
        hop.Span.Name.ShouldEndWith("/CreateComponent");
        var call = Only(spans, hop.Id, Span.Types.Kind.Server);
        (call.Service, call["rpc.grpc.status_code"]).ShouldBe(("ownership", "0"));
        call["http.route"].ShouldBe("/" + hop.Span.Name);
        spans.ShouldContain(span => span.Parent == call.Id && span["db.system"] == "sqlite" && span.Service == "ownership");
        var publish = Only(spans, call.Id, Span.Types.Kind.Producer);
        (publish.Service, publish.Span.Name).ShouldBe(("ownership", "publish governance.ownership"));

        var sidecar = Only(spans, publish.Id, Span.Types.Kind.Client);
        sidecar.Span.Name.ShouldBe("dapr.proto.runtime.v1.Dapr/PublishEvent");

        foreach (var neighbour in new[] { "windows", "patching" })
        {
            var handle = spans.Single(span => span.Service == neighbour && span.Span.Name == "handle ComponentChanged");
            var delivery = spans.Single(span => span.Id == handle.Parent);
            (delivery.Service, delivery["http.route"]).ShouldBe((neighbour, "/dapr/events/governance.ownership"));
            var deliver = spans.Single(span => span.Id == delivery.Parent);
            (deliver.Service, deliver.Span.Name, deliver.Parent).ShouldBe(("pubsub", "deliver governance.ownership", sidecar.Id));
            spans.ShouldContain(span => span.Parent == handle.Id && span["db.system"] == "sqlite" && span.Service == neighbour);
        }
    }

    [Fact]
    public async Task RefusedCall_InTheTrace_IsTheCallersErrorAndNotTheServices()
    {
        await CreateComponentAsync(NewTrace());
        var caller = NewTrace();
        (await CreateComponentAsync(caller)).ShouldBe(HttpStatusCode.Conflict);

        var spans = await Eventually.GetAsync(
            () => Task.FromResult(_collector.Of(Trace(caller)) is { Count: >= 3 } seen
                && seen.Any(span => span.Parent == caller.SpanId.ToHexString()) ? seen : null),
            "the refused call in the trace");

        var rest = Only(spans, caller.SpanId.ToHexString(), Span.Types.Kind.Server);
        (rest["http.response.status_code"], rest.IsError).ShouldBe(("409", false));
        var hop = Only(spans, rest.Id, Span.Types.Kind.Client, span => span["rpc.system"] == "grpc");
        (hop["rpc.grpc.status_code"], hop.IsError).ShouldBe(("6", true));
        var call = Only(spans, hop.Id, Span.Types.Kind.Server);
        (call["rpc.grpc.status_code"], call.IsError).ShouldBe(("6", false));
    }

    [Fact]
    public async Task Metrics_OfEveryService_AreThere()
    {
        await CreateComponentAsync(NewTrace());

        var wanted = new[] { "ownership", "windows", "patching", "gateway" }
            .SelectMany(service =>
                new[] { "governance.outbox.depth", "governance.outbox.age", "governance.dead_letters" }.Select(metric => (metric, service)))
            .Concat([
                ("http.server.request.duration", "gateway"), ("http.server.request.duration", "ownership"),
                ("governance.outbox.published", "ownership"), (
                    "governance.delivery.lag", "windows"), ("governance.inbox.handled", "patching"),
            ]);
        await Eventually.HoldsAsync(() => !wanted.Except(_collector.Metrics).Any(), "every metric");
    }

    public async Task DisposeAsync()
    {
        _suite.Dispose();
        await _collector.DisposeAsync();
    }

    private static ActivityContext NewTrace() =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    private static string Trace(ActivityContext caller) => caller.TraceId.ToHexString();

    private static SeenSpan Only(
        IEnumerable<SeenSpan> spans, string parent, Span.Types.Kind kind, Func<SeenSpan, bool>? which = null) =>
        spans.Where(span => span.Parent == parent && span.Span.Kind == kind && which?.Invoke(span) != false).ShouldHaveSingleItem();

    private List<SeenSpan> Handled(ActivityContext caller) =>
        [.. _collector.Of(Trace(caller)).Where(span => span.Span.Name == "handle ComponentChanged")];

    private async Task<HttpStatusCode> CreateComponentAsync(ActivityContext caller)
    {
        var (status, _) = await _suite.CallAsync(
            HttpMethod.Post,
            "/v1/components?componentId=checkout",
            new { displayName = "Checkout" },
            headers: headers => headers.Add("traceparent", $"00-{caller.TraceId}-{caller.SpanId}-01"));
        return status;
    }
}
