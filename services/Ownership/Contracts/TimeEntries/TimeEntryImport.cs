using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Contracts.TimeEntries;

/// <summary>Takes over entries: by their id where they have one, else those that are alike in everything are one.</summary>
internal static class TimeEntryImport
{
    /// <summary>The rows that can be read; the others are refused on the tally.</summary>
    public static async IAsyncEnumerable<TimeEntryRow> EntriesAsync(
        IAsyncEnumerable<SheetRow> rows, TimeEntryFields fields, ImportTally tally, [EnumeratorCancellation] CancellationToken cancel =
            default)
    {
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var (entry, reason) = row.Fault is null ? (fields.Read(row, out var reasons), reasons) : (null, row.Fault);
            if (entry is not null) yield return entry.Id.Length > 0 ? entry : Named(entry);
            else tally.Reject(row.Position, row[TimeEntryColumns.Id], reason);
        }
    }

    /// <summary>Brings the database's entries in line with a batch; what has changed is recorded, and saved by the caller.</summary>
    public static async Task<List<TimeEntryRow>> TakeAsync(
        OwnershipDb db, IReadOnlyList<TimeEntryRow> entries, ImportTally tally, CancellationToken ct)
    {
        var (contract, ids) = (entries[0].Contract, entries.Select(entry => entry.Id).Distinct().ToArray());
        var known = await db.TimeEntries.AsTracking()
            .Where(row => row.Contract == contract && EF.Parameter(ids).Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, ct);
        var changed = new List<TimeEntryRow>();
        foreach (var entry in entries)
        {
            if (!known.TryGetValue(entry.Id, out var row))
            {
                known.Add(entry.Id, entry);
                db.TimeEntries.Add(entry);
                tally.Created();
            }
            else if (row.Take(entry))
            {
                tally.Updated();
            }
            else
            {
                tally.Unchanged();
                continue;
            }

            changed.Add(known[entry.Id]);
        }

        return changed;
    }

    private static TimeEntryRow Named(TimeEntryRow entry) => new()
    {
        Contract = entry.Contract,
        Id = $"content-{entry.ContentDigest[..32]}",
        Day = entry.Day,
        Minutes = entry.Minutes,
        WorkType = entry.WorkType,
        Component = entry.Component,
        AfterHours = entry.AfterHours,
        Note = entry.Note,
    };
}
