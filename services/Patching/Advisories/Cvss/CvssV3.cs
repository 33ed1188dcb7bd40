namespace Governance.Patching.Advisories.Cvss;

/// <summary>Base, temporal and environmental scores of CVSS 3.0 and 3.1, in decimal arithmetic.</summary>
/// <remarks>
/// Formulas: https://www.first.org/cvss/v3.1/specification-document §7 and Appendix A, and
/// https://www.first.org/cvss/v3.0/specification-document §8. The versions differ in how they round up and in the modified
/// impact of a changed scope.
/// </remarks>
internal static class CvssV3
{
    private const int ModifiedBy = 14;

    private static readonly Range Temporal = 8..11;
    private static readonly Range Environmental = 11..22;

    private enum Metric
    {
        AV, AC, PR, UI, S, C, I, A, E, RL, RC, CR, IR, AR,
    }

    public static CvssScores Score(CvssVector vector)
    {
        var isLater = vector.Version == CvssVersion.V31;
        var score = Base(vector, isLater);
        var threat = Exploit(vector[(int)Metric.E]) * Remediation(vector[(int)Metric.RL]) * Confidence(vector[(int)Metric.RC]);
        return new CvssScores(
            score,
            vector.Names(Temporal) ? RoundUp(score * threat, isLater) : null,
            vector.Names(Environmental) ? RoundUp(Modified(vector, isLater) * threat, isLater) : null,
            null);
    }

    private static decimal Base(CvssVector vector, bool isLater)
    {
        var isChanged = vector[(int)Metric.S] == 'C';
        var iss = 1 - ((1 - Impact(vector[(int)Metric.C])) * (1 - Impact(vector[(int)Metric.I])) * (1 - Impact(vector[(int)Metric.A])));
        var impact = isChanged ? (7.52m * (iss - 0.029m)) - (3.25m * Power(iss - 0.02m, 15)) : 6.42m * iss;
        var exploitability = Exploitability(
            vector[(int)Metric.AV], vector[(int)Metric.AC], vector[(int)Metric.PR], vector[(int)Metric.UI], isChanged);
        return Sum(impact, exploitability, isChanged, isLater);
    }

    /// <summary>The base score over modified metrics and requirements.</summary>
    private static decimal Modified(CvssVector vector, bool isLater)
    {
        var isChanged = Effective(vector, Metric.S) == 'C';
        var all = 1 - ((1 - Required(vector, Metric.C, Metric.CR)) * (1 - Required(vector, Metric.I, Metric.IR)) * (1
            - Required(vector, Metric.A, Metric.AR)));
        var miss = Math.Min(all, 0.915m);
        var subtracted = isLater ? Power((miss * 0.9731m) - 0.02m, 13) : Power(miss - 0.02m, 15);
        var impact = isChanged ? (7.52m * (miss - 0.029m)) - (3.25m * subtracted) : 6.42m * miss;
        var exploitability = Exploitability(
            Effective(vector, Metric.AV), Effective(
                vector, Metric.AC), Effective(vector, Metric.PR), Effective(vector, Metric.UI), isChanged);
        return Sum(impact, exploitability, isChanged, isLater);
    }

    private static decimal Sum(decimal impact, decimal exploitability, bool isChanged, bool isLater) => impact <= 0
        ? 0
        : RoundUp(Math.Min((isChanged ? 1.08m : 1) * (impact + exploitability), 10), isLater);

    private static decimal Exploitability(char vector, char complexity, char privileges, char interaction, bool isChanged) =>
        8.22m * AttackVector(vector) * (complexity == 'L' ? 0.77m : 0.44m) * Privileges(
            privileges, isChanged) * (interaction == 'N' ? 0.85m : 0.62m);

    private static char Effective(CvssVector vector, Metric metric) =>
        vector[(int)metric + ModifiedBy] is var modified and not 'X' ? modified : vector[(int)metric];

    private static decimal Required(CvssVector vector, Metric impact, Metric requirement) =>
        Impact(Effective(vector, impact)) * (vector[(int)requirement] switch { 'H' => 1.5m, 'L' => 0.5m, _ => 1m });

    /// <summary>To the next tenth. 3.1 first rounds to the nearest hundred-thousandth, in integers; 3.0 does not.</summary>
    private static decimal RoundUp(decimal value, bool isLater)
    {
        if (!isLater) return Math.Ceiling(value * 10) / 10;
        var scaled = (long)Math.Round(value * 100_000, MidpointRounding.AwayFromZero);
        return (scaled % 10_000 == 0 ? scaled / 10_000 : (scaled / 10_000) + 1) / 10m;
    }

    private static decimal Power(decimal value, int exponent)
    {
        var power = 1m;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            if ((exponent & 1) == 1) power *= value;
        }

        return power;
    }

    private static decimal Impact(char value) => value switch { 'H' => 0.56m, 'L' => 0.22m, _ => 0 };

    private static decimal AttackVector(char value) => value switch { 'N' => 0.85m, 'A' => 0.62m, 'L' => 0.55m, _ => 0.2m };

    private static decimal Privileges(char value, bool isChanged) => value switch
    {
        'N' => 0.85m,
        'L' => isChanged ? 0.68m : 0.62m,
        _ => isChanged ? 0.5m : 0.27m,
    };

    private static decimal Exploit(char value) => value switch { 'F' => 0.97m, 'P' => 0.94m, 'U' => 0.91m, _ => 1 };

    private static decimal Remediation(char value) => value switch { 'W' => 0.97m, 'T' => 0.96m, 'O' => 0.95m, _ => 1 };

    private static decimal Confidence(char value) => value switch { 'R' => 0.96m, 'U' => 0.92m, _ => 1 };
}
