using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Shouldly;

namespace Governance.Testing;

/// <summary>
/// Which folders of a project name types of which others. A new arrow is entered where the folder stands, and points to what stands
/// above it: then there is no circle.
/// </summary>
/// <param name="assembly">The project.</param>
/// <param name="root">What all its namespaces begin with, and a point.</param>
/// <param name="leftOut">Folders that name every other by nature, such as the one of the database context.</param>
/// <param name="allowed">
/// Each folder with those whose types it may name. What lies deeper (<c>Feeds.Parsing</c>) is a folder of its own where it is entered, and
/// belongs to what it lies in where it is not.
/// </param>
public sealed class FolderArrows(
    Assembly assembly, string root, IReadOnlyList<string> leftOut, IReadOnlyList<(string Folder, string[] Names)> allowed)
{
    private readonly Dictionary<string, string[]> _types = assembly.GetTypes()
        .Where(type => !type.IsNested && type.Namespace?.StartsWith(root, StringComparison.Ordinal) == true)
        .GroupBy(type => Room(type.Namespace![root.Length..], [.. leftOut, .. allowed.Select(one => one.Folder)]))
        .Where(types => !leftOut.Contains(types.Key))
        .ToDictionary(types => types.Key, types => types.Select(type => type.FullName!).ToArray());

    /// <summary>The list is whole and in an order without circles; each folder names all that it may, and nothing else.</summary>
    public void ShouldRunOneWay()
    {
        allowed.Select(one => one.Folder).Order(StringComparer.Ordinal).ShouldBe(_types.Keys.Order(StringComparer.Ordinal));
        for (var i = 0; i < allowed.Count; i++)
        {
            allowed[i].Names.ShouldBeSubsetOf(allowed.Take(i).Select(one => one.Folder), $"{allowed[i].Folder} names what stands below it");
        }

        allowed.SelectMany(one => Forbidden(one.Folder, one.Names)).ShouldBeEmpty();
        allowed.SelectMany(one => one.Names.Where(other => !Failing(one.Folder, [other]).Any()).Select(other => (one.Folder, other)))
            .ShouldBeEmpty("these arrows are gone: take them off the list");
    }

    private IEnumerable<string> Forbidden(string folder, string[] names) =>
        Failing(folder, [.. _types.Keys.Where(other => other != folder && !names.Contains(other))])
            .Select(type => $"{folder}: {type.FullName}: {type.Explanation}");

    private IEnumerable<IType> Failing(string folder, string[] others) =>
        Types.InAssembly(assembly)
            .That()
            .ResideInNamespaceMatching($@"^{Regex.Escape(root + folder)}(\.|$)")
            .ShouldNot()
            .HaveDependencyOnAny([.. others.SelectMany(other => _types[other])])
            .GetResult()
            .FailingTypes
            .Where(type => _types[folder].Contains(type.FullName));

    /// <summary>The deepest folder of those that the name lies in; its first part where it lies in none.</summary>
    private static string Room(string name, IEnumerable<string> folders) =>
        folders.Where(folder => $"{name}.".StartsWith($"{folder}.", StringComparison.Ordinal)).MaxBy(folder => folder.Length)
        ?? name.Split('.')[0];
}
