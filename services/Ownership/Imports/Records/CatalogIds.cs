using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Governance.Ownership.Imports.Records;

/// <summary>
/// The ids of what is imported: the name in lower case; `namespace..name` outside the namespace `default`. What would be longer than
/// 63 characters, or could be taken for the name in another namespace, ends in a digest of the whole instead. Two things
/// have the same id only when they have the same namespace and name, which ignore case as they do in Backstage.
/// </summary>
internal static partial class CatalogIds
{
    private const string Default = "default";
    private const string Between = "..";
    private const string Person = "user.";
    private const int Longest = 63;
    private const int DigestLength = 12;

    /// <summary>Whether a name can become an id.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    public static string Of(string @namespace, string name)
    {
        var (space, bare) = (@namespace.ToLowerInvariant(), name.ToLowerInvariant());
        var isDefault = space == Default;
        var id = isDefault ? bare : $"{space}{Between}{bare}";
        return id.Length <= Longest && !(isDefault && bare.Contains(Between, StringComparison.Ordinal)) ? id : Shortened(id, space);
    }

    /// <summary>The id of the party that a single person is: `user.jane`.</summary>
    public static string OfPerson(string @namespace, string name)
    {
        var id = $"{Person}{Of(@namespace, name)}";
        return id.Length <= Longest ? id : Shortened(id, @namespace.ToLowerInvariant());
    }

    /// <summary>The person of a party's name that <see cref="OfPerson"/> gave; null for a team's.</summary>
    public static string? PersonOf(string party) =>
        party.StartsWith($"parties/{Person}", StringComparison.Ordinal) ? party[$"parties/{Person}".Length..] : null;

    private static string Shortened(string id, string space)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{space}/{id}")))[..DigestLength];
        var head = id.Replace(Between, ".", StringComparison.Ordinal);
        return $"{head[..Math.Min(head.Length, Longest - DigestLength - 1)].TrimEnd('.', '-', '_')}-{digest}";
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*\\z")]
    private static partial Regex NamePattern();
}
