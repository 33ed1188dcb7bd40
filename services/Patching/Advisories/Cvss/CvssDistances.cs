namespace Governance.Patching.Advisories.Cvss;

/// <param name="Steps">How many steps of single metrics the vector is below the worst vector of its equivalence set that it can be compared
/// with.</param>
/// <param name="Depth">How many steps the set has in all.</param>
internal readonly record struct CvssDistance(int Steps, int Depth);

/// <summary>
/// How far a vector is below the worst of its MacroVector, in each equivalence set. The worst vectors and the depths are those of
/// FIRST's specification (https://www.first.org/cvss/v4.0/specification-document §8.2) and of its
/// reference calculator's <c>maxComposed</c> and <c>maxSeverity</c>, with values as steps below each metric's worst.
/// </summary>
internal static class CvssDistances
{
    private static readonly int[][][] Worst1 = [[[0, 0, 0]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[3, 0, 0], [1, 1, 1]]];

    private static readonly int[][][] Worst2 = [[[0, 0]], [[1, 0], [0, 1]]];

    /// <summary>VC, VI, VA, CR, IR, AR.</summary>
    private static readonly int[][][] Worst3And6 =
    [
        [[0, 0, 0, 0, 0, 0]],
        [[0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1]],
        [[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]],
        [[1, 0, 1, 0, 1, 0], [1, 0, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1], [0, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 1]],
        [[1, 1, 1, 0, 0, 0]],
    ];

    /// <summary>SC, SI, SA; the worst of SC is high, for safety is not asked of it.</summary>
    private static readonly int[][][] Worst4 = [[[1, 0, 0]], [[1, 1, 1]], [[2, 2, 2]]];

    private static readonly int[] Depth1 = [1, 4, 5];
    private static readonly int[] Depth2 = [1, 2];
    private static readonly int[] Depth3And6 = [7, 6, 8, 8, 10];
    private static readonly int[] Depth4 = [6, 5, 4];

    public static CvssDistance Eq1(CvssMacroVector macro, ReadOnlySpan<int> levels) =>
        new(Steps(levels, Worst1[macro.Eq1]), Depth1[macro.Eq1]);

    public static CvssDistance Eq2(CvssMacroVector macro, ReadOnlySpan<int> levels) =>
        new(Steps(levels, Worst2[macro.Eq2]), Depth2[macro.Eq2]);

    public static CvssDistance Eq3And6(CvssMacroVector macro, ReadOnlySpan<int> levels) =>
        new(Steps(levels, Worst3And6[macro.Eq3And6]), Depth3And6[macro.Eq3And6]);

    public static CvssDistance Eq4(CvssMacroVector macro, ReadOnlySpan<int> levels) =>
        new(Steps(levels, Worst4[macro.Eq4]), Depth4[macro.Eq4]);

    /// <summary>Below the first of the worst vectors that is nowhere better; every set has one for each of its vectors.</summary>
    private static int Steps(ReadOnlySpan<int> levels, int[][] worst)
    {
        foreach (var one in worst)
        {
            var (steps, at) = (0, 0);
            while (at < one.Length && levels[at] >= one[at]) steps += levels[at] - one[at++];
            if (at == one.Length) return steps;
        }

        throw new InvalidOperationException("No worst vector of the set is comparable.");
    }
}
