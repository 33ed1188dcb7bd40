using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Requests;
using Governance.Ownership.Resolution;
using Governance.Ownership.V1;
using Grpc.Core;
using NodaTime;

namespace Governance.Ownership;

internal sealed partial class OwnershipCalls
{
    private static readonly Duration LongestForecast = Duration.FromDays(400);
    private static readonly Duration UnsetForecast = Duration.FromDays(30);

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
        var book = await resolver.OpenAsync(db, ct);
        var component = await SeenComponentAsync(db, book, name, context, resolver.Now, ct);
        await DemandAreaAsync(book, area, ct);
        var uncovered = await Coverage.UncoveredAsync(book, name, component, await book.DutiesAsync(name, area, ct), new Interval(from, until), ct);
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
                    From = one.Span.Start.ToTimestamp(), Until = one.Span.End.ToTimestamp(), Hours = one.Span.Duration.TotalHours, Reason = one.Reason,
                }),
            },
            UncoveredHours = uncovered.Aggregate(Duration.Zero, (sum, one) => sum + one.Span.Duration).TotalHours,
            TotalHours = (until - from).TotalHours,
        };
    }
}
