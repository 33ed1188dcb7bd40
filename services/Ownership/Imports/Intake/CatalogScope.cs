using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Grpc.Core;

namespace Governance.Ownership.Imports.Intake;

/// <summary>What an import may touch: what its own source brought, within the caller's roles.</summary>
/// <param name="source">Where the catalogue comes from.</param>
/// <param name="context">The call; null where the service imports by itself.</param>
internal sealed class CatalogScope(string source, ServerCallContext? context)
{
    private readonly Reach? _reach = context?.Reach();

    public string Source { get; } = source;

    public bool Covers(Target target) => _reach?.Covers(target) ?? true;

    /// <summary>The components that the import may speak of.</summary>
    public IQueryable<Component> Components(OwnershipDb db) => _reach is null ? db.Components : db.Reached(_reach);

    /// <summary>Refuses what belongs to another source or lies outside the caller's roles.</summary>
    /// <param name="record">The record that speaks of it.</param>
    /// <param name="living">The source of what is there; null when nothing is, or it is deleted.</param>
    /// <param name="targets">As it is and as it would be.</param>
    /// <param name="tally">Takes the refusal.</param>
    /// <returns>Whether it is refused.</returns>
    public bool Refuses(CatalogRecord record, string? living, IEnumerable<Target> targets, ImportTally tally)
    {
        var reason = !targets.All(Covers) ? $"{record.Name} lies outside the caller's roles"
            : living is not null && living != Source
            ? $"{record.Name} {(living.Length == 0 ? "was entered here" : $"comes from the source '{living}'")}, not from '{Source}': it "
                + "is left as it is"
            : null;
        if (reason is not null) tally.Reject(record.Position, record.Subject, reason);
        return reason is not null;
    }
}
