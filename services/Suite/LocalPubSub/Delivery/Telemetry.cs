using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>What can be watched, under the name <c>Governance.LocalPubSub</c>.</summary>
internal static class Telemetry
{
    private const string Name = "Governance.LocalPubSub";

    /// <summary>What spans and measurements call the service that they are of.</summary>
    public const string Service = "pubsub";

    private static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Traces = new(Name);
    public static readonly Counter<long> Published = Meter.CreateCounter<long>("pubsub.published", "{message}", "Messages accepted");
    public static readonly Counter<long> Retried =
        Meter.CreateCounter<long>("pubsub.retried", "{delivery}", "Failed tries that will be repeated");
    public static readonly Counter<long> DeadLettered =
        Meter.CreateCounter<long>("pubsub.dead_lettered", "{message}", "Messages given up to a dead-letter topic");
    public static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("pubsub.dropped", "{message}", "Messages given up without a dead-letter topic");
    public static readonly Histogram<double> Lag =
        Meter.CreateHistogram<double>("pubsub.delivery.lag", "ms", "From accepted to answered by the app");

    public static KeyValuePair<string, object?> Topic(string topic) => new("topic", topic);

    public static KeyValuePair<string, object?> App(string appId) => new("app", appId);
}
