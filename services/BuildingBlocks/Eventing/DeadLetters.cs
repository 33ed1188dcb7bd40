using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Keeps what this service could not handle, and tries it again when an operator asks.</summary>
internal sealed partial class DeadLetters<TDb>(
    IDbContextFactory<TDb> databases, WriteLock writeLock, Inbox<TDb> inbox, ServiceEntry service, ILogger<DeadLetters<TDb>> log)
    where TDb : GovernanceDbContext
{
    public async Task<DeliveryAnswer> KeepAsync(ReadOnlyMemory<byte> envelope, CancellationToken ct)
    {
        var letter = ToLetter(envelope);
        using var turn = await writeLock.EnterAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Inbox.AnyAsync(row => row.EventId == letter.EventId, ct)) return DeliveryAnswer.Success;
        if (await db.DeadLetters.AnyAsync(row => row.EventId == letter.EventId, ct)) return DeliveryAnswer.Success;
        db.DeadLetters.Add(letter);
        await db.SaveChangesAsync(ct);
        Kept(log, letter.Type, letter.Subject, letter.EventId);
        return DeliveryAnswer.Success;
    }

    public async Task<ResendDeadLettersResponse> ResendAsync(IReadOnlyCollection<string> eventIds, CancellationToken ct)
    {
        var answer = new ResendDeadLettersResponse();
        foreach (var id in await ChosenAsync(eventIds, ct))
        {
            if (await ResendAsync(id, ct)) answer.Handled++;
            else answer.Failed++;
        }

        return answer;
    }

    private async Task<List<string>> ChosenAsync(IReadOnlyCollection<string> eventIds, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.DeadLetters
            .Where(row => eventIds.Count == 0 || eventIds.Contains(row.EventId))
            .OrderBy(row => row.ReceiveTime)
            .Select(row => row.EventId)
            .ToListAsync(ct);
    }

    private async Task<bool> ResendAsync(string id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(row => row.EventId == id, ct) is not { } letter) return false;
        if (await inbox.DeliverAsync(letter.Topic, letter.Envelope, ct) != DeliveryAnswer.Success) return false;
        using var turn = await writeLock.EnterAsync(ct);
        await db.DeadLetters.Where(row => row.EventId == id).ExecuteDeleteAsync(ct);
        return true;
    }

    private DeadLetterRow ToLetter(ReadOnlyMemory<byte> envelope)
    {
        var bytes = envelope.ToArray();
        try
        {
            var read = CloudEvent.Read(envelope);
            return new DeadLetterRow
            {
                EventId = read.Id,
                Topic = inbox.TopicOf(read),
                Type = read.Type,
                Subject = read.Subject,
                Envelope = bytes,
                ReceiveTime = SystemTime.Now,
                Reason = inbox.LastFaultOf(read.Id),
            };
        }
        catch (FormatException fault)
        {
            return new DeadLetterRow
            {
                EventId = "unreadable-" + Digests.Of(bytes)[..16],
                Topic = service.DeadTopic,
                Type = "",
                Subject = "",
                Envelope = bytes,
                ReceiveTime = SystemTime.Now,
                Reason = fault.Message,
            };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Kept the dead letter {Type} of {Subject} ({EventId})")]
    private static partial void Kept(ILogger log, string type, string subject, string eventId);
}
