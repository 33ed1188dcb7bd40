using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Keeps the states that a batch replaces, with one look at what is kept of them already.</summary>
internal sealed class RevisionArchive
{
    private readonly OwnershipDb _db;
    private readonly Dictionary<(string Resource, Instant From), RevisionRow> _rows;

    private RevisionArchive(OwnershipDb db, Dictionary<(string Resource, Instant From), RevisionRow> rows) => (_db, _rows) = (db, rows);

    public static async Task<RevisionArchive> OpenAsync(OwnershipDb db, IEnumerable<IDated> resources, CancellationToken ct)
    {
        var names = resources.Where(resource => resource.HasRevisions).Select(resource => resource.Name).ToArray();
        var rows = names.Length == 0 ? [] : await db.Revisions.AsTracking().Where(row => names.Contains(row.Resource)).ToListAsync(ct);
        return new RevisionArchive(db, rows.ToDictionary(row => (row.Resource, row.From)));
    }

    /// <summary>Keeps the present state as one that held until now; one that began only now never held.</summary>
    public void Keep(IDated resource, Instant now)
    {
        if (resource.EffectiveFrom >= now) return;
        resource.HasRevisions = true;
        if (_rows.TryGetValue((resource.Name, resource.EffectiveFrom), out var row)) row.Content = resource.Content;
        else _db.Revisions.Add(new RevisionRow { Resource = resource.Name, From = resource.EffectiveFrom, Content = resource.Content });
    }
}
