using System.Diagnostics;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;

namespace Governance.BuildingBlocks.Writing;

/// <summary>What a unit of work is done for: it ends up in the audit log and in events.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Action">The RPC's short name, the event that is handled, or the worker.</param>
/// <param name="Roles">The roles used.</param>
internal sealed record UnitScope(Caller Caller, string Action, IReadOnlyList<string> Roles)
{
    public string Reason { get; init; } = "";

    public bool ValidateOnly { get; init; }

    /// <summary>Set for imports: the whole unit gets one audit entry on this resource.</summary>
    public string? Batch { get; init; }

    /// <summary>When its events go out: those of an event that came later go out later.</summary>
    public Lane Lane { get; init; }

    /// <summary>W3C trace context: the caller's, or the one of the event that is handled.</summary>
    public string TraceParent { get; init; } = Correlation.TraceParent;

    public string CorrelationId => TraceParent.Split('-') is [_, var trace, ..] ? trace : TraceParent;
}

/// <summary>The id that ties a call, its log lines, its events and its audit entries together: the trace id.</summary>
internal static class Correlation
{
    public static string Id => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
        ? activity.TraceId.ToHexString()
        : ActivityTraceId.CreateRandom().ToHexString();

    public static string TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
        ? activity.Id!
        : $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-00";
}
