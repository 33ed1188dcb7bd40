using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests;

/// <summary>
/// Which folder of the service names types of which others; what lies deeper belongs to its feature. The database names every
/// feature by nature, and is left out.
/// </summary>
public sealed class FolderTests
{
    private const string Root = "Governance.Patching.";
    private static readonly Assembly Service = typeof(PatchingDefinition).Assembly;

    /// <summary>A new arrow is entered here, below all that it points to: then there is no circle.</summary>
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
        ("Compliance", ["Fields", "Neighbours", "Remediations"]),
        ("Exceptions", ["Deadlines", "Fields", "Neighbours", "Remediations"]),
        ("Rollouts", ["Documents", "Fields", "Neighbours", "Remediations"]),
        ("Demands", ["Remediations", "Rollouts"]),
    ];

    /// <summary>Arrows that run back up, and go when these consequences are followers. None may join them.</summary>
    private static readonly (string Folder, string[] Names)[] Owed =
    [
        ("Remediations", ["Demands", "Exceptions", "Rollouts"]),
        ("Rollouts", ["Demands"]),
    ];

    private static readonly Dictionary<string, string[]> Named = Service.GetTypes()
        .Where(type => !type.IsNested && type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
        .Where(type => !Regex.IsMatch(type.Namespace!, @"\.(Persistence|Migrations|V1)\b"))
        .GroupBy(type => type.Namespace![Root.Length..].Split('.')[0])
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
        string[] allowed = [folder, .. NamesOf(folder, Allowed), .. NamesOf(folder, Owed)];
        Offenders(folder, Named.Keys.Except(allowed)).ShouldBeEmpty();
    }

    [Fact]
    public void Owed_IsNamedStill()
    {
        foreach (var (folder, names) in Owed)
        {
            foreach (var name in names) Offenders(folder, [name]).ShouldNotBeEmpty($"{folder} names {name} no more: strike it.");
        }
    }

    private static string[] NamesOf(string folder, (string Folder, string[] Names)[] arrows) =>
        arrows.SingleOrDefault(one => one.Folder == folder).Names ?? [];

    private static List<string> Offenders(string folder, IEnumerable<string> others)
    {
        var result = Types.InAssembly(Service).That().ResideInNamespaceMatching($@"^{Regex.Escape(Root + folder)}(\.|$)")
            .ShouldNot().HaveDependencyOnAny([.. others.SelectMany(other => Named[other])]).GetResult();
        return [.. (result.FailingTypes ?? []).Select(type => $"{type.FullName}: {type.Explanation}")];
    }
}
