using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Requests;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.Rollouts;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;
using Rollout = Governance.Patching.Rollouts.Rollout;

namespace Governance.Patching;

internal sealed partial class PatchingCalls
{
    private static readonly Keyset<StoredRollout> NewestRollout = new Keyset<StoredRollout>()
        .By(rollout => rollout.CreateTime, descending: true)
        .By(rollout => rollout.Id, descending: true);

    private static readonly FieldMask.MergeOptions Replacing =
        new() { ReplaceMessageFields = true, ReplaceRepeatedFields = true, ReplacePrimitiveFields = true };

    public override Task<Proto.Rollout> CreateRollout(CreateRolloutRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Rollout, "rollout");
        var id = faults.NewId(request.RolloutId, "rollout_id");
        var plan = faults.Plan(request.Rollout ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await unit.Db.DemandAsync(context, ComponentsOf(plan), ct);
            var carried = await RolloutCargo.LoadAsync(unit.Db, id, plan, ct);
            var facts = await unit.Db.FactsAsync(ComponentsOf(plan), ct);
            var rollout = Rollout.Create($"rollouts/{id}", plan, PersonOf(unit), ApprovalRule.Needed(plan, name => facts[name].Tier))
                with
            { ReviewWithin = rolloutOptions.ReviewWithin };
            var stored = StoredRollout.Create(id, rollout, unit.Now);
            await unit.AddAsync(stored, ct);
            await RolloutCargo.CarryAsync(unit, stored, carried, ct);
            return stored.ToProto();
        });
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
            query = query.Where(rollout => db.RolloutComponents.Any(row => row.RolloutId == rollout.Id && sight.Contains(row.Component)));
        if (NameFields.InFull(request.Component, "components") is { Length: > 0 } component)
            query = query.Where(rollout => db.RolloutComponents.Any(row => row.RolloutId == rollout.Id && row.Component == component));
        if (request.States.Count > 0)
        {
            var states = System.Enum.GetValues<RolloutState>().Where(state => request.States.Contains(state.ToProto())).ToArray();
            query = query.Where(rollout => states.Contains(rollout.Status));
        }

        var rollouts = await NewestRollout.ListAsync(query, page, ct);
        return new ListRolloutsResponse { Rollouts = { rollouts.Items.Select(rollout => rollout.ToProto()) }, NextPageToken = rollouts.NextPageToken };
    }

    public override Task<Proto.Rollout> UpdateRollout(UpdateRolloutRequest request, ServerCallContext context)
    {
        if (request.Rollout is null) throw FieldFaults.Single("rollout", "Is required.", "REQUIRED");
        return ChangeRollout(request, request.Rollout.Name, request.Rollout.Etag, context, async (stored, unit, ct) =>
        {
            var faults = new FieldFaults();
            var plan = faults.Plan(Masked(stored.ToProto(), request.Rollout, request.UpdateMask, faults));
            faults.ThrowIfAny();
            await unit.Db.DemandAsync(context, ComponentsOf(plan), ct);
            var facts = await unit.Db.FactsAsync(ComponentsOf(plan), ct);
            var edited = stored.Current.Edit(plan, PersonOf(unit), ApprovalRule.Needed(plan, name => facts[name].Tier));
            var carried = await RolloutCargo.LoadAsync(unit.Db, stored.Id, plan, ct);
            stored.Become(edited, "UPDATED", unit.Now);
            await RolloutCargo.CarryAsync(unit, stored, carried, ct);
        });
    }

    private Task<Proto.Rollout> ChangeRollout(
        IMessage request, string name, string etag, ServerCallContext context, Func<StoredRollout, WriteUnit<PatchingDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "rollouts");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var stored = await FindRolloutAsync(unit.Db, name, context, ct);
            await unit.Db.DemandAsync(context, ComponentsOf(stored.Current.Plan), ct);
            unit.CheckEtag(stored, etag);
            await change(stored, unit, ct);
            return stored.ToProto();
        });
    }

    private static async Task<StoredRollout> FindRolloutAsync(PatchingDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "rollouts");
        var stored = await db.Rollouts.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var sight = await db.SightAsync(context, ct);
        return sight is null || ComponentsOf(stored.Current.Plan).Any(sight.Contains) ? stored : throw new Missing(name);
    }

    /// <summary>What is there, with the fields of the mask replaced; without a mask all that was sent.</summary>
    private static T Masked<T>(T current, T sent, FieldMask? mask, FieldFaults faults)
        where T : IMessage
    {
        if (mask is null || mask.Paths.Count == 0 || mask.Paths.Contains("*")) return sent;
        foreach (var path in mask.Paths.Where(path => !FieldMask.IsValid(current.Descriptor, path)))
            faults.Add("update_mask", $"{current.Descriptor.Name} has no field '{path}'.", "UNKNOWN_FIELD");
        faults.ThrowIfAny();
        mask.Merge(sent, current, Replacing);
        return current;
    }

    private static IEnumerable<string> ComponentsOf(RolloutPlan plan) => plan.Stages.SelectMany(stage => stage.Components).Distinct();

    /// <summary>The accountable person, whatever the credential.</summary>
    private static string PersonOf(WriteUnit unit) => unit.Caller.Person.Length > 0 ? unit.Caller.Person : unit.Caller.Principal;
}
