using System.Diagnostics;
using Governance.BuildingBlocks.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Governance.BuildingBlocks.Tracing;

/// <summary>Collects what all hosts of a process tell. Once in a process: two providers would each tell everything.</summary>
public static class TelemetrySetup
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string LocalPubSub = "Governance.LocalPubSub";

    /// <summary>Where telemetry goes by OTLP, as the environment says; null for nowhere.</summary>
    /// <exception cref="SettingsFault">It is no address.</exception>
    public static Uri? OtlpEndpoint => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => null,
        var text => Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw new SettingsFault([$"{Variable}: '{text}' cannot be read."]),
    };

    /// <summary>Adds the one tracer provider and the one meter provider of a process. They collect from when they are resolved.</summary>
    /// <param name="services">Of the host that is all of its process, or a collection of their own beside several hosts.</param>
    /// <param name="process">What the process is called, `windows` or `suite`.</param>
    /// <param name="otlp">Where to send them; null where the caller adds exporters of its own.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, string process, Uri? otlp)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, process))
            .WithTracing(traces =>
            {
                traces.AddSource(Telemetry.Name, LocalPubSub)
                    .AddProcessor(new InheritService())
                    .AddAspNetCoreInstrumentation(server => server.Filter = http => !IsProbe(http.Request.Path))
                    .AddGrpcClientInstrumentation(client => client.SuppressDownstreamInstrumentation = true) // else each call is two spans
                    .AddHttpClientInstrumentation(client =>
                    {
                        client.EnrichWithHttpRequestMessage = GrpcSpans.Name;
                        client.EnrichWithHttpResponseMessage = GrpcSpans.Judge;
                    })
                    .AddEntityFrameworkCoreInstrumentation(database => database.Filter = (_, _) => IsPartOfATrace());
                if (otlp is not null) traces.AddOtlpExporter(exporter => exporter.Endpoint = At(otlp, exporter, "v1/traces"));
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Telemetry.Name, LocalPubSub)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation();
                if (otlp is not null) metrics.AddOtlpExporter(exporter => exporter.Endpoint = At(otlp, exporter, "v1/metrics"));
            });
        return services;
    }

    /// <summary>Begins to collect.</summary>
    public static void StartTelemetry(this IServiceProvider services)
    {
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
    }

    /// <summary>Sends a host's log as well; each host has a log of its own.</summary>
    internal static void AddOtlpLog(this ILoggingBuilder logging, string service, Uri otlp) => logging.AddOpenTelemetry(logs =>
    {
        logs.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), service));
        logs.AddOtlpExporter(exporter => exporter.Endpoint = At(otlp, exporter, "v1/logs"));
    });

    private static ResourceBuilder Describe(ResourceBuilder resource, string process) => resource.AddService(process, "governance");

    private static Uri At(Uri endpoint, OtlpExporterOptions exporter, string path)
    {
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL") != "http/protobuf") return endpoint;
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        return new Uri(endpoint, path);
    }

    /// <summary>What asks every few seconds whether somebody is there is not worth a trace.</summary>
    private static bool IsProbe(Microsoft.AspNetCore.Http.PathString path) =>
        path.StartsWithSegments("/healthz", StringComparison.Ordinal)
        || path.StartsWithSegments("/grpc.health.v1.Health", StringComparison.Ordinal);

    /// <summary>
    /// Workers ask the database every second whether there is something to do; each question would be a trace of its own.
    /// </summary>
    private static bool IsPartOfATrace() => Activity.Current?.ParentSpanId is { } parent && parent != default;

    /// <summary>What a request or a handling causes in its process is of the same service.</summary>
    private sealed class InheritService : BaseProcessor<Activity>
    {
        public override void OnStart(Activity data)
        {
            if (data.Parent?.GetTagItem(Telemetry.Service) is { } service) data.SetTag(Telemetry.Service, service);
        }
    }
}
