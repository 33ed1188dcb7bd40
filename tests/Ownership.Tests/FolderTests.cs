using Governance.Testing;
using Xunit;

namespace Governance.Ownership.Tests;

/// <summary>The database names every feature by nature, and is left out.</summary>
public sealed class FolderTests
{
    private static readonly (string Folder, string[] Names)[] Allowed =
    [
        ("Apis", []),
        ("History", []),
        ("Escalation", ["History"]),
        ("HolidayCalendars", []),
        ("Imports.Records", []),
        ("Imports.Backstage", ["Imports.Records"]),
        ("Imports.Csv", ["Imports.Records"]),
        ("Insights.Gaps.Rules", []),
        ("Schedules", []),
        ("Parties", ["History", "HolidayCalendars", "Schedules"]),
        ("Components", ["Apis", "History", "Parties"]),
        ("Contracts", ["History", "Parties"]),
        ("Contracts.TimeEntries", ["Contracts", "History"]),
        ("Contracts.Statements", ["Contracts", "Contracts.TimeEntries", "History"]),
        ("Imports.Codeowners", ["Components", "History", "Parties"]),
        ("Notifications.Situations", ["Contracts", "History"]),
        ("Responsibilities", ["Components", "History", "Parties"]),
        ("Imports.Intake",
        [
            "Apis", "Components", "History", "Imports.Backstage", "Imports.Csv", "Imports.Records", "Parties",
            "Responsibilities"
        ]),
        ("Imports", ["Imports.Intake", "Imports.Records"]),
        ("Insights.Maps", ["Components", "Parties", "Responsibilities"]),
        ("Insights", ["Components", "Contracts", "History", "Insights.Maps", "Parties", "Responsibilities"]),
        ("Resolution",
        [
            "Components", "Contracts", "Escalation", "History", "HolidayCalendars", "Parties", "Responsibilities", "Schedules"
        ]),
        ("Insights.Gaps",
        [
            "Components", "Contracts", "Escalation", "History", "HolidayCalendars", "Insights.Gaps.Rules", "Parties",
            "Resolution", "Responsibilities", "Schedules"
        ]),
        ("Notifications.Rules", ["Components", "History", "Insights.Gaps", "Notifications.Situations"]),
        ("Notifications.Log", ["Notifications.Rules", "Notifications.Situations"]),
        ("Notifications.Delivery", ["Notifications.Log", "Notifications.Rules", "Notifications.Situations", "Parties"]),
        ("Notifications",
        [
            "Components", "History", "HolidayCalendars", "Notifications.Delivery", "Notifications.Log", "Notifications.Rules",
            "Notifications.Situations", "Parties", "Resolution", "Responsibilities", "Schedules"
        ]),
        ("Schedules.Imports", ["Schedules"]),
        ("ScheduleImports", ["History", "HolidayCalendars", "Parties", "Schedules", "Schedules.Imports"]),
    ];

    [Fact]
    public void Folders_NameEachOtherOneWay() =>
        new FolderArrows(typeof(OwnershipDefinition).Assembly, "Governance.Ownership.", ["Persistence", "Migrations", "V1"], Allowed).ShouldRunOneWay();
}
