using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>
/// Opens and closes gaps where something changed or a date came, subject by subject, a few hundred at a time: facts are read outside of
/// the write lock, and what follows from them is settled in one short commit. A change meanwhile leaves a mark of its own.
/// </summary>
internal sealed class GapKeeper(IDbContextFactory<OwnershipDb> databases, Writes<OwnershipDb> writes, TrailEnds ends)
{
    private const int BatchSize = 300;

    /// <summary>A look ends after so many, so that planned changes take effect in between.</summary>
    private const int MostBatches = 20;

    private readonly GapSpreads _spreads = new(databases, writes);
    private readonly GapNotes _notes = new(ends, writes);
    private readonly PartyShelf _shelf = new();
    private long _checks;

    /// <summary>How many subjects were looked at since the start.</summary>
    public long Checks => Interlocked.Read(ref _checks);

    /// <summary>Works off what is due. Parties wait until no component does: during an import they would be due again and again.</summary>
    public async Task LookAsync(Instant now, CancellationToken ct)
    {
        await _notes.MarkAsync(now, ct);
        for (var batches = 0; batches < MostBatches; batches++)
        {
            var spread = await _spreads.StepAsync(now, ct);
            if (await CheckAsync(MarkKind.Component, now, ct) == BatchSize || spread) continue;
            if (batches > 0 || await CheckAsync(MarkKind.Party, now, ct) < BatchSize) return;
        }
    }

    /// <returns>How many were due.</returns>
    private async Task<int> CheckAsync(MarkKind kind, Instant now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var batch = await GapBatch.TakeAsync(db, kind, BatchSize, now, ct);
        if (batch.Due.Count == 0) return 0;
        var looked = kind == MarkKind.Component ? await ComponentsAsync(db, batch, now, ct) : await PartiesAsync(db, batch, now, ct);
        for (var more = true; more;)
        {
            more = await writes.RunAsync(
                "CheckGaps",
                async (unit, token) =>
                {
                    // A full batch is one of many: an import's, and nobody waits for the single gap.
                    if (batch.Due.Count == BatchSize) unit.PublishLater();
                    var rest = await new GapLedger(unit).SettleAsync(looked, token);
                    if (!rest) await batch.DoneAsync(unit, looked, token);
                    return rest;
                },
                ct);
        }

        Interlocked.Add(ref _checks, looked.Count);
        return batch.Due.Count;
    }

    private async Task<List<Looked>> ComponentsAsync(OwnershipDb db, GapBatch batch, Instant now, CancellationToken ct)
    {
        var reader = new ComponentReader(db, new PartyReader(db, _shelf));
        var all = await reader.ReadAsync(batch.Due.ToDictionary(due => due.Subject, due => due.Asked), batch.RangeUntil(now), ct);
        var due = batch.Due.ToDictionary(one => one.Subject);
        return
        [
            .. all.Select(facts =>
                Looked.At(due[facts.Name], ComponentRules.Evaluate(facts, now), Severities.OfTier(facts.States?.At(now)?.Tier ?? 0))),
        ];
    }

    private async Task<List<Looked>> PartiesAsync(OwnershipDb db, GapBatch batch, Instant now, CancellationToken ct)
    {
        var all = await new PartyCaseReader(db, _shelf).ReadAsync([.. batch.Due.Select(due => due.Subject)], batch.RangeUntil(now), ct);
        var due = batch.Due.ToDictionary(one => one.Subject);
        return [.. all.Select(facts => Looked.At(due[facts.Party.Name], PartyRules.Evaluate(facts, now), null))];
    }
}
