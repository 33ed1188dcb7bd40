using System.Diagnostics;
using System.Diagnostics.Metrics;
using Governance.BuildingBlocks.Names;

namespace Governance.BuildingBlocks.Tracing;

/// <summary>What the building blocks tell of themselves; the names begin with `governance.`.</summary>
internal static class Telemetry
{
    public const string Name = "Governance";

    /// <summary>The attribute of every span and measurement that says which service it is of.</summary>
    public const string Service = "governance.service";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Counter<long> Published { get; } =
        Meter.CreateCounter<long>("governance.outbox.published", "{event}", "Events given to the sidecar");

    public static Counter<long> Handled { get; } =
        Meter.CreateCounter<long>("governance.inbox.handled", "{event}", "Deliveries whose effect has committed");

    public static Histogram<double> Lag { get; } =
        Meter.CreateHistogram<double>("governance.delivery.lag", "s", "From the commit of a change to its effect in another service");

    public static KeyValuePair<string, object?> Of(ServiceEntry service) => new(Service, service.Name);

    /// <summary>Marks the span as failed, with the exception.</summary>
    public static void Fail(this Activity span, Exception fault) =>
        span.SetStatus(ActivityStatusCode.Error, fault.Message).AddException(fault);
}
