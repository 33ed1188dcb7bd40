using System.Text.RegularExpressions;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>Reads one line: a pattern, owners, a comment. A line with any fault is passed over as a whole.</summary>
internal static partial class CodeownersLine
{
    private const string InvalidPattern = "Invalid pattern";
    private const string InvalidOwner = "Invalid owner";

    /// <summary>The rule, or what is wrong; neither for a blank line or a comment.</summary>
    public static (CodeownersRule? Rule, CodeownersFinding? Finding) Read(string line, int number)
    {
        var start = line.Length - line.TrimStart().Length;
        if (start == line.Length || line[start] == '#') return (null, null);
        var hash = line.IndexOf('#', start);
        if (hash >= 0 && line[hash - 1] == '\\') return (null, Refuse(start, InvalidPattern, PathPattern.Fault(line[start..(hash + 1)])!));
        var (content, comment) = hash < 0 ? (line, "") : (line[..hash], line[(hash + 1)..].Trim());
        var end = EndOfPattern(content, start);
        var pattern = content[start..end];
        if (PathPattern.Fault(pattern) is { } fault) return (null, Refuse(start, InvalidPattern, fault));
        var owners = new List<Codeowner>();
        foreach (var (word, at) in Words(content, end))
        {
            if (OwnerOf(word) is not { } owner)
            {
                return (null, Refuse(at, InvalidOwner, $"'{Short(word)}' is no owner: @user, @organisation/team or an e-mail address."));
            }
            owners.Add(owner);
        }

        return (new CodeownersRule(number, pattern, owners, comment), null);

        CodeownersFinding Refuse(int at, string kind, string reason) => new(number, at + 1, kind, Short(line), reason);
    }

    private static int EndOfPattern(string line, int start)
    {
        for (var i = start; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (IsBlank(line[i])) return i;
        }

        return line.Length;
    }

    private static IEnumerable<(string Word, int At)> Words(string line, int from)
    {
        for (var at = from; at < line.Length;)
        {
            if (IsBlank(line[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < line.Length && !IsBlank(line[end])) end++;
            yield return (line[at..end], at);
            at = end;
        }
    }

    private static Codeowner? OwnerOf(string word)
    {
        if (Team().IsMatch(word)) return new Codeowner(word[1..], CodeownerKind.Team);
        if (User().IsMatch(word)) return new Codeowner(word[1..], CodeownerKind.User);
        return Email().IsMatch(word) ? new Codeowner(word, CodeownerKind.Email) : null;
    }

    private static bool IsBlank(char character) => character is ' ' or '\t';

    private static string Short(string text) => text.Length <= 200 ? text : $"{text[..200]}…";

    [GeneratedRegex("^@[A-Za-z0-9_-]+\\z")]
    private static partial Regex User();

    [GeneratedRegex("^@[A-Za-z0-9_-]+/[A-Za-z0-9._-]+\\z")]
    private static partial Regex Team();

    [GeneratedRegex("^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,63}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
