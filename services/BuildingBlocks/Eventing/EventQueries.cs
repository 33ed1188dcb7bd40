using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>The state of a service's events, for operators.</summary>
internal static class EventQueries
{
    private const int MostLetters = 100;

    public static async Task<EventStatus> StatusAsync(GovernanceDbContext db, CancellationToken ct)
    {
        var ledger = await db.Ledger.AsNoTracking().SingleAsync(ct);
        var waiting = db.Outbox.AsNoTracking().Where(row => !row.Parked);
        var oldest = await waiting.OrderBy(row => row.Sequence).Select(row => (NodaTime.Instant?)row.CommitTime).FirstOrDefaultAsync(ct);
        var status = new EventStatus
        {
            Epoch = ledger.Epoch,
            Handled = ledger.Handled,
            LastHandledTime = ledger.LastHandledTime?.ToTimestamp(),
            OutboxDepth = await waiting.CountAsync(ct),
            OutboxAge = (oldest is { } since ? SystemTime.Now - since : NodaTime.Duration.Zero).ToProto(),
            Parked = await db.Outbox.CountAsync(row => row.Parked, ct),
            DeadLetters = await db.DeadLetters.CountAsync(ct),
        };
        var letters = await db.DeadLetters.AsNoTracking().OrderByDescending(row => row.ReceiveTime).Take(MostLetters).ToListAsync(ct);
        status.Letters.AddRange(letters.Select(ToProto));
        return status;
    }

    private static DeadLetter ToProto(DeadLetterRow row) => new()
    {
        EventId = row.EventId,
        Topic = row.Topic,
        Type = row.Type,
        Subject = row.Subject,
        ReceiveTime = row.ReceiveTime.ToTimestamp(),
        Reason = row.Reason,
    };
}
