using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Arrow = (string From, Governance.Ownership.Components.RelationKind Kind, string To);

namespace Governance.Ownership.Components;

/// <summary>The graph follows from the components.</summary>
internal sealed class RelationFollower : IFollow<OwnershipDb>
{
    public Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        DerivedRows.Follow<Component, RelationRow, Arrow>(
            unit, changes, Arrows, row =>
                (row.From, row.Kind, row.To), arrow => new RelationRow { From = arrow.From, Kind = arrow.Kind, To = arrow.To });
        return Task.CompletedTask;
    }

    private static IEnumerable<Arrow> Arrows(Component component) =>
    [
        .. component.Terms.DependsOn.Select(to => (component.Name, RelationKind.DependsOn, to)),
        .. component.Terms.ProvidesApi.Select(to => (component.Name, RelationKind.ProvidesApi, to)),
        .. component.Terms.ConsumesApi.Select(to => (component.Name, RelationKind.ConsumesApi, to)),
        .. component.Terms.SubcomponentOf is { Length: > 0 } whole
            ? [(component.Name, RelationKind.SubcomponentOf, whole)]
            : Array.Empty<Arrow>(),
    ];
}
