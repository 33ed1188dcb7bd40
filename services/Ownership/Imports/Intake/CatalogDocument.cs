using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Intake;

/// <summary>What is remembered of a document while it is imported, and what came of it.</summary>
internal sealed class CatalogDocument
{
    private const int MostListed = 1000;
    private readonly CatalogDuplicates _names = new();
    private readonly HashSet<string> _spoken = new(StringComparer.Ordinal);
    private readonly List<RejectedRecord> _noted = [];
    private readonly Lock _turn = new();
    private int _notedCount;

    public ImportTally Tally { get; } = new();

    public List<PartyRecord> Parties { get; } = [];

    public List<UserRecord> Users { get; } = [];

    /// <summary>`parties/…` that own or do something.</summary>
    public HashSet<string> Owners { get; } = new(StringComparer.Ordinal);

    /// <summary>By component, those that say of themselves that it depends on them.</summary>
    public Dictionary<string, SortedSet<string>> Dependents { get; } = new(StringComparer.Ordinal);

    /// <summary>What was deleted; a batch that is tried again names the same.</summary>
    public HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

    /// <summary>The owners that were created.</summary>
    public HashSet<string> Implied { get; } = new(StringComparer.Ordinal);

    public bool HasEntities => _names.Count > 0;

    /// <summary>Whether the document still lists it, or seems to.</summary>
    public bool Lists(string name) => _names.Has(name) || Owners.Contains(name) || _spoken.Contains(name[(name.IndexOf('/') + 1)..]);

    /// <summary>Sorts what is read: components, systems and APIs go on, the others are kept for later or reported.</summary>
    public async IAsyncEnumerable<CatalogRecord> ReadAsync(
        IAsyncEnumerable<CatalogRecord> records, IReadOnlySet<string> areas, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var record in _names.RefuseAsync(records, ct))
        {
            if (record is ComponentRecord component && component.Assignments.FirstOrDefault(one => !areas.Contains(one.Area)) is { } lost)
            {
                Tally.Reject(record.Position, record.Subject, $"there is no area '{lost.Area}'");
            }
            else if (Keep(record))
            {
                yield return record;
            }
        }
    }

    public void Note(CatalogRecord record, string reason)
    {
        lock (_turn)
        {
            _notedCount++;
            if (_noted.Count < MostListed)
            {
                _noted.Add(new RejectedRecord { Position = record.Position, Id = record.Subject, Reason = reason });
            }
        }
    }

    public async Task<ImportCatalogResponse> ToResponseAsync(
        IDbContextFactory<OwnershipDb> databases, CatalogScope scope, bool validateOnly, CancellationToken ct)
    {
        var summary = Tally.ToSummary();
        var response = new ImportCatalogResponse
        {
            Created = summary.Created,
            Updated = summary.Updated,
            Unchanged = summary.Unchanged,
            Rejected = { summary.Rejected },
            RejectedCount = summary.RejectedCount,
            Removed = Removed.Count,
            Noted = { _noted },
            NotedCount = _notedCount,
            ImpliedParties = Implied.Count,
        };
        if (validateOnly) return response;
        await using var db = await databases.CreateDbContextAsync(ct);
        var (dangling, count) = await DanglingRelations.OfAsync(db, scope, MostListed, ct);
        response.Dangling.Add(dangling);
        response.DanglingCount = count;
        return response;
    }

    /// <returns>Whether it is kept at once.</returns>
    private bool Keep(CatalogRecord record)
    {
        switch (record)
        {
            case RefusedRecord refused:
                _spoken.UnionWith(refused.Speaks);
                Tally.Reject(refused.Position, refused.Subject, refused.Reason);
                return false;
            case NotedRecord noted:
                Note(noted, noted.Reason);
                return false;
            case PartyRecord party:
                Parties.Add(party);
                return false;
            case UserRecord user:
                Users.Add(user);
                return false;
            default:
                return true;
        }
    }
}
