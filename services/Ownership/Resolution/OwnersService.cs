using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Component = Governance.Ownership.Components.Component;

namespace Governance.Ownership.Resolution;

/// <summary>Who answers for a component, and when nobody is there.</summary>
internal sealed class OwnersService(IDbContextFactory<OwnershipDb> databases, OwnerResolver resolver) : V1.Owners.OwnersBase
{
    private const string UnsetArea = "incident-response";
    private static readonly Duration LongestForecast = Duration.FromDays(400);
    private static readonly Duration UnsetForecast = Duration.FromDays(30);

    public override async Task<ResolveOwnerResponse> ResolveOwner(ResolveOwnerRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var faults = new FieldFaults();
        var (name, area) = ComponentAndArea(faults, request.Name, "name", request.Area);
        faults.Check(Enum.IsDefined(request.Severity), "severity", "Is none of S1, S2, S3 and S4.", "UNKNOWN_VALUE");
        var at = faults.Moment(request.At, "at") ?? resolver.Now;
        faults.ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await resolver.OpenAsync(db, ct);
        var component = await SeenComponentAsync(db, reader, name, context, resolver.Now, ct);
        await DemandAreaAsync(reader, area, ct);
        return await resolver.ResolveAsync(
            reader, component, new OwnerQuestion(name, area, request.Severity, at), MayReach(context.Reach()), ct);
    }

    public override async Task<CoverageForecastResponse> CoverageForecast(CoverageForecastRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var faults = new FieldFaults();
        var (name, area) = ComponentAndArea(faults, request.Component, "component", request.Area);
        var from = faults.Moment(request.From, "from") ?? resolver.Now;
        var until = faults.Moment(request.Until, "until") ?? from + UnsetForecast;
        faults.Check(from < until, "until", "Is not after from.", "ENDS_BEFORE_START");
        faults.Check(until - from <= LongestForecast, "until", $"Is more than {LongestForecast.Days} days after from.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await resolver.OpenAsync(db, ct);
        var component = await SeenComponentAsync(db, reader, name, context, resolver.Now, ct);
        await DemandAreaAsync(reader, area, ct);
        var uncovered =
            await Coverage.UncoveredAsync(reader, name, component, await reader.DutiesAsync(name, area, ct), new Interval(from, until), ct);
        return new CoverageForecastResponse
        {
            Component = name,
            Area = $"areas/{area}",
            From = from.ToTimestamp(),
            Until = until.ToTimestamp(),
            Uncovered =
            {
                uncovered.Select(one => new UncoveredTime
                {
                    From = one.Span.Start
                        .ToTimestamp(), Until = one.Span.End.ToTimestamp(), Hours = one.Span.Duration.TotalHours, Reason = one.Reason,
                }),
            },
            UncoveredHours = uncovered.Aggregate(Duration.Zero, (sum, one) => sum + one.Span.Duration).TotalHours,
            TotalHours = (until - from).TotalHours,
        };
    }

    private static (string Component, string Area) ComponentAndArea(FieldFaults faults, string component, string field, string area)
    {
        var name = NameFields.InFull(component, "components");
        faults.Name(name, "components", field);
        var full = NameFields.InFull(area.Length > 0 ? area : UnsetArea, "areas");
        faults.Name(full, "areas", "area");
        return (name, full["areas/".Length..]);
    }

    private static async Task<Dated<V1.Component>> SeenComponentAsync(
        OwnershipDb db, ResolutionReader reader, string name, ServerCallContext context, Instant now, CancellationToken ct)
    {
        var component = await reader.ComponentAsync(name, ct) ?? throw new Missing(name);
        var reach = context.Reach();
        if (reach.Covers(((Component)component.Aggregate).Target)) return component;
        return await db.SeenComponents(reach, now).AnyAsync(one => one.Id == component.Aggregate.Id, ct)
            ? component
            : throw new Missing(name);
    }

    /// <summary>The areas that ship with the service are always there.</summary>
    private static async Task DemandAreaAsync(ResolutionReader reader, string area, CancellationToken ct)
    {
        if (!Responsibilities.AreaPresets.All.ContainsKey(area) && !await reader.HasAreaAsync(area, ct))
        {
            throw FieldFaults.Single("area", $"There is no areas/{area}.", "UNKNOWN_AREA");
        }
    }

    /// <summary>Vendors' people see how to reach their own party alone, and its contract.</summary>
    private static Func<string, bool> MayReach(Reach reach) =>
        reach.Everything || reach.Components.Count + reach.Systems.Count > 0 ? _ => true : reach.Parties.Contains;
}
