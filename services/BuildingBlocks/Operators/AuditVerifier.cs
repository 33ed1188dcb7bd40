using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Operators;

/// <summary>Reads the whole chain and proves it, entry by entry, against the ledger and against what neighbours kept.</summary>
internal static class AuditVerifier
{
    public static async Task<VerifyAuditResponse> VerifyAsync(GovernanceDbContext db, string service, CancellationToken ct)
    {
        // What is appended while this reads is not looked at.
        var ledger = await db.Ledger.AsNoTracking().SingleAsync(ct);
        var heads =
            (await db.AuditHeads.AsNoTracking().Where(head => head.Service == service).ToListAsync(ct)).ToLookup(head => head.Sequence);
        var answer = new VerifyAuditResponse { Intact = true, HeadsCompared = heads.Sum(same => same.Count()) };
        var previous = AuditChain.Genesis;
        var entries =
            db.AuditEntries.AsNoTracking().Where(entry => entry.Sequence <= ledger.AuditSequence).OrderBy(entry => entry.Sequence);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
        {
            answer.Entries++;
            if (Problem(entry, answer.Entries, previous, heads[entry.Sequence]) is { } problem)
            {
                return Broken(answer, answer.Entries, problem);
            }
            previous = entry.Hash;
        }

        if (answer.Entries != ledger.AuditSequence || previous != ledger.AuditHead)
        {
            return Broken(
                answer, answer.Entries + 1, $"The ledger says {ledger.AuditSequence} entries; the last ones are missing or replaced.");
        }
        if (heads.FirstOrDefault(same => same.Key > answer.Entries) is { } beyond)
        {
            return Broken(
                answer, answer.Entries + 1, $"{beyond.First().Keeper} keeps a head at entry {beyond.Key}, which is missing here.");
        }
        return answer;
    }

    private static string? Problem(AuditRow entry, long expected, string previous, IEnumerable<AuditHeadRow> heads)
    {
        if (entry.Sequence != expected) return $"Entry {expected} is missing.";
        if (entry.PreviousHash != previous) return "It does not follow the entry before it.";
        if (AuditChain.HashOf(entry) != entry.Hash) return "Its content does not match its hash.";
        return heads.FirstOrDefault(head => head.Hash != entry.Hash) is { } head
            ? $"{head.Keeper} keeps another hash for it."
            : null;
    }

    private static VerifyAuditResponse Broken(VerifyAuditResponse answer, long sequence, string problem)
    {
        (answer.Intact, answer.FirstBrokenSequence, answer.Problem) = (false, sequence, problem);
        return answer;
    }
}
