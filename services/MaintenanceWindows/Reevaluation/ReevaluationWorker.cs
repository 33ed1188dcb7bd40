using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using BookingState = Governance.Windows.V1.Booking.Types.State;

namespace Governance.MaintenanceWindows.Reevaluation;

/// <summary>
/// After a change of the calendar looks again at the bookings and demands that it may concern. The change left a row in its
/// own commit, so nothing is forgotten when the service stops in between.
/// </summary>
internal sealed partial class ReevaluationWorker(
    Writes<WindowsDb> writes,
    IDbContextFactory<WindowsDb> databases,
    Calendar calendar,
    BusinessClock clock,
    ILogger<ReevaluationWorker> log) : PollingWorker(TimeSpan.FromMilliseconds(150), log)
{
    private static readonly Duration WithoutDeadline = Duration.FromDays(14);
    private bool _prepared;
    private long _answered = -1;

    protected override async Task LookAsync(CancellationToken ct)
    {
        if (!_prepared) await NoticeZonesAsync(ct);
        _prepared = true;
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Reevaluations.AsNoTracking().OrderBy(row => row.Sequence).ThenBy(row => row.Cause).Take(500).ToListAsync(ct);
        if (rows.Count > 0) await ReevaluateAsync(rows, ct);
        await AnswerDemandsAsync(db, ct);
    }

    private async Task ReevaluateAsync(List<ReevaluationRow> rows, CancellationToken ct)
    {
        var (now, seen) = (clock.Now, await calendar.NowAsync(ct));
        var affected = rows.Select(row => row.Cause).Distinct()
            .SelectMany(cause => Concern.Affected(seen, cause, now))
            .Select(booking => booking.Name["bookings/".Length..])
            .Distinct()
            .ToList();
        if (affected.Count > 0) await DisplaceAsync(affected, ct);
        await AskAgainAsync(rows, ct);
        await writes.RunAsync("Reevaluate", (unit, token) => DoneAsync(unit, rows, token), ct);
    }

    /// <summary>Most looks end here: without the lock it is seen that everything fits. What does not is judged again under it.</summary>
    private async Task DisplaceAsync(List<string> ids, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var bookings = await LoadAsync(db, ids, ct);
        var displaced = new Displacement(await calendar.NowAsync(ct), bookings, clock.Now).Displaced().Any();
        if (displaced) await writes.RunAsync("Reevaluate", (unit, token) => MoveAsync(unit, ids, token), ct);
    }

    private async Task MoveAsync(WriteUnit<WindowsDb> unit, List<string> ids, CancellationToken ct)
    {
        var seen = await calendar.InAsync(unit, ct);
        var affected = await LoadAsync(unit.Db, ids, ct);
        var displaced = new Displacement(seen, affected.Where(booking => booking.PlannedStart >= unit.Now), unit.Now).Displaced().ToList();
        foreach (var (booking, reasons) in displaced)
        {
            var stays = !await MovesAsync(unit.Db, seen, booking, ct);
            var placement = stays ? new(null, [], []) : Next(seen, booking, unit.Now);
            if (placement.Slot is { } slot) booking.Move(slot, reasons, unit.Now);
            else booking.Unschedule(reasons, placement.Remedies, unit.Now);
            unit.Because(booking.Reason);
            seen = seen with
            {
                Bookings = booking.Status == BookingState.Confirmed
                ? seen.Bookings.Set(booking.ToFacts())
                : seen.Bookings.Remove(booking.Name)
            };
        }
    }

    /// <summary>Events overtake each other: a request that was refused because nobody had heard of its component is asked again.</summary>
    private async Task AskAgainAsync(List<ReevaluationRow> rows, CancellationToken ct)
    {
        string[] components =
            [.. rows.Select(row => row.Cause).Where(cause => cause.StartsWith("components/", StringComparison.Ordinal)).Distinct()];
        if (components.Length == 0) return;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Waiting(db, components).AnyAsync(ct))
        {
            await writes.RunAsync("Reevaluate", (unit, token) => AskAgainAsync(unit, components, token), ct);
        }
    }

    private async Task AskAgainAsync(WriteUnit<WindowsDb> unit, string[] components, CancellationToken ct)
    {
        var seen = await calendar.InAsync(unit, ct);
        var waiting = await Waiting(unit.Db, components).AsTracking().ToListAsync(ct);
        foreach (var booking in waiting.Where(booking => booking.Reasons.Any(reason => reason.Rule == "NO_WINDOW")))
        {
            if (BookingPlacement.Find(seen, booking, unit.Now).Slot is not { } slot) continue;
            booking.Confirm(slot, unit.Now);
            seen = seen with { Bookings = seen.Bookings.Set(booking.ToFacts()) };
        }
    }

    private static IQueryable<Booking> Waiting(WindowsDb db, string[] components) => db.Bookings.Where(booking =>
        booking.Status == BookingState.Refused
            && booking.BookingRequest != ""
            && booking.ComponentRows.Any(row => components.Contains(row.Component)));

    private static Placement Next(CalendarSnapshot calendar, Booking booking, Instant now)
    {
        var demand = booking.ToDemand();
        var from = booking.Terms.NotBefore is { } notBefore && notBefore > now ? notBefore : now;
        var deadline = booking.Terms.Deadline ?? (booking.PlannedEnd!.Value > now ? booking.PlannedEnd.Value : now) + WithoutDeadline;
        var answer = SlotFinder.Find(calendar, new(demand, from, deadline, now) { MaxSlots = 1 });
        return new(answer.Slots.Count > 0 ? answer.Slots[0] : null, [], answer.Remedies);
    }

    /// <summary>As the window says that it was booked in, also when that is retired now.</summary>
    private static async Task<bool> MovesAsync(WindowsDb db, CalendarSnapshot calendar, Booking booking, CancellationToken ct)
    {
        if (booking.Window.Length == 0) return true;
        if (calendar.Windows.Find(booking.Window) is { } window) return window.MovesDisplaced;
        var id = booking.Window["windows/".Length..];
        return await db.Windows.AsNoTracking()
            .Where(one => one.Id == id)
            .Select(one => !one.Terms.UnschedulesDisplaced)
            .SingleOrDefaultAsync(ct);
    }

    private static async Task<List<Booking>> LoadAsync(WindowsDb db, List<string> ids, CancellationToken ct)
    {
        var found = new List<Booking>();
        foreach (var some in ids.Chunk(200))
        {
            found.AddRange(await db.Bookings.AsTracking()
                .Where(booking => some.Contains(booking.Id) && booking.Status == BookingState.Confirmed)
                .ToListAsync(ct));
        }
        return found;
    }

    private static Task DoneAsync(WriteUnit<WindowsDb> unit, List<ReevaluationRow> rows, CancellationToken ct)
    {
        var last = rows[^1].Sequence;
        var causes = rows.Where(row => row.Sequence == last).Select(row => row.Cause).ToList();
        return unit.Db.Reevaluations.Where(row => row.Sequence < last || (row.Sequence == last && causes.Contains(row.Cause)))
            .ExecuteDeleteAsync(ct);
    }
}
