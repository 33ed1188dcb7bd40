using System.Text;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>A content line of RFC 5545, section 3.1.</summary>
/// <param name="Name">Upper case.</param>
/// <param name="Parameters">By upper-case name; of several values, the first.</param>
/// <param name="Value">As written.</param>
/// <param name="Number">The line of the document that it begins on, from 1.</param>
internal sealed record ICalendarLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value, int Number)
{
    /// <summary>The value as text: escapes of commas, semicolons, backslashes and line ends undone.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(Value.Length);
            for (var i = 0; i < Value.Length; i++)
                text.Append(Value[i] != '\\' || i + 1 == Value.Length ? Value[i] : Value[++i] is 'n' or 'N' ? '\n' : Value[i]);
            return text.ToString().Trim();
        }
    }
}

/// <summary>Unfolds and splits content lines.</summary>
internal static class ICalendarLines
{
    public static IEnumerable<ICalendarLine> Read(string document)
    {
        var (whole, number, next) = (new StringBuilder(), 1, 0);
        foreach (var line in document.Split('\n').Select(one => one.TrimEnd('\r')))
        {
            next++;
            if (line is [' ' or '\t', ..])
            {
                whole.Append(line, 1, line.Length - 1);
                continue;
            }

            if (whole.Length > 0) yield return Split(whole.ToString(), number);
            whole.Clear().Append(line);
            number = next;
        }

        if (whole.Length > 0) yield return Split(whole.ToString(), number);
    }

    private static ICalendarLine Split(string line, int number)
    {
        var colon = Outside(line, 0, ':');
        if (colon <= 0) throw new FormatException($"Line {number} has no name and value: it is no iCalendar document.");
        var parts = new List<string>();
        for (var at = 0; at < colon;)
        {
            var end = Outside(line, at, ';') is >= 0 and var semicolon && semicolon < colon ? semicolon : colon;
            parts.Add(line[at..end]);
            at = end + 1;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parts.Skip(1).Select(one => one.Split('=', 2)).Where(one => one.Length == 2))
            parameters.TryAdd(pair[0].ToUpperInvariant(), pair[1].Trim('"'));
        return new ICalendarLine(parts[0].ToUpperInvariant(), parameters, line[(colon + 1)..], number);
    }

    /// <summary>The first such character that no quotes hold; -1: none.</summary>
    private static int Outside(string line, int from, char wanted)
    {
        var isQuoted = false;
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == wanted && !isQuoted) return i;
        }

        return -1;
    }
}
