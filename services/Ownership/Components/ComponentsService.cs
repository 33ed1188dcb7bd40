using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Components;

/// <summary>The components that everything else is about.</summary>
internal sealed class ComponentsService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, BusinessClock clock)
    : V1.Components.ComponentsBase
{
    private static readonly Keyset<Component> ByName = new Keyset<Component>().By(component => component.Id);

    public override Task<Proto.Component> CreateComponent(CreateComponentRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Component, "component");
        var id = faults.NewId(request.ComponentId, "component_id");
        var terms = faults.Component(request.Component ?? new(), $"components/{id}");
        faults.ThrowIfAny();
        context.Demand(new Target($"components/{id}", terms.System, terms.Owner));
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var component = Component.Create(id, terms, "", unit.Now);
            await unit.AddAsync(component, ct);
            return (component, await unit.Db.DanglingAsync(component.Terms, ct));
        }, Shown);
    }

    public override async Task<Proto.Component> GetComponent(GetComponentRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var component = await db.FindComponentAsync(request.Name, context, clock.Now, ct);
        if (request.At is null) return await ShownAsync(db, component.ToProto(), ct);
        var at = request.At.ToInstant();
        var terms = await db.AtAsync(component, at, ct) ?? throw new Missing($"{component.Name} at {at}");
        return await ShownAsync(db, component.ToProto(terms, component.EffectiveFrom), ct);
    }

    public override async Task<ListComponentsResponse> ListComponents(ListComponentsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var components = await ByName.ListAsync(Chosen(db, request, context, clock.Now).AsNoTracking(), page, ct);
        return new ListComponentsResponse
        {
            Components = { components.Items.Select(one => one.ToProto()) },
            NextPageToken = components.NextPageToken,
        };
    }

    public override Task<Proto.Component> UpdateComponent(UpdateComponentRequest request, ServerCallContext context)
    {
        if (request.Component is null) throw FieldFaults.Single("component", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var component = await LivingAsync(unit, request.Component.Name, request.Component.Etag, context, ct);
            var faults = new FieldFaults();
            faults.Moment(request.EffectiveTime, "effective_time");
            var terms = faults.Component(faults.Masked(component.ToProto(), request.Component, request.UpdateMask), component.Name);
            faults.ThrowIfAny();
            context.Demand(new Target(component.Name, terms.System, terms.Owner));
            await unit.ReviseAsync(component, terms, request.UpdateMask, request.EffectiveTime, ct);
            return (component, await unit.Db.DanglingAsync(component.Terms, ct));
        }, Shown);
    }

    public override Task<Proto.Component> DeleteComponent(DeleteComponentRequest request, ServerCallContext context)
    {
        new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var component = await LivingAsync(unit, request.Name, request.Etag, context, ct);
            component.Delete(request.Reason, unit.Now);
            return (component, await unit.Db.DanglingAsync(component.Terms, ct));
        }, Shown);
    }

    private static async Task<Component> LivingAsync(
        WriteUnit<OwnershipDb> unit, string name, string etag, ServerCallContext context, CancellationToken ct)
    {
        var component = await unit.Db.FindComponentAsync(name, context, unit.Now, ct);
        context.Demand(component.Target);
        if (component.IsDeleted) throw new Missing(name);
        unit.CheckEtag(component, etag);
        return component;
    }

    private static IQueryable<Component> Chosen(OwnershipDb db, ListComponentsRequest request, ServerCallContext context, Instant now)
    {
        var chosen = db.SeenComponents(context.Reach(), now).Where(one => (one.DeleteTime != null) == request.Deleted);
        var (system, owner) = (NameFields.InFull(request.System, "systems"), NameFields.InFull(request.Owner, "parties"));
        if (system.Length > 0) chosen = chosen.Where(one => one.System == system);
        if (owner.Length > 0) chosen = chosen.Where(one => one.Owner == owner);
        if (request.Tier != 0) chosen = chosen.Where(one => one.Tier == request.Tier);
        if (request.Source.Length > 0) chosen = chosen.Where(one => one.Source == request.Source);
        if (request.DependsOn.Length == 0) return chosen;
        var to = NameFields.InFull(request.DependsOn, "components");
        return chosen.Where(one =>
            db.Relations.Any(row => row.To == to && row.Kind == RelationKind.DependsOn && row.From == "components/" + one.Id));
    }

    private static Proto.Component Shown((Component Component, List<string> Dangling) one)
    {
        var message = one.Component.ToProto();
        message.Dangling.AddRange(one.Dangling);
        return message;
    }

    private static async Task<Proto.Component> ShownAsync(OwnershipDb db, Proto.Component message, CancellationToken ct)
    {
        message.Dangling.AddRange(await db.DanglingAsync(message, ct));
        return message;
    }
}
