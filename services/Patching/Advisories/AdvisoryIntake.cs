using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Advisories;

/// <summary>An advisory that a batch of documents changed.</summary>
/// <param name="Advisory">As it is now.</param>
/// <param name="Merged">What its sources say.</param>
/// <param name="Before">The ids of advisories that it took in.</param>
internal sealed record ChangedAdvisory(Advisory Advisory, MergedAdvisory Merged, IReadOnlyList<string> Before);

/// <summary>Keeps documents: what is new or newer changes its advisory, and joins those that turn out to be one.</summary>
internal sealed class AdvisoryIntake(WriteUnit<PatchingDb> unit)
{
    /// <summary>Takes a batch; the same document twice, or an older one, changes nothing.</summary>
    public async Task<IReadOnlyList<ChangedAdvisory>> TakeAsync(
        IReadOnlyList<SourceDocument> documents, ImportTally tally, CancellationToken ct)
    {
        var fresh = await FreshAsync(documents, tally, ct);
        if (fresh.Count == 0) return [];
        var groups = await AdvisoryGroups.LoadAsync(
            unit.Db, fresh.SelectMany(document => document.OtherName is null ? document.Ids : document.Ids.Append(document.OtherName)), ct);
        foreach (var document in fresh)
        {
            if (groups.Take(document, unit.Now)) tally.Created();
            else if (!document.IsRetracted) tally.Updated();
        }

        return [.. groups.Changed.Select(Keep)];
    }

    private async Task<List<SourceDocument>> FreshAsync(IReadOnlyList<SourceDocument> documents, ImportTally tally, CancellationToken ct)
    {
        var keys = documents.Select(document => document.Key).Distinct().ToArray();
        var known = await unit.Db.AdvisorySources.AsNoTracking().Where(row => keys.Contains(row.Key))
            .Select(row => new Known(row.Key, row.Digest, row.Modified, row.IsRetracted)).ToDictionaryAsync(row => row.Key, ct);
        var fresh = new List<SourceDocument>();
        foreach (var document in documents)
        {
            if (known.TryGetValue(document.Key, out var kept) && !kept.IsReplacedBy(document))
            {
                tally.Unchanged();
                continue;
            }

            fresh.Add(document);
            known[document.Key] = new Known(document.Key, document.Digest, document.Modified, document.IsRetracted);
        }

        return fresh;
    }

    /// <summary>An advisory has an id of its own among the group's, so that one of that name would have been found.</summary>
    private ChangedAdvisory Keep(AdvisoryGroup group)
    {
        var merged = AdvisoryMerge.Of(group.Sources.Values, group.Ids.Keys);
        var advisory = group.Advisories.Find(one => one.Id == merged.Id);
        var absorbed = group.Advisories.Where(one => one.Id != merged.Id).ToList();
        unit.Db.RemoveRange(absorbed);
        if (advisory is null)
        {
            advisory = Advisory.Create(merged.Id, merged, unit.Now);
            unit.Insert(advisory);
        }
        else
        {
            advisory.Take(merged, unit.Now);
        }

        group.PointTo(unit, merged.Id, [.. AdvisoryMerge.Packages(merged.Records), .. KevPlatforms.Of(merged.Body)
            .Select(platform => (KevPlatforms.Ecosystem, platform))]);
        return new ChangedAdvisory(advisory, merged, [.. absorbed.Select(one => one.Id)]);
    }

    private sealed record Known(string Key, string Digest, Instant Modified, bool IsRetracted)
    {
        public bool IsReplacedBy(SourceDocument document) =>
            document.Modified >= Modified && (document.Digest != Digest || document.IsRetracted != IsRetracted);
    }
}
