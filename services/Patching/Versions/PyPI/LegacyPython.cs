using System.Text;

namespace Governance.Patching.Versions.PyPI;

/// <summary>The order of versions from before PEP 440, as setuptools defined it.</summary>
internal static class LegacyPython
{
    private const string Final = "*final";

    private const string FinalHyphen = "*final-";

    /// <summary>Parts that compare by character: padded numbers, words after an asterisk.</summary>
    public static string[] Key(string text)
    {
        var key = new List<string>();
        foreach (var part in Parts(text.Trim().ToLowerInvariant()).Append(Final))
        {
            if (part[0] == '*')
            {
                if (string.CompareOrdinal(part, Final) < 0)
                {
                    DropLast(key, FinalHyphen);
                }
                DropLast(key, "00000000");
            }

            key.Add(part);
        }

        return [.. key];
    }

    public static int Compare(string[] left, string[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static IEnumerable<string> Parts(string text)
    {
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            part.Append(text[i]);
            if (i + 1 < text.Length && KindOf(text[i]) == KindOf(text[i + 1]) && text[i] is not ('.' or '-'))
            {
                continue;
            }
            if (Named(part.ToString()) is { } named)
            {
                yield return named;
            }
            part.Clear();
        }
    }

    private static string? Named(string part) => part switch
    {
        "." => null,
        "-" => FinalHyphen,
        "pre" or "preview" or "rc" => "*c",
        "dev" => "*@",
        _ => char.IsAsciiDigit(part[0]) ? part.PadLeft(8, '0') : "*" + part,
    };

    private static int KindOf(char c) => c switch
    {
        >= '0' and <= '9' => 0,
        >= 'a' and <= 'z' => 1,
        '.' => 2,
        '-' => 3,
        _ => 4,
    };

    private static void DropLast(List<string> key, string part)
    {
        while (key.Count > 0 && key[^1] == part)
        {
            key.RemoveAt(key.Count - 1);
        }
    }
}
