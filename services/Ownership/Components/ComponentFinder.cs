using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Components;

/// <summary>Finds components as the caller may see them.</summary>
internal static class ComponentFinder
{
    /// <exception cref="Missing">There is none, or the caller's roles do not reach it.</exception>
    public static async Task<Component> FindComponentAsync(
        this OwnershipDb db, string name, ServerCallContext context, Instant now, CancellationToken ct)
    {
        var id = NameFields.Id(name, "components");
        var component = await db.Components.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        return await db.SeesAsync(context, component, now, ct) ? component : throw new Missing(name);
    }

    /// <summary>What the component refers to and nobody has entered.</summary>
    public static async Task<List<string>> DanglingAsync(this OwnershipDb db, Proto.Component terms, CancellationToken ct)
    {
        var components = terms.DependsOn.Append(terms.SubcomponentOf).Where(name => name.Length > 0).ToHashSet();
        var ids = components.Select(name => name["components/".Length..]).ToArray();
        components.ExceptWith((await db.Components.Where(one => ids.Contains(one.Id) && one.DeleteTime == null)
            .Select(one => one.Id)
            .ToListAsync(ct)).Select(id => $"components/{id}"));
        var dangling = components.ToList();
        var apis = terms.ProvidesApi.Concat(terms.ConsumesApi).Distinct().ToArray();
        if (apis.Length > 0) dangling.AddRange(apis.Except(await db.LivingApisAsync(apis, ct)));
        if (terms.System.Length > 0 && !await db.Systems.AnyAsync(one => "systems/" + one.Id == terms.System && one.DeleteTime == null, ct))
        {
            dangling.Add(terms.System);
        }
        if (terms.Owner.Length > 0 && !await db.Parties.AnyAsync(one => "parties/" + one.Id == terms.Owner && one.DeleteTime == null, ct))
        {
            dangling.Add(terms.Owner);
        }
        return dangling;
    }

    private static async Task<IEnumerable<string>> LivingApisAsync(this OwnershipDb db, string[] names, CancellationToken ct)
    {
        var ids = names.Select(name => name["apis/".Length..]).ToArray();
        return (await db.Apis.Where(one => ids.Contains(one.Id) && one.DeleteTime == null).Select(one => one.Id).ToListAsync(ct))
            .Select(id => $"apis/{id}");
    }

    private static async Task<bool> SeesAsync(
        this OwnershipDb db, ServerCallContext context, Component component, Instant now, CancellationToken ct)
    {
        var reach = context.Reach();
        return reach.Covers(component.Target) || await db.SeenComponents(reach, now).AnyAsync(one => one.Id == component.Id, ct);
    }
}
