using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Keeps one batch of components, systems and APIs.</summary>
internal sealed class EntityIntake(CatalogScope scope, CatalogDocument document, IReadOnlySet<string> areas)
{
    /// <summary>The areas that there are.</summary>
    public IReadOnlySet<string> Areas { get; } = areas;

    /// <summary>
    /// Components that had more dependencies than they declare themselves, with those that they declare: the others were declared by
    /// those that they depend on, and stay until the whole document is read.
    /// </summary>
    public Dictionary<string, IReadOnlyList<string>> Held { get; } = new(StringComparer.Ordinal);

    public static async Task<EntityIntake> OpenAsync(
        IDbContextFactory<OwnershipDb> databases, CatalogScope scope, CatalogDocument document, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return new EntityIntake(
            scope, document, (await db.Areas.Select(area => area.Id).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>May run again for the same batch.</summary>
    public async Task TakeAsync(WriteUnit<OwnershipDb> unit, IReadOnlyList<CatalogRecord> batch, ImportTally counted, CancellationToken ct)
    {
        await new SystemIntake(unit, scope, document, counted).TakeAsync([.. batch.OfType<SystemRecord>()], ct);
        await new ApiIntake(unit, scope, document, counted).TakeAsync([.. batch.OfType<ApiRecord>()], ct);
        await new ComponentIntake(unit, scope, document, counted, Held).TakeAsync([.. batch.OfType<ComponentRecord>()], ct);
    }
}
