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
/// <param name="allowed">Each folder with those whose types it may name; <c>Feeds.Parsing</c> is another folder than <c>Feeds</c>.</param>
public sealed class FolderArrows(
    Assembly assembly, string root, IReadOnlyList<string> leftOut, IReadOnlyList<(string Folder, string[] Names)> allowed)
{
    private readonly Dictionary<string, string[]> _types = assembly.GetTypes()
        .Where(type => !type.IsNested && type.Namespace?.StartsWith(root, StringComparison.Ordinal) == true)
        .GroupBy(type => type.Namespace![root.Length..])
        .Where(types => !leftOut.Any(folder => $"{types.Key}.".StartsWith($"{folder}.", StringComparison.Ordinal)))
        .ToDictionary(types => types.Key, types => types.Select(type => type.FullName!).ToArray());

    /// <summary>The list is whole and in an order without circles; each folder names what it may name, all of it and nothing else.</summary>
    public void ShouldRunOneWay()
    {
        allowed.Select(one => one.Folder).Order(StringComparer.Ordinal).ShouldBe(_types.Keys.Order(StringComparer.Ordinal));
        for (var i = 0; i < allowed.Count; i++)
        {
            allowed[i].Names.ShouldBeSubsetOf(allowed.Take(i).Select(one => one.Folder), $"{allowed[i].Folder} names what stands below it");
        }

        var found = allowed.SelectMany(one => Found(one.Folder).Select(other => (one.Folder, other))).ToHashSet();
        var entered = allowed.SelectMany(one => one.Names.Select(other => (one.Folder, other))).ToHashSet();
        found.Except(entered).SelectMany(arrow => Explain(arrow.Folder, arrow.other)).ShouldBeEmpty();
        entered.Except(found).ShouldBeEmpty("these arrows are gone: take them off the list");
    }

    private IEnumerable<string> Found(string folder) =>
        _types.Keys.Where(other => other != folder && Failing(folder, other).Any());

    private IEnumerable<string> Explain(string folder, string other) =>
        Failing(folder, other).Select(type => $"{folder} → {other}: {type.FullName}: {type.Explanation}");

    private IEnumerable<IType> Failing(string folder, string other) =>
        Types.InAssembly(assembly)
            .That()
            .ResideInNamespaceMatching($"^{Regex.Escape(root + folder)}$")
            .ShouldNot()
            .HaveDependencyOnAny(_types[other])
            .GetResult()
            .FailingTypes;
}
