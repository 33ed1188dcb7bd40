using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests;

/// <summary>Which folder of the service names types of which others. The database names every feature by nature, and is left out.</summary>
public sealed class FolderTests
{
    private const string Root = "Governance.Ownership.";
    private static readonly Assembly Service = typeof(OwnershipDefinition).Assembly;

    /// <summary>A new arrow is entered here, below all that it points to: then there is no circle.</summary>
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

    private static readonly Dictionary<string, string[]> Named = Service.GetTypes()
        .Where(type => !type.IsNested && type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
        .Where(type => !Regex.IsMatch(type.Namespace!, @"\.(Persistence|Migrations)\b"))
        .GroupBy(type => type.Namespace![Root.Length..])
        .ToDictionary(types => types.Key, types => types.Select(type => type.FullName!).ToArray());

    public static TheoryData<string> Folders => [.. Named.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Allowed_NamesEveryFolderAndOnlyWhatStandsAboveIt()
    {
        Allowed.Select(one => one.Folder).Order(StringComparer.Ordinal).ShouldBe(Named.Keys.Order(StringComparer.Ordinal));
        for (var i = 0; i < Allowed.Length; i++)
        {
            Allowed[i].Names.ShouldBeSubsetOf(Allowed.Take(i).Select(one => one.Folder), Allowed[i].Folder);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_NamesTypesOnlyOfThoseThatItMay(string folder)
    {
        string[] allowed = [folder, .. Allowed.SingleOrDefault(one => one.Folder == folder).Names ?? []];
        var others = Named.Where(other => !allowed.Contains(other.Key)).SelectMany(other => other.Value).ToArray();

        var result = Types.InAssembly(Service).That().ResideInNamespaceMatching($"^{Regex.Escape(Root + folder)}$")
            .ShouldNot().HaveDependencyOnAny(others).GetResult();

        result.FailingTypes.Select(type => $"{type.FullName}: {type.Explanation}").ShouldBeEmpty();
    }
}
