using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;

namespace Governance.MaintenanceWindows.Reevaluation;

/// <summary>
/// Whatever decides when a change may start raises the calendar's stamp and has bookings looked at again, in the same commit;
/// bookings raise the stamp. A copy that only took over a version, as in a republish, decides nothing new.
/// </summary>
internal sealed class CalendarFollower : IFollow<WindowsDb>
{
    public Task FollowAsync(WriteUnit<WindowsDb> unit, Changes changes, CancellationToken ct)
    {
        string[] causes =
        [
            .. changes.Of<ICalendarPart>()
                .Where(change => change.Subject is not Copy || change.IsNews)
                .Select(change => change.Subject.Name)
                .Distinct(),
        ];
        string[] changed = [.. causes.Union(changes.Of<Booking>().Select(change => change.Subject.Name))];
        if (changed.Length == 0) return Task.CompletedTask;
        var stamp = unit.BumpStamp();
        unit.InsertRange(changed.Select(name => new CalendarChangeRow { Stamp = stamp, Name = name, CommitTime = unit.Now }));
        unit.InsertRange(causes.Select(cause =>
            new ReevaluationRow { Sequence = unit.Sequence, Cause = cause, CommitTime = unit.Now }));
        return Task.CompletedTask;
    }
}
