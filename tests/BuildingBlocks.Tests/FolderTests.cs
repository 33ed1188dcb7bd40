using Governance.BuildingBlocks.Hosting;
using Governance.Testing;
using Xunit;

namespace Governance.BuildingBlocks.Tests;

public sealed class FolderTests
{
    private static readonly (string Folder, string[] Names)[] Allowed =
    [
        ("Errors", []),
        ("Documents", []),
        ("Audit", []),
        ("Neighbours", []),
        ("ICalendar", []),
        ("Names", ["Errors"]),
        ("Security", ["Errors", "Names"]),
        ("Fields", ["Errors", "Names"]),
        ("Calendars", ["Errors"]),
        ("Paging", ["Errors", "Security"]),
        ("Persistence", ["Audit", "Errors", "Neighbours", "Security"]),
        ("Settings", ["Names", "Persistence"]),
        ("Tracing", ["Names", "Settings"]),
        ("Writing", ["Audit", "Errors", "Fields", "Names", "Neighbours", "Persistence", "Security"]),
        ("Eventing", ["Names", "Neighbours", "Persistence", "Security", "Settings", "Tracing", "Writing"]),
        ("Operators", ["Audit", "Eventing", "Names", "Paging", "Persistence", "Security", "Writing"]),
        (
            "Hosting",
            [
                "Errors", "Eventing", "Names", "Neighbours", "Operators", "Persistence", "Security", "Settings", "Tracing", "Writing",
            ]),
    ];

    [Fact]
    public void Folders_NameEachOtherOneWay() =>
        new FolderArrows(typeof(GovernanceHost).Assembly, "Governance.BuildingBlocks.", [], Allowed).ShouldRunOneWay();
}
