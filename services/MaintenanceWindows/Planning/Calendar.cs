using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>
/// The calendar in memory. Each question first asks the database for the stamp of the last commit and loads what is newer,
/// so that no answer is older than the last change that was committed when the question arrived (docs/adr/0008).
/// </summary>
internal sealed class Calendar(IDbContextFactory<WindowsDb> databases, LastStamp last)
{
    private static readonly Func<WindowsDb, CancellationToken, Task<long>> NewestStamp = EF.CompileAsyncQuery(
        (WindowsDb db, CancellationToken ct) =>
            db.CalendarChanges.OrderByDescending(row => row.Stamp).Select(row => row.Stamp).FirstOrDefault());

    private readonly Lock _turn = new();
    private readonly SemaphoreSlim _first = new(1, 1);
    private volatile Held? _held;

    /// <summary>The calendar as of now, outside of writes.</summary>
    public async Task<CalendarSnapshot> NowAsync(CancellationToken ct)
    {
        if (_held is { } held && held.Stamp == await last.ReadAsync(ct)) return held.Snapshot;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (_held is not null) return Keep(await RefreshAsync(db, ct)).Snapshot;
        await _first.WaitAsync(ct); // a first load is long: once is enough
        try
        {
            return Keep(await RefreshAsync(db, ct)).Snapshot;
        }
        finally
        {
            _first.Release();
        }
    }

    /// <summary>
    /// The calendar as the write sees it: every earlier commit, nothing of its own. Under the write lock nobody else
    /// commits, so it stays right until the write ends.
    /// </summary>
    public async Task<CalendarSnapshot> InAsync(WriteUnit<WindowsDb> unit, CancellationToken ct)
    {
        var seen = await RefreshAsync(unit.Db, ct);
        unit.AfterCommit(() => Keep(seen));
        return seen.Snapshot;
    }

    private async Task<Held> RefreshAsync(WindowsDb db, CancellationToken ct)
    {
        var held = _held;
        var stamp = await NewestStamp(db, ct);
        if (held is not null && held.Stamp == stamp) return held;
        var seen = held is null || stamp < held.Stamp || await IsTooOldAsync(db, held, ct)
            ? new Held(await CalendarLoader.LoadAsync(db, ct), stamp)
            : held;
        for (var last = await NewestStamp(db, ct); ; last = await NewestStamp(db, ct))
        {
            if (seen.Stamp == last) return seen;
            var from = seen.Stamp;
            var names = await db.CalendarChanges.AsNoTracking()
                .Where(row => row.Stamp > from && row.Stamp <= last)
                .Select(row => row.Name)
                .Distinct()
                .ToListAsync(ct);
            seen = new(await CalendarLoader.ApplyAsync(db, seen.Snapshot, names, ct), last);
        }
    }

    private static async Task<bool> IsTooOldAsync(WindowsDb db, Held held, CancellationToken ct) =>
        await db.CalendarChanges.MinAsync(row => row.Stamp, ct) > held.Stamp + 1;

    private Held Keep(Held seen)
    {
        lock (_turn)
        {
            if (_held is null || _held.Stamp < seen.Stamp || IsRestored(seen)) _held = seen;
        }
        return seen;
    }

    /// <summary>After a restore of the database stamps begin lower again; a difference that large is no race.</summary>
    private bool IsRestored(Held seen) => _held is { } held && held.Stamp > seen.Stamp + 10_000;

    private sealed record Held(CalendarSnapshot Snapshot, long Stamp);
}
