using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Suite.Ownership;

/// <summary>The components and parties that were read from files, with the versions that their events need.</summary>
internal sealed class CatalogueDb(DbContextOptions<CatalogueDb> options) : GovernanceDbContext(options)
{
    public DbSet<ComponentRow> Components => Set<ComponentRow>();

    public DbSet<PartyRow> Parties => Set<PartyRow>();
}
