using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.History;

/// <summary>What resources were, and what they are planned to be.</summary>
internal sealed class RevisionsService(Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases) : V1.Revisions.RevisionsBase
{
    public override async Task<ListRevisionsResponse> ListRevisions(ListRevisionsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var aggregate = await DatedKinds.FindAsync(db, request.Parent, ct);
        if (!context.Reach().Covers(aggregate.Target)) throw new Missing(request.Parent);
        var rows = await db.Revisions.AsNoTracking().Where(row => row.Resource == request.Parent).ToListAsync(ct);
        rows.Add(new RevisionRow { Resource = request.Parent, From = aggregate.EffectiveFrom, Content = aggregate.Content });
        var answer = new ListRevisionsResponse();
        foreach (var row in rows.OrderBy(row => row.From))
        {
            var revision = new Revision
            {
                EffectiveTime = row.From.ToTimestamp(),
                State = row.Mask is not null ? Revision.Types.State.Planned
                    : row.From == aggregate.EffectiveFrom ? Revision.Types.State.Current : Revision.Types.State.Past,
                UpdateMask = { row.Mask?.Split(',') ?? [] },
                Content = Any.Pack(DatedKinds.Parse(request.Parent, row.Content)),
            };
            if (answer.Revisions.Count > 0) answer.Revisions[^1].EndTime = revision.EffectiveTime;
            answer.Revisions.Add(revision);
        }

        return answer;
    }

    public override Task<Empty> CancelRevision(CancelRevisionRequest request, ServerCallContext context)
    {
        if (request.EffectiveTime is null) throw FieldFaults.Single("effective_time", "Is required.", "REQUIRED");
        var from = request.EffectiveTime.ToInstant();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var aggregate = await DatedKinds.FindAsync(unit.Db, request.Parent, ct);
            context.Demand(aggregate.Target);
            if (aggregate.IsSetting) context.Caller().Demand("ownership.configure", new Target());
            var planned = await unit.Db.Revisions.SingleOrDefaultAsync(
                row => row.Resource == request.Parent && row.From == from && row.Mask != null, ct)
                ?? throw new Missing($"change of {request.Parent} planned for {from}");
            unit.Db.Revisions.Remove(planned);
            aggregate.Replan("PLAN_WITHDRAWN", unit.Now);
            return aggregate;
        }, _ => new Empty());
    }
}
