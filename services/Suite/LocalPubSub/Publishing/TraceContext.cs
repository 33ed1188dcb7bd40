using System.Diagnostics;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>W3C trace context. Dapr never leaves an event without one: a call that carries none starts a trace.</summary>
internal sealed record TraceContext(string Parent, string State)
{
    public static TraceContext Of(IHeaderDictionary headers)
    {
        var parent = headers.TraceParent.ToString();
        return ActivityContext.TryParse(parent, null, out _) ? new TraceContext(parent, headers.TraceState.ToString()) : Start();
    }

    /// <summary>A new, unsampled trace.</summary>
    public static TraceContext Start() => new($"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00", "");
}
