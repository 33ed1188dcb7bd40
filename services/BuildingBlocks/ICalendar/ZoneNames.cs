using NodaTime;
using NodaTime.TimeZones;

namespace Governance.BuildingBlocks.ICalendar;

/// <summary>
/// What a calendar's TZIDs mean, as zones of the IANA database: its own rules for them are not read, for they are a copy that
/// grows old. IANA's names, also behind a vendor's prefix; the names that Windows gives zones; and what a VTIMEZONE calls itself
/// in X-LIC-LOCATION.
/// </summary>
public sealed class ZoneNames
{
    private static readonly Dictionary<string, string> Known =
        DateTimeZoneProviders.Tzdb.Ids.GroupBy(id => id, StringComparer.OrdinalIgnoreCase).ToDictionary(
            ids => ids.Key, ids => ids.First(), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> OfWindows =
        new(TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _locations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _described = new(StringComparer.Ordinal);

    /// <param name="calendar">A VCALENDAR, for the VTIMEZONEs in it.</param>
    public ZoneNames(CalendarComponent calendar)
    {
        foreach (var zone in calendar.Children.Where(child => child.Kind == "VTIMEZONE"))
        {
            _described.Add(zone.Value("TZID"));
            if (zone.Value("X-LIC-LOCATION") is { Length: > 0 } location) _locations[zone.Value("TZID")] = location;
        }
    }

    /// <summary>The zone's IANA name; otherwise says what is wrong.</summary>
    /// <param name="tzid">As a property's parameter has it.</param>
    /// <param name="reason">What is wrong; empty when nothing is.</param>
    public string? Resolve(string tzid, out string reason)
    {
        reason = "";
        var id = tzid.Trim();
        if (Find(id) is { } zone) return zone;
        if (_locations.TryGetValue(id, out var location) && Find(location) is { } located) return located;
        reason = _described.Contains(id)
            ? $"zone '{id}' is described by rules of its own (VTIMEZONE), and named neither as IANA nor as Windows names zones"
            : $"zone '{id}' is none of the IANA database {DateTimeZoneProviders.Tzdb.VersionId} and none that Windows names";
        return null;
    }

    /// <summary>The IANA name of what is one, however it is written; null: it is none.</summary>
    public static string? Find(string id)
    {
        if (Known.TryGetValue(id, out var known)) return known;
        if (OfWindows.TryGetValue(id, out var meant) && Known.TryGetValue(meant, out var mapped)) return mapped;
        var parts = id.StartsWith('/') ? id.Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        for (var length = Math.Min(3, parts.Length - 1); length > 0; length--)
        {
            if (Known.TryGetValue(string.Join('/', parts[^length..]), out var suffix)) return suffix;
        }
        return null;
    }
}
