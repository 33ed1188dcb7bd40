using Governance.BuildingBlocks.Calendars;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Deadlines;

/// <summary>The calendars that a policy counts by, ready to count.</summary>
internal sealed class CalendarSet(IReadOnlyDictionary<string, BusinessCalendar> calendars)
{
    public static readonly CalendarSet Empty = new(new Dictionary<string, BusinessCalendar>());

    private readonly Dictionary<string, BusinessDays> _days =
        calendars.ToDictionary(one => one.Key, one => new BusinessDays(one.Value), StringComparer.Ordinal);

    /// <param name="id">The calendar's id; it is one of the set.</param>
    public BusinessDays this[string id] => _days[id];

    public static async Task<CalendarSet> LoadAsync(PatchingDb db, IEnumerable<string> ids, CancellationToken ct)
    {
        var asked = ids.ToArray();
        if (asked.Length == 0) return Empty;
        var rows = await db.Calendars.AsNoTracking().Where(one => asked.Contains(one.Id)).ToListAsync(ct);
        return new CalendarSet(rows.ToDictionary(one => one.Id, one => one.Terms));
    }
}
