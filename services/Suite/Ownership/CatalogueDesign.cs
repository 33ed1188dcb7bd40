using Governance.BuildingBlocks.Persistence;

namespace Governance.Suite.Ownership;

/// <summary>For `dotnet ef`.</summary>
internal sealed class CatalogueDesign() : DesignTimeFactory<CatalogueDb>(sqlite: true);
