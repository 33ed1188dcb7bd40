using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>Traces, metrics and logs by OTLP, when an endpoint is configured; nothing is collected otherwise.</summary>
internal static class Telemetry
{
    private const string Name = "Governance";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Counter<long> Published { get; } = Meter.CreateCounter<long>("governance.outbox.published", "{event}");

    public static Counter<long> Handled { get; } = Meter.CreateCounter<long>("governance.inbox.handled", "{event}");

    public static void Add(IServiceCollection services, ILoggingBuilder logging, ServiceSettings settings)
    {
        if (settings.OtlpEndpoint is not { } endpoint) return;
        var resource = ResourceBuilder.CreateDefault().AddService(settings.Service.AppId, "governance");
        logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(resource);
            logs.AddOtlpExporter(otlp => otlp.Endpoint = At(endpoint, otlp, "v1/logs"));
        });
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Name, "Microsoft.AspNetCore", "System.Net.Http")
            .AddOtlpExporter(otlp => otlp.Endpoint = At(endpoint, otlp, "v1/traces"))
            .Build());
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
            .AddOtlpExporter(otlp => otlp.Endpoint = At(endpoint, otlp, "v1/metrics"))
            .Build());
    }

    /// <summary>Providers collect from the moment that they exist.</summary>
    public static void Start(IServiceProvider services)
    {
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
    }

    private static Uri At(Uri endpoint, OtlpExporterOptions otlp, string path)
    {
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL") != "http/protobuf") return endpoint;
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        return new Uri(endpoint, path);
    }
}
