using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Governance.BuildingBlocks.Tracing;

/// <summary>Says on the span and in the measurements of every request whose it was, and how it ended where it was a gRPC call.</summary>
public static class RequestTelemetry
{
    /// <summary>Puts it before everything else of a host.</summary>
    /// <param name="app">The host's pipeline.</param>
    /// <param name="service">The service's name.</param>
    public static IApplicationBuilder UseRequestTelemetry(this IApplicationBuilder app, string service) => app.Use(next => http =>
    {
        var span = Telemetry.Source.HasListeners() ? http.Features.Get<IHttpActivityFeature>()?.Activity : null;
        var tags = http.Features.Get<IHttpMetricsTagsFeature>()?.Tags;
        span?.SetTag(Telemetry.Service, service);
        tags?.Add(new(Telemetry.Service, service));
        return (span is null && tags is null) || !IsGrpc(http.Request) ? next(http) : CallAsync(next, http, span, tags);
    });

    private static async Task CallAsync(
        RequestDelegate next, HttpContext http, Activity? span, ICollection<KeyValuePair<string, object?>>? tags)
    {
        await next(http);
        if (StatusOf(http) is not { } code) return;
        tags?.Add(new(GrpcSpans.Status, (int)code));
        if (span is not null) GrpcSpans.Judge(span, code);
    }

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>In the trailers, or in the headers of an answer that has no more than them.</summary>
    private static StatusCode? StatusOf(HttpContext http)
    {
        var trailers = http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var text =
            trailers is not null && trailers.TryGetValue("grpc-status", out var status) ? status : http.Response.Headers["grpc-status"];
        return GrpcSpans.TryRead(text, out var code) ? code : null;
    }
}
