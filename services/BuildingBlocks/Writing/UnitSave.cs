using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Writing;

/// <summary>What happens between the work and its one save: events, audit entries and approval records join the effect.</summary>
internal sealed class UnitSave(OutboxWriter outbox)
{
    /// <summary>The tracker is up to date, and looks for changes by itself again when this is done.</summary>
    public async Task PrepareAsync(WriteUnit unit, CancellationToken ct)
    {
        var tracker = unit.Context.ChangeTracker;
        await KeepAllAsync(unit, ct);
        foreach (var raised in unit.Raised) outbox.Add(unit, raised);
        Audit(unit);
        tracker.DetectChanges();
        TextLengths.Check(unit.Context);
        if (unit.NewRows.Any || tracker.HasChanges()) unit.Ledger.Sequence = unit.Sequence;
        tracker.AutoDetectChangesEnabled = true;
    }

    private static async Task ApproveAsync(WriteUnit unit, Aggregate aggregate, CancellationToken ct)
    {
        if (aggregate is not IApprovable approvable) return;
        var record = approvable.ToApprovalRecord();
        record.Resource = aggregate.Name;
        record.Violations.Clear();
        record.Violations.AddRange(SeparationOfDuties.Violations(record));
        var row = await unit.Context.ApprovalRecords.FindAsync([aggregate.Name], ct);
        if (row is null) unit.Context.ApprovalRecords.Add(row = new ApprovalRow { Resource = aggregate.Name, Record = [] });
        row.Record = record.ToByteArray();
        row.Violations = record.Violations.Count;
        row.UpdateTime = unit.Now;
    }

    private static void Audit(WriteUnit unit)
    {
        if (unit.Scope.Batch is { } batch && unit.Notes.Count > 0)
        {
            var after = Digests.Of(string.Join('\n', unit.Notes.Select(note => $"{note.Resource} {note.After}")));
            unit.Notes.Clear();
            unit.Notes.Add(new AuditNote(batch, "", after));
        }

        foreach (var note in unit.Notes) Append(unit, note);
    }

    private static void Append(WriteUnit unit, AuditNote note)
    {
        var ledger = unit.Ledger;
        var row = new AuditRow
        {
            Sequence = ++ledger.AuditSequence,
            Time = unit.Now,
            Principal = unit.Caller.Principal,
            Person = unit.Caller.Person,
            Roles = string.Join(',', unit.Scope.Roles),
            Action = unit.Scope.Action,
            Resource = note.Resource,
            BeforeDigest = note.Before,
            AfterDigest = note.After,
            Reason = unit.Reason,
            CorrelationId = unit.Scope.CorrelationId,
            Duty = note.Duty?.ToString().ToUpperInvariant() ?? "",
            PreviousHash = ledger.AuditHead,
            Hash = "",
        };
        ledger.AuditHead = row.Hash = AuditChain.HashOf(row);
        unit.Context.AuditEntries.Add(row);
    }

    private async Task KeepAllAsync(WriteUnit unit, CancellationToken ct)
    {
        var said = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = unit.Notes.Count - 1; i >= 0; i--)
        {
            if (unit.Notes[i].After.Length == 0) said[unit.Notes[i].Resource] = i;
        }
        foreach (var entry in unit.Context.ChangeTracker.Entries<Aggregate>().ToList())
        {
            if (entry.State is EntityState.Added or EntityState.Modified) await KeepAsync(unit, entry.Entity, said, ct);
            else if (entry.State is EntityState.Deleted) Erase(unit, entry.Entity, said);
        }

        foreach (var aggregate in unit.NewRows.Aggregates.ToList()) await KeepAsync(unit, aggregate, said, ct);
    }

    private async Task KeepAsync(WriteUnit unit, Aggregate aggregate, Dictionary<string, int> said, CancellationToken ct)
    {
        var change = aggregate.Change
            ?? throw new InvalidOperationException($"{aggregate.Name} was changed by a verb that does not call Changed.");
        var before = aggregate.StateDigest;
        var digest = aggregate.Digest();
        if (aggregate.Event() is { } stateEvent)
        {
            outbox.Add(unit, new RaisedEvent(aggregate.Name, stateEvent, change, aggregate.Version, aggregate.IsDeleted));
        }
        Note(unit, new AuditNote(aggregate.Name, before, digest), said);
        await ApproveAsync(unit, aggregate, ct);
        aggregate.Saved(digest);
    }

    private void Erase(WriteUnit unit, Aggregate aggregate, Dictionary<string, int> said)
    {
        var version = aggregate.Version + 1;
        if (aggregate.Event() is { } stateEvent)
        {
            outbox.Add(unit, new RaisedEvent(aggregate.Name, stateEvent, "DELETED", version, Deleted: true));
            unit.Context.Tombstones.Add(new TombstoneRow
            {
                Subject = aggregate.Name,
                EventType = stateEvent.Descriptor.FullName,
                Event = stateEvent.ToByteArray(),
                Version = version,
                DeleteTime = unit.Now,
            });
        }

        Note(unit, new AuditNote(aggregate.Name, aggregate.StateDigest, ""), said);
    }

    /// <summary>A duty that the work recorded for the same resource belongs to the same entry.</summary>
    private static void Note(WriteUnit unit, AuditNote note, Dictionary<string, int> said)
    {
        if (said.TryGetValue(note.Resource, out var at)) unit.Notes[at] = note with { Duty = unit.Notes[at].Duty };
        else unit.Notes.Add(note);
    }
}
