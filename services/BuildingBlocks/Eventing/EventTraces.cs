using System.Diagnostics;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tracing;
using Governance.BuildingBlocks.Writing;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// The spans of an event's way. They hang in the trace of the call that caused the event, whatever publishes and delivers it.
/// </summary>
internal static class EventTraces
{
    /// <summary>Begins the span of giving one event to the sidecar; null when nobody collects.</summary>
    public static Activity? StartPublishing(OutboxRow row)
    {
        if (!Telemetry.Source.HasListeners()) return null;
        var (source, traceParent) = CloudEvent.OriginOf(row.Envelope);
        var span = Telemetry.Source.StartActivity($"publish {row.Topic}", ActivityKind.Producer, ContextOf(traceParent));
        return span?.SetTag(Telemetry.Service, source).SetTag("messaging.destination.name", row.Topic).SetTag(
            "messaging.message.id", row.Id);
    }

    /// <summary>Begins the span of handling one event; null when nobody collects.</summary>
    public static Activity? StartHandling(ServiceEntry service, IncomingEvent incoming)
    {
        var type = incoming.Envelope.Type;
        var span = Telemetry.Source.StartActivity($"handle {type[(type.LastIndexOf('.') + 1)..]}", ActivityKind.Consumer, incoming.Trace);
        return span?.SetTag(Telemetry.Service, service.Name).SetTag("messaging.message.id", incoming.Envelope.Id);
    }

    /// <summary>
    /// Where the handling of an event that is delivered now belongs: below its delivery, unless the sidecar lost the trace on the way
    /// and the delivery is part of another one.
    /// </summary>
    public static ActivityContext Delivered(CloudEvent envelope)
    {
        var origin = ContextOf(envelope.TraceParent);
        return Activity.Current is { } delivery && (delivery.TraceId == origin.TraceId || origin.TraceId == default)
            ? delivery.Context
            : origin;
    }

    private static ActivityContext ContextOf(string traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;
}
