using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Advisories;

/// <summary>All rows of what may be one vulnerability.</summary>
internal sealed class AdvisoryGroup
{
    public List<Advisory> Advisories { get; } = [];

    public Dictionary<string, AdvisorySourceRow> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids; null where the row is still to be written.</summary>
    public Dictionary<string, AdvisoryIdRow?> Ids { get; } = new(StringComparer.Ordinal);

    public List<AdvisoryPackageRow> Packages { get; } = [];

    public bool IsChanged { get; set; }

    public void Absorb(AdvisoryGroup other)
    {
        Advisories.AddRange(other.Advisories);
        Packages.AddRange(other.Packages);
        foreach (var (key, source) in other.Sources) Sources[key] = source;
        foreach (var (id, row) in other.Ids) Ids[id] = row;
        IsChanged = true;
    }

    public void Put(SourceDocument document, Instant now)
    {
        IsChanged = true;
        foreach (var id in document.Ids) Ids.TryAdd(id, null);
        var content = document.Content;
        if (!Sources.TryGetValue(document.Key, out var row))
        {
            row = new AdvisorySourceRow
            {
                Key = document.Key,
                AdvisoryId = "",
                Format = document.Format,
                DocumentId = document.DocumentId,
                Digest = "",
                Content = content,
            };
            Sources.Add(document.Key, row);
        }

        (row.Digest, row.Modified, row.ImportTime, row.IsRetracted) = (document.Digest, document.Modified, now, document.IsRetracted);
        if (content.Length > 0) (row.Content, row.Record) = (content, document.Record);
    }

    /// <summary>Makes every row that of one advisory.</summary>
    public void PointTo(WriteUnit<PatchingDb> unit, string advisoryId, IEnumerable<(string Ecosystem, string Package)> packages)
    {
        foreach (var source in Sources.Values)
        {
            var isNew = source.AdvisoryId.Length == 0;
            source.AdvisoryId = advisoryId;
            if (isNew) unit.Insert(source);
        }

        foreach (var (id, row) in Ids)
        {
            if (row is not null) row.AdvisoryId = advisoryId;
            else unit.Insert(new AdvisoryIdRow { Id = id, AdvisoryId = advisoryId });
        }

        var wanted = packages.ToHashSet();
        unit.Db.RemoveRange(Packages.Where(row => row.AdvisoryId != advisoryId || !wanted.Remove((row.Ecosystem, row.Package))));
        unit.InsertRange(
            wanted.Select(one => new AdvisoryPackageRow { Ecosystem = one.Ecosystem, Package = one.Package, AdvisoryId = advisoryId }));
    }
}

/// <summary>The groups that a batch of documents can change, found by ids.</summary>
internal sealed class AdvisoryGroups
{
    private readonly Dictionary<string, AdvisoryGroup> _byId = new(StringComparer.Ordinal);

    public IEnumerable<AdvisoryGroup> Changed => _byId.Values.Distinct().Where(group => group.IsChanged).ToList();

    public static async Task<AdvisoryGroups> LoadAsync(PatchingDb db, IEnumerable<string> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().ToArray();
        var advisoryIds =
            await db.AdvisoryIds.Where(row => asked.Contains(row.Id)).Select(row => row.AdvisoryId).Distinct().ToArrayAsync(ct);
        var groups = new AdvisoryGroups();
        if (advisoryIds.Length == 0) return groups;
        var known = advisoryIds.ToDictionary(id => id, _ => new AdvisoryGroup());
        await foreach (var advisory in db.Advisories.AsTracking()
            .Where(one => advisoryIds.Contains(one.Id))
            .AsAsyncEnumerable()
            .WithCancellation(ct))
        {
            known[advisory.Id].Advisories.Add(advisory);
        }
        await foreach (var source in db.AdvisorySources.AsTracking()
            .Where(row => advisoryIds.Contains(row.AdvisoryId))
            .AsAsyncEnumerable()
            .WithCancellation(ct))
        {
            known[source.AdvisoryId].Sources.Add(source.Key, source);
        }
        await foreach (var package in db.AdvisoryPackages.AsTracking()
            .Where(row => advisoryIds.Contains(row.AdvisoryId))
            .AsAsyncEnumerable()
            .WithCancellation(ct))
        {
            known[package.AdvisoryId].Packages.Add(package);
        }
        await foreach (var id in db.AdvisoryIds.AsTracking()
            .Where(row => advisoryIds.Contains(row.AdvisoryId))
            .AsAsyncEnumerable()
            .WithCancellation(ct))
        {
            known[id.AdvisoryId].Ids.Add(id.Id, id);
            groups._byId[id.Id] = known[id.AdvisoryId];
        }

        return groups;
    }

    /// <summary>Puts the document where its ids belong, joining what they connect.</summary>
    /// <returns>Whether nothing was known of the vulnerability before.</returns>
    public bool Take(SourceDocument document, Instant now)
    {
        var found = document.Ids.Select(_byId.GetValueOrDefault).OfType<AdvisoryGroup>().Distinct().ToList();
        var group = found.FirstOrDefault() ?? new AdvisoryGroup();
        foreach (var other in found.Skip(1)) group.Absorb(other);
        group.Put(document, now);
        if (document.OtherName is { } name && _byId.GetValueOrDefault(name, group) == group) group.Ids.TryAdd(name, null);
        foreach (var id in group.Ids.Keys) _byId[id] = group;
        return found.Count == 0;
    }
}
