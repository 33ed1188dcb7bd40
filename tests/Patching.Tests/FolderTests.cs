using Governance.Testing;
using Xunit;

namespace Governance.Patching.Tests;

/// <summary>The database names every feature by nature, and is left out.</summary>
public sealed class FolderTests
{
    private static readonly (string Folder, string[] Names)[] Allowed =
    [
        ("Documents", []),
        ("Fields", []),
        ("Neighbours", ["Fields"]),
        ("Inventory", ["Documents", "Neighbours"]),
        ("Lifecycles", ["Documents", "Fields", "Inventory"]),
        ("Versions", ["Inventory"]),
        ("Advisories", ["Documents", "Fields", "Inventory", "Versions"]),
        ("Feeds", ["Advisories", "Fields"]),
        ("Deadlines", ["Advisories"]),
        ("Calendars", ["Deadlines"]),
        ("Remediations", ["Advisories", "Deadlines", "Fields", "Inventory", "Lifecycles", "Neighbours"]),
        ("Policies", ["Advisories", "Deadlines", "Documents", "Neighbours", "Remediations"]),
        ("Compliance", ["Neighbours", "Remediations"]),
        ("Exceptions", ["Deadlines", "Fields", "Neighbours", "Remediations"]),
        ("Rollouts", ["Documents", "Fields", "Neighbours", "Remediations"]),
        ("Demands", ["Remediations", "Rollouts"]),
    ];

    [Fact]
    public void Folders_NameEachOtherOneWay() =>
        new FolderArrows(typeof(PatchingDefinition).Assembly, "Governance.Patching.", ["Persistence", "Migrations", "V1"], Allowed).ShouldRunOneWay();
}
