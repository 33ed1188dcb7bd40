namespace Governance.Patching.Advisories.Cvss;

/// <summary>Base scores of CVSS 3.0 and 3.1 vectors.</summary>
/// <remarks>Formulas: https://www.first.org/cvss/v3.1/specification-document §7 and Appendix A, and the same of 3.0.</remarks>
internal static class CvssV3
{
    private static readonly Dictionary<string, string> Metrics = new(StringComparer.Ordinal)
    {
        ["AV"] = "NALP",
        ["AC"] = "LH",
        ["PR"] = "NLH",
        ["UI"] = "NR",
        ["S"] = "UC",
        ["C"] = "HLN",
        ["I"] = "HLN",
        ["A"] = "HLN",
        ["E"] = "XHFPU",
        ["RL"] = "XUWTO",
        ["RC"] = "XCRU",
        ["CR"] = "XHML",
        ["IR"] = "XHML",
        ["AR"] = "XHML",
        ["MAV"] = "XNALP",
        ["MAC"] = "XLH",
        ["MPR"] = "XNLH",
        ["MUI"] = "XNR",
        ["MS"] = "XUC",
        ["MC"] = "XHLN",
        ["MI"] = "XHLN",
        ["MA"] = "XHLN",
    };

    private static readonly string[] Base = ["AV", "AC", "PR", "UI", "S", "C", "I", "A"];

    /// <summary>False for what is not a well-formed vector of 3.0 or 3.1.</summary>
    public static bool TryScore(string vector, out decimal score)
    {
        score = 0;
        var isLater = vector.StartsWith("CVSS:3.1/", StringComparison.Ordinal);
        if (!isLater && !vector.StartsWith("CVSS:3.0/", StringComparison.Ordinal))
            return false;
        if (Read(vector[9..]) is not { } values)
            return false;
        score = Score(values, isLater);
        return true;
    }

    private static Dictionary<string, char>? Read(string metrics)
    {
        var values = new Dictionary<string, char>(8, StringComparer.Ordinal);
        foreach (var metric in metrics.Split('/'))
        {
            if (metric.Split(':') is not [var name, [var value]] || !Metrics.TryGetValue(name, out var allowed) ||
                !allowed.Contains(value, StringComparison.Ordinal) || !values.TryAdd(name, value))
                return null;
        }

        return Base.All(values.ContainsKey) ? values : null;
    }

    private static decimal Score(Dictionary<string, char> values, bool isLater)
    {
        var changed = values["S"] == 'C';
        var iss = 1 - ((1 - Impact(values["C"])) * (1 - Impact(values["I"])) * (1 - Impact(values["A"])));
        var impact = changed ? (7.52 * (iss - 0.029)) - (3.25 * Math.Pow(iss - 0.02, 15)) : 6.42 * iss;
        if (impact <= 0)
            return 0;
        var exploitability = 8.22 * AttackVector(values["AV"]) * (values["AC"] == 'L' ? 0.77 : 0.44) *
            Privileges(values["PR"], changed) * (values["UI"] == 'N' ? 0.85 : 0.62);
        var sum = Math.Min(changed ? 1.08 * (impact + exploitability) : impact + exploitability, 10);
        return isLater ? RoundUp(sum) : (decimal)Math.Ceiling(sum * 10) / 10;
    }

    /// <summary>3.1 rounds up in integers, so that binary fractions do not lift a score by a tenth.</summary>
    private static decimal RoundUp(double value)
    {
        var scaled = (long)Math.Round(value * 100_000, MidpointRounding.AwayFromZero);
        return (scaled % 10_000 == 0 ? scaled / 10_000 : (scaled / 10_000) + 1) / 10m;
    }

    private static double Impact(char value) => value switch { 'H' => 0.56, 'L' => 0.22, _ => 0 };

    private static double AttackVector(char value) => value switch { 'N' => 0.85, 'A' => 0.62, 'L' => 0.55, _ => 0.2 };

    private static double Privileges(char value, bool changed) => value switch
    {
        'N' => 0.85,
        'L' => changed ? 0.68 : 0.62,
        _ => changed ? 0.5 : 0.27,
    };
}
