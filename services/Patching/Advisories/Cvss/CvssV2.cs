namespace Governance.Patching.Advisories.Cvss;

/// <summary>Scores of a CVSS 2.0 vector. Metrics that it leaves out count as not defined.</summary>
/// <remarks>Formulas: https://www.first.org/cvss/v2/guide §3.2, in decimal arithmetic, rounded half up to one decimal.</remarks>
internal sealed class CvssV2
{
    private static readonly Dictionary<string, string> Weights = new(StringComparer.Ordinal)
    {
        ["AV"] = "L=0.395 A=0.646 N=1",
        ["AC"] = "H=0.35 M=0.61 L=0.71",
        ["Au"] = "M=0.45 S=0.56 N=0.704",
        ["C"] = "N=0 P=0.275 C=0.660",
        ["I"] = "N=0 P=0.275 C=0.660",
        ["A"] = "N=0 P=0.275 C=0.660",
        ["E"] = "U=0.85 POC=0.9 F=0.95 H=1 ND=1",
        ["RL"] = "OF=0.87 TF=0.90 W=0.95 U=1 ND=1",
        ["RC"] = "UC=0.90 UR=0.95 C=1 ND=1",
        ["CDP"] = "N=0 L=0.1 LM=0.3 MH=0.4 H=0.5 ND=0",
        ["TD"] = "N=0 L=0.25 M=0.75 H=1 ND=1",
        ["CR"] = "L=0.5 M=1 H=1.51 ND=1",
        ["IR"] = "L=0.5 M=1 H=1.51 ND=1",
        ["AR"] = "L=0.5 M=1 H=1.51 ND=1",
    };

    private static readonly string[] Mandatory = ["AV", "AC", "Au", "C", "I", "A"];

    private readonly Dictionary<string, decimal> _weights;

    private CvssV2(Dictionary<string, decimal> weights) => _weights = weights;

    public decimal Base => ScoreOf(Impact(1, 1, 1));

    public decimal Temporal => Round(Base * Threat);

    public decimal Environmental
    {
        get
        {
            var adjusted = Round(ScoreOf(Math.Min(10, Impact(this["CR"], this["IR"], this["AR"]))) * Threat);
            return Round((adjusted + ((10 - adjusted) * this["CDP"])) * this["TD"]);
        }
    }

    private decimal Threat => this["E"] * this["RL"] * this["RC"];

    private decimal this[string metric] => _weights.TryGetValue(metric, out var weight) ? weight : WeightOf(metric, "ND")!.Value;

    /// <summary>Null for what is no whole vector: a metric is unknown, stands twice, or a base metric is missing.</summary>
    public static CvssV2? Read(string vector)
    {
        var weights = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var metric in vector.Split('/'))
        {
            if (metric.Split(':') is not [var name, var value] || WeightOf(name, value) is not { } weight || !weights.TryAdd(name, weight))
            {
                return null;
            }
        }

        return Mandatory.All(weights.ContainsKey) ? new CvssV2(weights) : null;
    }

    private static decimal? WeightOf(string metric, string value)
    {
        foreach (var pair in Weights.GetValueOrDefault(metric, "").Split(' '))
        {
            if (pair.Split('=') is [var name, var weight] && name == value)
            {
                return decimal.Parse(weight, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static decimal Round(decimal score) => Math.Round(score, 1, MidpointRounding.AwayFromZero);

    private decimal Impact(decimal confidentiality, decimal integrity, decimal availability) =>
        10.41m * (1 - ((1 - (this["C"] * confidentiality)) * (1 - (this["I"] * integrity)) * (1 - (this["A"] * availability))));

    private decimal ScoreOf(decimal impact)
    {
        var exploitability = 20 * this["AV"] * this["AC"] * this["Au"];
        return Round(((0.6m * impact) + (0.4m * exploitability) - 1.5m) * (impact == 0 ? 0 : 1.176m));
    }
}
