using Figure = Governance.Patching.V1.ComplianceFigure;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Compliance;

/// <summary>Adds judgements up.</summary>
internal sealed class Tally
{
    private const int MostListed = 100;

    private readonly SortedDictionary<Figure, (int Count, List<string> Names)> _lists = [];
    private readonly List<double> _days = [];
    private double _exposure;
    private int _all;

    public void Add(string remediation, Judgement judgement)
    {
        _all++;
        Count(judgement.Figure, remediation);
        if (judgement.IsLateWhenFirstSeen) Count(Figure.LateWhenFirstSeen, remediation);
        if (judgement.DaysToRemediate is { } days) _days.Add(days);
        _exposure += judgement.ExposureDays;
    }

    /// <param name="list">The path that lists a figure.</param>
    public Proto.ComplianceFigures ToProto(Func<Figure, string> list)
    {
        var figures = new Proto.ComplianceFigures
        {
            All = _all,
            Met = Of(Figure.Met),
            Missed = Of(Figure.Missed),
            Open = Of(Figure.Open),
            Overdue = Of(Figure.Overdue),
            Excepted = Of(Figure.Excepted),
            NotAffected = Of(Figure.NotAffected),
            Withdrawn = Of(Figure.Withdrawn),
            LateWhenFirstSeen = Of(Figure.LateWhenFirstSeen),
            ExposureDays = _exposure,
        };
        var judged = figures.Met + figures.Missed + figures.Overdue;
        if (judged > 0) figures.Compliance = (double)figures.Met / judged;
        _days.Sort();
        if (_days.Count > 0)
        {
            (figures.MedianDaysToRemediate, figures.Percentile90DaysToRemediate) = (Percentile(_days, 0.5), Percentile(_days, 0.9));
        }
        foreach (var (figure, (count, names)) in _lists)
        {
            figures.Lists.Add(new Proto.ComplianceList { Figure = figure, Count = count, Remediations = { names }, List = list(figure) });
        }
        return figures;
    }

    /// <summary>At rank <paramref name="share"/> × (n − 1) of the sorted values, interpolated between neighbours.</summary>
    internal static double Percentile(IReadOnlyList<double> sorted, double share)
    {
        var rank = share * (sorted.Count - 1);
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private int Of(Figure figure) => _lists.TryGetValue(figure, out var known) ? known.Count : 0;

    private void Count(Figure figure, string remediation)
    {
        var (count, names) = _lists.TryGetValue(figure, out var known) ? known : (0, []);
        if (names.Count < MostListed) names.Add(remediation);
        _lists[figure] = (count + 1, names);
    }
}
