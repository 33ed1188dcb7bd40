using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>
/// The stamp of the last commit that touched the calendar. Every question asks for it, so it is read by a prepared command
/// on a connection that stays open; what is not in use holds no transaction.
/// </summary>
internal sealed class LastStamp(IDbContextFactory<WindowsDb> databases) : IDisposable
{
    private const int MostIdle = 16;

    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _isDisposed;

    /// <returns>0 where nothing was committed yet.</returns>
    public async ValueTask<long> ReadAsync(CancellationToken ct)
    {
        if (!_idle.TryTake(out var reader)) return await ReadAsync(await Reader.OpenAsync(databases, ct), ct);
        try
        {
            return await ReadAsync(reader, ct);
        }
        catch (DbException)
        {
            // The server may have closed an idle connection.
            return await ReadAsync(await Reader.OpenAsync(databases, ct), ct);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private async ValueTask<long> ReadAsync(Reader reader, CancellationToken ct)
    {
        var isSound = false;
        try
        {
            var stamp = await reader.Command.ExecuteScalarAsync(ct);
            isSound = true;
            return stamp is long last ? last : 0;
        }
        finally
        {
            if (isSound && _idle.Count < MostIdle) _idle.Add(reader);
            else reader.Dispose();
            if (_isDisposed) Dispose();
        }
    }

    private sealed record Reader(WindowsDb Db, DbCommand Command) : IDisposable
    {
        public static async Task<Reader> OpenAsync(IDbContextFactory<WindowsDb> databases, CancellationToken ct)
        {
            var db = await databases.CreateDbContextAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            var command = db.CalendarChanges.OrderByDescending(row => row.Stamp).Select(row => row.Stamp).Take(1).CreateDbCommand();
            if (command.Connection!.State == ConnectionState.Open) await command.PrepareAsync(ct);
            return new Reader(db, command);
        }

        public void Dispose()
        {
            Command.Dispose();
            Db.Dispose();
        }
    }
}
