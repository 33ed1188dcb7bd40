using System.Globalization;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Advisories.Epss;

/// <summary>A score that changed.</summary>
/// <param name="Before">Null: there was none.</param>
/// <param name="Now">What it is.</param>
internal readonly record struct EpssChange(decimal? Before, EpssScore Now);

/// <summary>Keeps scores: what is of an older day than what is kept changes nothing.</summary>
internal static class EpssIntake
{
    public static async Task<IReadOnlyList<EpssChange>> TakeAsync(
        WriteUnit<PatchingDb> unit, IReadOnlyList<EpssScore> scores, ImportTally tally, CancellationToken ct)
    {
        var ids = scores.Select(score => score.CveId).ToArray();
        var known = await unit.Db.EpssScores.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.CveId)).ToDictionaryAsync(
            row => row.CveId, ct);
        var changes = new List<EpssChange>();
        foreach (var score in scores)
        {
            if (!known.TryGetValue(score.CveId, out var row))
            {
                unit.Db.EpssScores.Add(Become(new EpssRow { CveId = score.CveId, ModelVersion = "" }, score));
                tally.Created();
                changes.Add(new EpssChange(null, score));
            }
            else if (IsNews(row, score))
            {
                changes.Add(new EpssChange(row.Probability, score));
                unit.Db.EpssScores.Update(Become(row, score));
                tally.Updated();
            }
            else
            {
                tally.Unchanged();
            }
        }

        if (changes.Count > 0) unit.Record("epss", after: Digests.Of(string.Join('\n', changes.Select(Line))));
        return changes;
    }

    /// <summary>A document without a model version says nothing against the one that is known of the same day.</summary>
    private static bool IsNews(EpssRow row, EpssScore score) => score.Day > row.Day
        || (score.Day == row.Day && (score.Probability != row.Probability || score.Percentile != row.Percentile
            || (score.ModelVersion.Length > 0 && score.ModelVersion != row.ModelVersion)));

    private static EpssRow Become(EpssRow row, EpssScore score)
    {
        var model = score.ModelVersion.Length == 0 && row.Day == score.Day ? row.ModelVersion : score.ModelVersion;
        (row.Probability, row.Percentile, row.Day, row.ModelVersion) = (score.Probability, score.Percentile, score.Day, model);
        return row;
    }

    private static string Line(EpssChange change) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{change.Now.CveId},{change.Now.Probability},{change.Now.Percentile},{change.Now.Day.ToDateOnly():yyyy-MM-dd}");
}
