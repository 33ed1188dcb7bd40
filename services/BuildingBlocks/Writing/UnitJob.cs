using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Writing;

/// <summary>One unit's part of a commit.</summary>
/// <param name="Scope">What it is done for.</param>
/// <param name="Work">Changes what is asked for.</param>
internal sealed record UnitJob<TDb>(UnitScope Scope, Func<WriteUnit<TDb>, CancellationToken, Task> Work)
    where TDb : GovernanceDbContext
{
    /// <summary>Runs when all consequences are in the unit and nothing is saved yet: maps the answer, keeps it for a repeat.</summary>
    public Func<WriteUnit<TDb>, CancellationToken, Task> Answer { get; init; } = (_, _) => Task.CompletedTask;
}
