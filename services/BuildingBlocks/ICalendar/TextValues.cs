using System.Text;

namespace Governance.BuildingBlocks.ICalendar;

/// <summary>Values of type TEXT, RFC 5545 §3.3.11.</summary>
public static class TextValues
{
    /// <summary>The text without its escapes, cut where it is longer than asked for.</summary>
    /// <param name="value">As the property has it.</param>
    /// <param name="most">Characters, at least 2.</param>
    public static string Read(string value, int most)
    {
        var text = Split(value, single: true)[0].Trim();
        if (text.Length <= most) return text;
        return text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
    }

    /// <summary>The texts of a list.</summary>
    public static IReadOnlyList<string> List(
        string value) => [.. Split(value, single: false).Select(text => text.Trim()).Where(text => text.Length > 0)];

    private static List<string> Split(string value, bool single)
    {
        var texts = new List<string>();
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                i++;
                text.Append(value[i] is 'n' or 'N' ? '\n' : value[i]);
            }
            else if (value[i] == ',' && !single)
            {
                texts.Add(text.ToString());
                text.Clear();
            }
            else
            {
                text.Append(value[i]);
            }
        }

        texts.Add(text.ToString());
        return texts;
    }
}
