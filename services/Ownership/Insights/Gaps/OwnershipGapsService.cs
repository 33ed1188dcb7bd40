using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>What the service found that nobody answers for.</summary>
internal sealed class OwnershipGapsService(
    IDbContextFactory<OwnershipDb> databases, BusinessClock clock)
    : V1.OwnershipGaps.OwnershipGapsBase
{
    private static readonly Keyset<Gap> LatestFirst = new Keyset<Gap>().By(gap => gap.OpenTime, descending: true).By(gap => gap.Id);

    public override async Task<OwnershipGap> GetOwnershipGap(GetOwnershipGapRequest request, ServerCallContext context)
    {
        var id = NameFields.Id(request.Name, "ownershipGaps");
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var gap = await Seen(db, context.Reach(), clock.Now).SingleOrDefaultAsync(gap => gap.Id == id, context.CancellationToken)
            ?? throw new Missing(request.Name);
        return gap.ToProto();
    }

    public override async Task<ListOwnershipGapsResponse> ListOwnershipGaps(ListOwnershipGapsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        var faults = new FieldFaults();
        faults.Check(Enum.IsDefined(request.Kind), "kind", $"{(int)request.Kind} is no kind.", "UNKNOWN_VALUE");
        faults.Check(Enum.IsDefined(request.State), "state", $"{(int)request.State} is no state.", "UNKNOWN_VALUE");
        faults.Moment(request.OpenAt, "open_at");
        faults.ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var gaps = await LatestFirst.ListAsync(Chosen(Seen(db, context.Reach(), clock.Now), request), page, context.CancellationToken);
        return new ListOwnershipGapsResponse
        {
            OwnershipGaps = { gaps.Items.Select(gap => gap.ToProto()) },
            NextPageToken = gaps.NextPageToken,
        };
    }

    /// <summary>Those of the components that the caller's roles reach, and of its parties.</summary>
    private static IQueryable<Gap> Seen(OwnershipDb db, Reach reach, Instant now)
    {
        if (reach.Everything) return db.Gaps.AsNoTracking();
        var parties = reach.Parties.ToArray();
        return db.Gaps.AsNoTracking().Where(gap => parties.Contains(gap.Subject)
            || (gap.Component != "" && db.SeenComponents(reach, now).Any(component => component.Id == gap.Component.Substring(11))));
    }

    private static IQueryable<Gap> Chosen(IQueryable<Gap> gaps, ListOwnershipGapsRequest request)
    {
        var (component, party) = (NameFields.InFull(request.Component, "components"), NameFields.InFull(request.Party, "parties"));
        if (request.Kind != Proto.OwnershipGap.Types.Kind.Unspecified) gaps = gaps.Where(gap => gap.Kind == request.Kind);
        if (component.Length > 0) gaps = gaps.Where(gap => gap.Component == component);
        if (party.Length > 0) gaps = gaps.Where(gap => gap.Party == party);
        if (request.State == Proto.OwnershipGap.Types.State.Open) gaps = gaps.Where(gap => gap.CloseTime == null);
        if (request.State == Proto.OwnershipGap.Types.State.Closed) gaps = gaps.Where(gap => gap.CloseTime != null);
        if (request.OpenAt is null) return gaps;
        var at = request.OpenAt.ToInstant();
        return gaps.Where(gap => gap.OpenTime <= at && (gap.CloseTime == null || gap.CloseTime > at));
    }
}
