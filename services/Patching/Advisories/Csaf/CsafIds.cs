using System.Security.Cryptography;
using System.Text;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>
/// Ids of a document's vulnerabilities. Whatever shares one of them is the same vulnerability, so they must not mean two.
/// </summary>
internal sealed class CsafIds(CsafNode root)
{
    private const int Longest = 150;

    /// <summary>
    /// Ids that stand in more than one vulnerability name what they have in common, such as a bulletin, and none of them.
    /// </summary>
    private readonly HashSet<string> _shared =
    [
        .. root.Items("vulnerabilities").SelectMany(one => IdsOf(one).Distinct(StringComparer.Ordinal))
            .GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key),
    ];

    /// <summary>The document's tracking id, as it can stand in a resource name.</summary>
    public string Document { get; } = Named(root.Field("document")!.Field("tracking")!.Required("id"));

    /// <summary>Whether the document has at most one vulnerability.</summary>
    public bool IsOnly => root.Items("vulnerabilities").Skip(1).FirstOrDefault() is null;

    /// <summary>The CVE id first, if there is one, then those that stand alone; at least one id.</summary>
    /// <param name="vulnerability">One of the document's.</param>
    /// <param name="number">Its place among them, from one.</param>
    public IReadOnlyList<string> Of(CsafNode vulnerability, int number)
    {
        var ids = new List<string>();
        if (vulnerability.Text("cve") is { } cve) ids.Add(cve);
        ids.AddRange(IdsOf(vulnerability).Where(id => !_shared.Contains(id)).OrderBy(id => id.Contains('~', StringComparison.Ordinal)));
        if (ids.Count == 0)
        {
            ids.Add(IsOnly ? Document : FormattableString.Invariant($"{Document}~{number}"));
        }
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> IdsOf(CsafNode vulnerability) =>
        vulnerability.Items("ids").Select(id => IdOf(id.Required("system_name"), id.Required("text")));

    /// <summary>
    /// An id that says where it is from stands alone (GHSA-…, RUSTSEC-2021-0001); any other is told with its system's name.
    /// </summary>
    private static string IdOf(string system, string text) => Named(IsGlobal(text) ? text : $"{system}~{text}");

    private static bool IsGlobal(string text)
    {
        var parts = text.Split('-');
        return parts.Length >= 3
            && parts[0].Length >= 2
            && parts[0].All(char.IsAsciiLetterUpper)
            && parts.Skip(1).All(part => part.Length > 0 && part.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>Without blanks and slashes, and cut to a length that leaves room for what is set before it.</summary>
    private static string Named(string text)
    {
        var name = string.Concat(text.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '/' or '#' or '?' ? '_' : c));
        return name.Length <= Longest
            ? name
            : $"{name[..(Longest - 17)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
    }
}
