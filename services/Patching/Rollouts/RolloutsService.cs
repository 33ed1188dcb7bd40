using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>Rollouts, stage by stage.</summary>
internal sealed partial class RolloutsService(
    Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases, RolloutOptions options) : V1.Rollouts.RolloutsBase
{
    private static readonly Keyset<StoredRollout> NewestRollout = new Keyset<StoredRollout>()
        .By(rollout => rollout.CreateTime, descending: true)
        .By(rollout => rollout.Id, descending: true);

    public override Task<Proto.Rollout> CreateRollout(CreateRolloutRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Rollout, "rollout");
        var id = faults.NewId(request.RolloutId, "rollout_id");
        var plan = faults.Plan(request.Rollout ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await unit.Db.DemandAsync(context, plan.AllComponents(), ct);
            var carried = await RolloutCargo.LoadAsync(unit.Db, id, plan, ct);
            var facts = await unit.Db.FactsAsync(plan.AllComponents(), ct);
            var rollout = Rollout.Create(
                $"rollouts/{id}", plan, unit.Caller.Responsible, ApprovalRule.Needed(plan, name => facts[name].Tier))
                with
            { ReviewWithin = options.ReviewWithin };
            var stored = StoredRollout.Create(id, rollout, unit.Now);
            await unit.AddAsync(stored, ct);
            await RolloutCargo.CarryAsync(unit, stored, carried, ct);
            return stored;
        }, stored => stored.ToProto());
    }

    public override async Task<Proto.Rollout> GetRollout(GetRolloutRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindRolloutAsync(db, request.Name, context, context.CancellationToken)).ToProto();
    }

    public override async Task<ListRolloutsResponse> ListRollouts(ListRolloutsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = db.Rollouts.AsNoTracking();
        if (await db.SightAsync(context, ct) is { } sight)
        {
            query = query.Where(rollout => db.RolloutComponents.Any(row => row.RolloutId == rollout.Id && sight.Contains(row.Component)));
        }
        if (NameFields.InFull(request.Component, "components") is { Length: > 0 } component)
        {
            query = query.Where(rollout => db.RolloutComponents.Any(row => row.RolloutId == rollout.Id && row.Component == component));
        }
        if (request.States.Count > 0)
        {
            var states = System.Enum.GetValues<RolloutState>().Where(state => request.States.Contains(state.ToProto())).ToArray();
            query = query.Where(rollout => states.Contains(rollout.Status));
        }

        var rollouts = await NewestRollout.ListAsync(query, page, ct);
        return new ListRolloutsResponse
        {
            Rollouts = { rollouts.Items.Select(rollout => rollout.ToProto()) },
            NextPageToken = rollouts.NextPageToken,
        };
    }

    public override Task<Proto.Rollout> UpdateRollout(UpdateRolloutRequest request, ServerCallContext context)
    {
        if (request.Rollout is null) throw FieldFaults.Single("rollout", "Is required.", "REQUIRED");
        return ChangeRollout(request, request.Rollout.Name, request.Rollout.Etag, context, async (stored, unit, ct) =>
        {
            var faults = new FieldFaults();
            var plan = faults.Plan(faults.Masked(stored.ToProto(), request.Rollout, request.UpdateMask));
            faults.ThrowIfAny();
            await unit.Db.DemandAsync(context, plan.AllComponents(), ct);
            var facts = await unit.Db.FactsAsync(plan.AllComponents(), ct);
            var edited = stored.Current.Edit(plan, unit.Caller.Responsible, ApprovalRule.Needed(plan, name => facts[name].Tier));
            var carried = await RolloutCargo.LoadAsync(unit.Db, stored.Id, plan, ct);
            stored.Become(edited, "UPDATED", unit.Now);
            await RolloutCargo.CarryAsync(unit, stored, carried, ct);
        });
    }

    private Task<Proto.Rollout> ChangeRollout(
        IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Func<StoredRollout, WriteUnit<PatchingDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "rollouts");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var stored = await FindRolloutAsync(unit.Db, name, context, ct);
            await unit.Db.DemandAsync(context, stored.Current.Plan.AllComponents(), ct);
            unit.CheckEtag(stored, etag);
            await change(stored, unit, ct);
            return stored;
        }, stored => stored.ToProto());
    }

    private static async Task<StoredRollout> FindRolloutAsync(PatchingDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "rollouts");
        var stored = await db.Rollouts.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var sight = await db.SightAsync(context, ct);
        return sight is null || stored.Current.Plan.AllComponents().Any(sight.Contains) ? stored : throw new Missing(name);
    }
}
