using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Writing;

/// <summary>
/// A consequence: what follows inside the service from a change of certain kinds, whoever made it. Declared by
/// <c>.Follow&lt;F&gt;(typeof(Window), typeof(Freeze))</c>; followers run in the order in which they are declared, each at most once
/// in a write, after the work and before the answer is mapped, in the same transaction. What a later one changes an earlier one
/// does not see: declare causes before their effects.
/// </summary>
/// <typeparam name="TDb">The service's database.</typeparam>
public interface IFollow<TDb>
    where TDb : GovernanceDbContext
{
    /// <summary>
    /// Brings what depends on the changes in step with them. Looks at what is kept through
    /// <see cref="WriteUnit{TDb}.LoadAsync{T}"/>; must not save. Called a second time with the same changes it must change nothing
    /// more: tests call it twice.
    /// </summary>
    /// <param name="unit">The write. The tracker is up to date when the follower begins and does not look for changes meanwhile.</param>
    /// <param name="changes">All that the write changed of the declared kinds; never empty.</param>
    /// <param name="ct">Gives up before the commit.</param>
    Task FollowAsync(WriteUnit<TDb> unit, Changes changes, CancellationToken ct);
}
