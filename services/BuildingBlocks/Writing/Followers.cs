using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Writing;

/// <summary>A follower as it is declared.</summary>
/// <param name="Follower">Its type.</param>
/// <param name="Kinds">What it follows.</param>
internal sealed record FollowerDeclaration(Type Follower, IReadOnlyList<Type> Kinds);

/// <summary>Runs a service's followers. They are resolved late, for they may depend on what writes.</summary>
internal sealed class Followers<TDb>(IServiceProvider services, IReadOnlyList<FollowerDeclaration> declared)
    where TDb : GovernanceDbContext
{
    private readonly SecondPass? _secondPass = services.GetService<SecondPass>();

    /// <summary>Each follower whose kinds changed, once, in the order of declaration. Afterwards the tracker is up to date.</summary>
    public async Task RunAsync(WriteUnit<TDb> unit, CancellationToken ct)
    {
        await PassAsync(unit, ct);
        if (_secondPass is not null) await _secondPass.ProveAsync(unit, () => PassAsync(unit, ct));
    }

    /// <summary>Follows nothing that the model does not have, and has all that its followers need.</summary>
    /// <exception cref="InvalidOperationException">Names the follower.</exception>
    public void Check(IModel model)
    {
        List<Type> known = [.. model.GetEntityTypes().Select(type => type.ClrType)];
        foreach (var (follower, kinds) in declared)
        {
            services.GetRequiredService(follower);
            if (kinds.FirstOrDefault(kind => !known.Any(kind.IsAssignableFrom)) is { } unknown)
            {
                throw new InvalidOperationException($"{follower.Name} follows {unknown.Name}, which is in no table.");
            }
        }
    }

    private async Task PassAsync(WriteUnit<TDb> unit, CancellationToken ct)
    {
        if (declared.Count == 0)
        {
            unit.Db.ChangeTracker.DetectChanges();
            return;
        }

        var changed = ChangedRows.Find(unit);
        foreach (var (follower, kinds) in declared)
        {
            if (changed.Of(kinds) is not { } changes) continue;
            await ((IFollow<TDb>)services.GetRequiredService(follower)).FollowAsync(unit, changes, ct);
            changed = ChangedRows.Find(unit);
        }
    }
}
