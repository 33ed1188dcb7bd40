using NodaTime;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>An RFC 5545 calendar. The same events give the same octets.</summary>
internal static class FeedDocument
{
    private static readonly Duration Margin = Duration.FromDays(400);

    public static string Write(string title, IReadOnlyList<FeedEvent> events, Interval span)
    {
        var lines = new ContentLines();
        lines.Begin("VCALENDAR");
        lines.Raw("VERSION", "2.0");
        lines.Raw("PRODID", "-//Governance//MaintenanceWindows//EN");
        lines.Raw("CALSCALE", "GREGORIAN");
        lines.Raw("METHOD", "PUBLISH");
        lines.Text("NAME", title);
        lines.Text("X-WR-CALNAME", title);
        lines.Raw("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        lines.Raw("X-PUBLISHED-TTL", "PT15M");
        foreach (var alike in events.Where(one => IsWritten(one.Zone)).GroupBy(one => one.Zone!).OrderBy(
            zone => zone.Key.Id, StringComparer.Ordinal))
        {
            ZoneComponent.Write(
                lines, alike.Key, new Interval(Instant.Min(span.Start, alike.Min(one => one.Start)) - Margin, span.End + Margin));
        }
        foreach (var one in events) Write(lines, one);
        lines.End("VCALENDAR");
        return lines.ToString();
    }

    private static void Write(ContentLines lines, FeedEvent one)
    {
        var entry = one.Entry;
        lines.Begin("VEVENT");
        lines.Text("UID", entry.Uid(one.Part));
        lines.Raw("DTSTAMP", ContentLines.Utc(entry.UpdateTime));
        lines.Raw("CREATED", ContentLines.Utc(entry.CreateTime));
        lines.Raw("LAST-MODIFIED", ContentLines.Utc(entry.UpdateTime));
        lines.Raw("SEQUENCE", entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        WriteTimes(lines, one);
        lines.Text("SUMMARY", entry.Summary);
        lines.TextIfAny("DESCRIPTION", entry.Description);
        lines.Texts("CATEGORIES", entry.Categories);
        lines.Raw("STATUS", entry.Status);
        lines.Raw("TRANSP", entry.Busy ? "OPAQUE" : "TRANSPARENT");
        lines.End("VEVENT");
    }

    private static void WriteTimes(ContentLines lines, FeedEvent one)
    {
        var zone = IsWritten(one.Zone) ? one.Zone : null;
        var parameter = zone is null ? "" : $";TZID={zone.Id}";
        string Time(Instant instant) => zone is null ? ContentLines.Utc(instant) : ContentLines.Local(instant.InZone(zone).LocalDateTime);
        lines.Raw($"DTSTART{parameter}", Time(one.Start));
        lines.Raw($"DTEND{parameter}", Time(one.End));
        if (one.Rule.Length > 0) lines.Raw("RRULE", one.Rule);
        if (one.Exdates.Length > 0)
        {
            lines.Raw(
                $"EXDATE{parameter}", string.Join(',', one.Exdates.Select(time => ContentLines.Local(time) + (zone is null ? "Z" : ""))));
        }
        if (one.Rdates.Length > 0) lines.Raw("RDATE", string.Join(',', one.Rdates.Select(ContentLines.Utc)));
    }

    /// <summary>UTC needs no VTIMEZONE: its times are written with Z.</summary>
    private static bool IsWritten(DateTimeZone? zone) =>
        zone is not null && zone.MinOffset != zone.MaxOffset || zone is not null && zone.MinOffset != Offset.Zero;
}
