using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>Keeps the situations of a resource in line with its state. What is over is not told any more, in the same commit.</summary>
internal static class SituationBook
{
    public const string Over = "It was over before it was sent.";

    /// <param name="db">The write's database.</param>
    /// <param name="source">The resource.</param>
    /// <param name="facts">All that holds or will; empty when nothing does.</param>
    /// <param name="now">The business clock's.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task ReplaceAsync(
        OwnershipDb db, string source, IReadOnlyList<SituationFacts> facts, Instant now, CancellationToken ct)
    {
        var rows = await db.Situations.AsTracking().Where(row => row.Source == source).ToListAsync(ct);
        foreach (var ended in Replace(db, rows, source, facts, now))
        {
            if (await Others(db, ended, source).AnyAsync(ct)) continue;
            foreach (var notification in await Unsent(db, ended).ToListAsync(ct)) notification.Suppress(Over);
            db.Escalations.RemoveRange(await Escalations(db, ended).ToListAsync(ct));
        }
    }

    /// <summary>As <see cref="ReplaceAsync"/>, for what follows from a save and cannot wait.</summary>
    public static void Replace(OwnershipDb db, string source, IReadOnlyList<SituationFacts> facts, Instant now)
    {
        foreach (var ended in Replace(db, [.. db.Situations.AsTracking().Where(row => row.Source == source)], source, facts, now))
        {
            if (Others(db, ended, source).Any()) continue;
            foreach (var notification in Unsent(db, ended).ToList()) notification.Suppress(Over);
            db.Escalations.RemoveRange(Escalations(db, ended).ToList());
        }
    }

    private static List<Ended> Replace(
        OwnershipDb db, List<Situation> rows, string source, IReadOnlyList<SituationFacts> facts, Instant now)
    {
        var ended = new List<Ended>();
        foreach (var row in rows)
        {
            var held = new Ended(row.Subject, row.Occasion, row.Key);
            var still = facts.FirstOrDefault(one => one.Occasion == row.Occasion && one.Aspect == row.Aspect);
            if (still is null || !row.IsSameAs(still)) ended.Add(held);
            if (still is null) db.Situations.Remove(row);
            else row.Take(still, now);
        }

        var added = facts.Where(one => !rows.Exists(row => row.Occasion == one.Occasion && row.Aspect == one.Aspect));
        db.Situations.AddRange(added.Select(one => Situation.Of(source, one, now)));
        return ended;
    }

    /// <summary>An exception covers several remediations: it ends once, when the last of them says so.</summary>
    private static IQueryable<Situation> Others(OwnershipDb db, Ended ended, string source) => db.Situations.Where(row =>
        row.Subject == ended.Subject && row.Occasion == ended.Occasion && row.Key == ended.Key && row.Source != source);

    private static IQueryable<Notification> Unsent(OwnershipDb db, Ended ended) => db.Notifications.AsTracking().Where(row =>
        row.Subject == ended.Subject && row.Occasion == ended.Occasion && row.Key == ended.Key && row.NextAttempt != null);

    private static IQueryable<PendingEscalation> Escalations(OwnershipDb db, Ended ended) => db.Escalations.AsTracking().Where(row =>
        row.Subject == ended.Subject && row.Occasion == ended.Occasion && row.Key == ended.Key);

    private sealed record Ended(string Subject, V1.NotificationRule.Types.Occasion Occasion, string Key);
}
