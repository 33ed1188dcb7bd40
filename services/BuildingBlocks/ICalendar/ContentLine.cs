using System.Collections.Immutable;

namespace Governance.BuildingBlocks.ICalendar;

/// <summary>One property of a component.</summary>
/// <param name="Number">Its line, from 1.</param>
/// <param name="Name">In upper case.</param>
/// <param name="Parameters">By name in upper case, in the order of the line; values without quotes.</param>
/// <param name="Value">As written.</param>
public sealed record ContentLine(
    int Number, string Name, ImmutableArray<(string Name, ImmutableArray<string> Values)> Parameters, string Value)
{
    /// <summary>The first value of a parameter; null when there is none.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, values) in Parameters)
        {
            if (key == name) return values[0];
        }
        return null;
    }

    /// <summary>Whether it says that its values are dates.</summary>
    public bool IsDate => string.Equals(Parameter("VALUE"), "DATE", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it says that its values are periods.</summary>
    public bool IsPeriod => string.Equals(Parameter("VALUE"), "PERIOD", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>NAME;PARAMETER=value,"value":value</c>; otherwise says what is wrong.</summary>
    /// <param name="number">The line, from 1.</param>
    /// <param name="text">It, unfolded.</param>
    /// <param name="reason">What is wrong, after "line 12 "; empty when nothing is.</param>
    public static ContentLine? Parse(int number, string text, out string reason)
    {
        var at = EndOfName(text, 0);
        var name = text[..at].ToUpperInvariant();
        var parameters = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        reason = at == 0 ? "begins with no property's name" : "";
        while (reason.Length == 0 && at < text.Length && text[at] == ';')
        {
            parameters.Add(ReadParameter(text, ref at, ref reason));
        }
        if (reason.Length == 0 && (at >= text.Length || text[at] != ':')) reason = $"has no colon after {name} and its parameters";
        if (reason.Length == 0 && text.AsSpan(at).IndexOfAnyInRange('\0', '\b') >= 0) reason = "has a control character";
        return reason.Length > 0 ? null : new ContentLine(number, name, parameters.ToImmutable(), text[(at + 1)..]);
    }

    private static (string, ImmutableArray<string>) ReadParameter(string text, ref int at, ref string reason)
    {
        var begin = ++at;
        at = EndOfName(text, at);
        var name = text[begin..at].ToUpperInvariant();
        if (name.Length == 0 || at >= text.Length || text[at] != '=')
        {
            reason = "has a parameter that is not NAME=value";
            return (name, []);
        }

        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            at++;
            values.Add(ReadValue(text, ref at, ref reason));
        }
        while (reason.Length == 0 && at < text.Length && text[at] == ',');
        return (name, values.ToImmutable());
    }

    private static string ReadValue(string text, ref int at, ref string reason)
    {
        var begin = at;
        if (at < text.Length && text[at] == '"')
        {
            var end = text.IndexOf('"', at + 1);
            if (end < 0)
            {
                reason = "has a quote that does not end";
                return "";
            }

            at = end + 1;
            return Decode(text[(begin + 1)..end]);
        }

        var stop = text.AsSpan(at).IndexOfAny(";:,");
        at = stop < 0 ? text.Length : at + stop;
        return Decode(text[begin..at]);
    }

    /// <summary>RFC 6868: how parameters write quotes and ends of lines.</summary>
    private static string Decode(string value) => !value.Contains('^', StringComparison.Ordinal)
        ? value
        : value.Replace("^^", "\0", StringComparison.Ordinal).Replace("^n", "\n", StringComparison.Ordinal)
            .Replace("^'", "\"", StringComparison.Ordinal).Replace('\0', '^');

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '_')) at++;
        return at;
    }
}
