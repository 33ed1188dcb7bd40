namespace Governance.Patching.Advisories.Cvss;

/// <summary>Scores of CVSS 4.0: the score of the vector's MacroVector, less how far the vector lies below its worst.</summary>
/// <remarks>
/// Algorithm: https://www.first.org/cvss/v4.0/specification-document §8.2. All in integers, so that the final rounding, half
/// up to a tenth, meets no binary fractions.
/// </remarks>
internal static class CvssV4
{
    private const int ModifiedBy = 15;

    /// <summary>A multiple of every depth of a MacroVector.</summary>
    private const int Unit = 840;

    private static readonly Range Threat = 11..12;
    private static readonly Range Environmental = 12..26;

    private enum Metric
    {
        AV, AC, AT, PR, UI, VC, VI, VA, SC, SI, SA, E, CR, IR, AR,
    }

    public static CvssScores Score(CvssVector vector) => new(
        ScoreOf(vector), null, null,
        (vector.Defines(Threat), vector.Defines(Environmental)) switch
        {
            (false, false) => "CVSS-B",
            (true, false) => "CVSS-BT",
            (false, true) => "CVSS-BE",
            (true, true) => "CVSS-BTE",
        });

    private static decimal ScoreOf(CvssVector vector)
    {
        var (av, pr, ui) = (Level(vector, Metric.AV, "NALP"), Level(vector, Metric.PR, "NLH"), Level(vector, Metric.UI, "NPA"));
        var (ac, at) = (Level(vector, Metric.AC, "LH"), Level(vector, Metric.AT, "NP"));
        var (vc, vi, va) = (Level(vector, Metric.VC, "HLN"), Level(vector, Metric.VI, "HLN"), Level(vector, Metric.VA, "HLN"));
        var (sc, si, sa) = (Level(vector, Metric.SC, "SHLN"), Level(vector, Metric.SI, "SHLN"), Level(vector, Metric.SA, "SHLN"));
        if ((vc, vi, va, sc, si, sa) == (2, 2, 2, 3, 3, 3)) return 0;
        var (cr, ir, ar) = (Requirement(vector, Metric.CR), Requirement(vector, Metric.IR), Requirement(vector, Metric.AR));
        var macro = new CvssMacroVector(
            Eq1: av + pr + ui == 0 ? 0 : av < 3 && (av == 0 || pr == 0 || ui == 0) ? 1 : 2,
            Eq2: ac + at == 0 ? 0 : 1,
            Eq3: vc + vi == 0 ? 0 : vc == 0 || vi == 0 || va == 0 ? 1 : 2,
            Eq4: si == 0 || sa == 0 ? 0 : sc == 1 || si == 1 || sa == 1 ? 1 : 2,
            Eq5: vector[(int)Metric.E] switch { 'P' => 1, 'U' => 2, _ => 0 },
            Eq6: vc + cr == 0 || vi + ir == 0 || va + ar == 0 ? 0 : 1);
        return Interpolate(
            macro, CvssDistances.Eq1(macro, [av, pr, ui]), CvssDistances.Eq2(
                macro, [ac, at]), CvssDistances.Eq3And6(macro, [vc, vi, va, cr, ir, ar]), CvssDistances.Eq4(macro, [sc, si, sa]));
    }

    /// <summary>The mean, over the equivalence sets that have a lower MacroVector, of the share of the way down to it.</summary>
    private static decimal Interpolate(CvssMacroVector macro, CvssDistance eq1, CvssDistance eq2, CvssDistance eq3And6, CvssDistance eq4)
    {
        var (score, down, sets) = (macro.Score!.Value, 0, 0);
        Take((macro with { Eq1 = macro.Eq1 + 1 }).Score, eq1);
        Take((macro with { Eq2 = macro.Eq2 + 1 }).Score, eq2);
        Take(macro.ScoreBelowInEq3And6, eq3And6);
        Take((macro with { Eq4 = macro.Eq4 + 1 }).Score, eq4);
        Take((macro with { Eq5 = macro.Eq5 + 1 }).Score, new CvssDistance(0, 1));
        if (sets == 0) return score / 10m;
        var whole = Unit * sets;
        return Math.Clamp(((2 * ((score * whole) - down)) + whole) / (2 * whole), 0, 100) / 10m;

        void Take(int? below, CvssDistance distance)
        {
            if (below is not { } lower) return;
            down += (score - lower) * distance.Steps * (Unit / distance.Depth);
            sets++;
        }
    }

    /// <summary>How many steps a metric is below its worst value, the modified one where it is defined.</summary>
    private static int Level(CvssVector vector, Metric metric, string fromWorst)
    {
        var modified = vector[(int)metric + ModifiedBy];
        return fromWorst.IndexOf(modified == 'X' ? vector[(int)metric] : modified, StringComparison.Ordinal);
    }

    private static int Requirement(CvssVector vector, Metric metric) => vector[(int)metric] switch { 'M' => 1, 'L' => 2, _ => 0 };
}
