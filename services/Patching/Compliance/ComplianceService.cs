using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.Patching.Fields;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Remediation = Governance.Patching.Remediations.Remediation;

namespace Governance.Patching.Compliance;

/// <summary>How deadlines were kept.</summary>
internal sealed class ComplianceService(IDbContextFactory<PatchingDb> databases, BusinessClock clock) : V1.Compliance.ComplianceBase
{
    public override async Task<GetComplianceResponse> GetCompliance(GetComplianceRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var faults = new FieldFaults();
        var period = PeriodOf(request.From, request.Until, faults);
        var grouping = Grouping.Read(request.GroupBy, faults);
        faults.ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = await CountingAsync(db, context, period, new Where(request.Component, request.Owner, request.Environment), ct);
        var total = new Tally();
        var groups = new Dictionary<string, Tally>();
        await foreach (var one in query.OrderBy(one => one.Due).ThenBy(one => one.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (Judgement.Of(one.Body, period) is not { } judgement) continue;
            total.Add(one.Name, judgement);
            if (grouping.By.Length == 0) continue;
            var key = grouping.KeyOf(one.Body);
            if (!groups.TryGetValue(key, out var tally)) groups.Add(key, tally = new Tally());
            tally.Add(one.Name, judgement);
        }

        var response = new GetComplianceResponse
        {
            From = request.From,
            Until = period.Until.ToTimestamp(),
            Total = total.ToProto(figure => ListPath(request, period, figure, "")),
        };
        var keys = groups.Keys.ToList();
        keys.Sort(grouping.Order);
        response.Groups.AddRange(keys.Select(
            key => new ComplianceGroup { Key = key, Figures = groups[key].ToProto(figure => ListPath(request, period, figure, key)) }));
        return response;
    }

    public override async Task<ListComplianceRemediationsResponse> ListComplianceRemediations(
        ListComplianceRemediationsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var faults = new FieldFaults();
        var period = PeriodOf(request.From, request.Until, faults);
        var grouping = Grouping.Read(request.GroupBy, faults);
        faults.Check(request.Group.Length == 0
            || grouping.By.Length > 0, "group", "Names a group, and group_by does not say of what.", "NO_GROUPING");
        faults.ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = await CountingAsync(db, context, period, new Where(request.Component, request.Owner, request.Environment), ct);
        var response = new ListComplianceRemediationsResponse();
        var page = PageToken.Read(request);
        while (true)
        {
            var rows = await Remediation.DueSoonest.ListAsync(query, page with { Size = page.Size - response.Remediations.Count }, ct);
            response.Remediations.AddRange(
                rows.Items.Where(one => IsBehind(one.Body, request, period, grouping)).Select(one => one.ToProto()));
            response.NextPageToken = rows.NextPageToken;
            if (response.Remediations.Count >= page.Size || rows.NextPageToken.Length == 0) return response;
            page = page with
            {
                Position = PageToken.Read(new ListComplianceRemediationsRequest(request) { PageToken = rows.NextPageToken }).Position,
            };
        }
    }

    private static bool IsBehind(V1.Remediation remediation, ListComplianceRemediationsRequest request, Period period, Grouping grouping) =>
        Judgement.Of(remediation, period) is { } judgement
        && (request.Group.Length == 0 || grouping.KeyOf(remediation) == request.Group)
        && (request.Figure == ComplianceFigure.Unspecified || request.Figure == judgement.Figure
            || (request.Figure == ComplianceFigure.LateWhenFirstSeen && judgement.IsLateWhenFirstSeen));

    /// <summary>Nothing is known of the future: a period ends now at the latest, and what happens at this instant belongs to it.</summary>
    private Period PeriodOf(
        Google.Protobuf.WellKnownTypes.Timestamp? from, Google.Protobuf.WellKnownTypes.Timestamp? until, FieldFaults faults)
    {
        var now = clock.Now + Duration.FromTicks(1);
        var start = faults.Moment(from, "from") ?? Instant.FromUnixTimeTicks(0);
        var end = faults.Moment(until, "until") is { } given ? Instant.Min(given, now) : now;
        faults.Check(start < end, "from", "Must be before until, and in the past.", "EMPTY_PERIOD");
        return new Period(start, end);
    }

    private static async Task<IQueryable<Remediation>> CountingAsync(
        PatchingDb db, ServerCallContext context, Period period, Where where, CancellationToken ct)
    {
        var (from, component, owner) =
            (period.From, NameFields.InFull(where.Component, "components"), NameFields.InFull(where.Owner, "parties"));
        var query = db.Remediations.AsNoTracking().Where(one => one.ClosedAt == null || one.ClosedAt >= from);
        if (component.Length > 0) query = query.Where(one => one.Component == component);
        if (owner.Length > 0) query = query.Where(one => one.Owner == owner);
        if (where.Environment.Length > 0) query = query.Where(one => one.Environment == where.Environment);
        return await db.SightAsync(context, ct) is { } sight ? query.Where(one => sight.Contains(one.Component)) : query;
    }

    private static string ListPath(GetComplianceRequest request, Period period, ComplianceFigure figure, string group)
    {
        var query = new (string Name, string Value)[]
        {
            ("figure", ToName(figure)),
            ("from", request.From is null ? "" : Text(period.From)),
            ("until", Text(period.Until)),
            ("groupBy", group.Length > 0 ? request.GroupBy : ""),
            ("group", group),
            ("component", request.Component),
            ("owner", request.Owner),
            ("environment", request.Environment),
        };
        return "/v1/compliance/remediations?"
            + string.Join('&', query.Where(one => one.Value.Length > 0).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));

        static string Text(Instant instant) => NodaTime.Text.InstantPattern.ExtendedIso.Format(instant);
    }

    private static string ToName(ComplianceFigure figure) =>
        ComplianceReflection.Descriptor.EnumTypes.Single(type => type.ClrType == typeof(ComplianceFigure))
            .FindValueByNumber((int)figure).Name;

    private readonly record struct Where(string Component, string Owner, string Environment);
}
