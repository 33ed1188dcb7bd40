using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories.Epss;

/// <summary>The scores of some vulnerabilities. They are kept apart from advisories: a day's new scores rewrite none of these.</summary>
internal sealed class EpssLookup
{
    private readonly Dictionary<string, EpssScore> _scores;

    private EpssLookup(Dictionary<string, EpssScore> scores) => _scores = scores;

    /// <summary>Knows no score; for policies that ask for none.</summary>
    public static EpssLookup Empty { get; } = new([]);

    /// <summary>The scores of all CVE ids of the advisories.</summary>
    public static Task<EpssLookup> LoadAsync(PatchingDb db, IEnumerable<Advisory> advisories, CancellationToken ct) =>
        LoadAsync(db, advisories.SelectMany(IdsOf).Distinct().ToArray(), ct);

    public static async Task<EpssLookup> LoadAsync(PatchingDb db, string[] cveIds, CancellationToken ct)
    {
        if (cveIds.Length == 0) return Empty;
        var rows = await db.EpssScores.AsNoTracking().Where(row => EF.Parameter(cveIds).Contains(row.CveId)).ToListAsync(ct);
        return new EpssLookup(rows.ToDictionary(row => row.CveId, row => row.ToScore(), StringComparer.Ordinal));
    }

    /// <summary>Takes over scores that are not saved yet.</summary>
    public EpssLookup With(IEnumerable<EpssScore> scores)
    {
        var all = new Dictionary<string, EpssScore>(_scores, StringComparer.Ordinal);
        foreach (var score in scores) all[score.CveId] = score;
        return new EpssLookup(all);
    }

    /// <summary>The likeliest of the advisory's CVE ids; null: none is scored.</summary>
    public EpssScore? Of(Advisory advisory) =>
        IdsOf(advisory).Select(_scores.GetValueOrDefault).OfType<EpssScore>().MaxBy(score => score.Probability);

    /// <summary>The advisory as it is shown.</summary>
    public Proto.Advisory Show(Advisory advisory)
    {
        var message = advisory.ToProto();
        if (Of(advisory) is { } score)
        {
            message.Epss = new Proto.Epss
            {
                Probability = (double)score.Probability,
                Percentile = (double)score.Percentile,
                Day = NodaTime.Text.LocalDatePattern.Iso.Format(score.Day),
                ModelVersion = score.ModelVersion,
            };
        }

        return message;
    }

    private static IEnumerable<string> IdsOf(Advisory advisory) => advisory.Body.Aliases.Append(advisory.Id).Where(CveId.Is);
}
