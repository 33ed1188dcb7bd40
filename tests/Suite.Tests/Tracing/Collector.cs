using System.Collections.Concurrent;
using Governance.Suite.Tests.Tracing.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Suite.Tests.Tracing;

/// <summary>A span as a collector got it.</summary>
internal sealed record SeenSpan(string Process, Span Span)
{
    public string Trace => Convert.ToHexStringLower(Span.TraceId.Span);

    public string Id => Convert.ToHexStringLower(Span.SpanId.Span);

    public string Parent => Convert.ToHexStringLower(Span.ParentSpanId.Span);

    public string Service => this["governance.service"];

    public bool IsError => Span.Status?.Code == 2;

    /// <summary>An attribute as text; empty where there is none.</summary>
    public string this[string key] => Span.Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value is { } value
        ? value.ValueCase == Value.ValueOneofCase.IntValue
            ? value.IntValue.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value.StringValue
        : "";

    public override string ToString() => $"{Service}: {Span.Kind} {Span.Name} {Id} below {Parent}";
}

/// <summary>Takes telemetry by OTLP over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenSpan> _spans = new();
    private readonly ConcurrentDictionary<(string Metric, string Service), bool> _metrics = new();

    private Collector(WebApplication app) => _app = app;

    public string Endpoint => _app.Urls.Single() + "/";

    /// <summary>Metrics with the service that they were measured in; empty where a point does not say.</summary>
    public IEnumerable<(string Metric, string Service)> Metrics => _metrics.Keys;

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var collector = new Collector(app);
        app.UseRouting();
        app.MapPost("/v1/traces", async http => collector.Take(Traces.Parser.ParseFrom(await BodyAsync(http))));
        app.MapPost("/v1/metrics", async http => collector.Take(Otlp.Metrics.Parser.ParseFrom(await BodyAsync(http))));
        app.MapPost("/v1/logs", async http => { await BodyAsync(http); });
        await app.StartAsync();
        return collector;
    }

    public IReadOnlyList<SeenSpan> Of(string trace) => [.. _spans.Where(span => span.Trace == trace)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Take(Traces traces)
    {
        foreach (var resource in traces.ResourceSpans)
        {
            var process = resource.Resource.Attributes.Single(attribute => attribute.Key == "service.name").Value.StringValue;
            foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans)) _spans.Enqueue(new SeenSpan(process, span));
        }
    }

    private void Take(Otlp.Metrics metrics)
    {
        foreach (var metric in metrics.ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics))
        {
            foreach (var attributes in PointsOf(metric))
            {
                var service = attributes.FirstOrDefault(attribute => attribute.Key == "governance.service");
                _metrics[(metric.Name, service?.Value.StringValue ?? "")] = true;
            }
        }
    }

    private static IEnumerable<IEnumerable<KeyValue>> PointsOf(Metric metric) => metric.Histogram is { } histogram
        ? histogram.DataPoints.Select(point => point.Attributes)
        : (metric.Gauge ?? metric.Sum)?.DataPoints.Select(point => point.Attributes) ?? [];

    private static async Task<byte[]> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
