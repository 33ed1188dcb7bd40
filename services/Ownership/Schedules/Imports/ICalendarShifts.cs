using NodaTime;

namespace Governance.Ownership.Schedules.Imports;

/// <summary>
/// Reads an on-call feed: each event is a shift of the person of its first ATTENDEE, or, without one, whom its SUMMARY names.
/// Cancelled events are left out; the later beginning of two that overlap wins.
/// </summary>
internal static class ICalendarShifts
{
    private const int Most = 5000;

    /// <param name="text">The document.</param>
    /// <param name="zone">Of local times without a zone, when the document names none.</param>
    /// <param name="from">What ended by then is left out.</param>
    /// <exception cref="FormatException">It is no iCalendar document, or holds too much.</exception>
    public static ImportedSchedule Read(string text, DateTimeZone zone, Instant from)
    {
        var document = ICalendarDocument.Read(text);
        var floating = DateTimeZoneProviders.Tzdb.GetZoneOrNull(document.Zone) ?? zone;
        var people = new Dictionary<string, ImportedPerson>(StringComparer.Ordinal);
        var (shifts, rejected) = (new List<Shift>(), new List<ImportReject>());
        foreach (var item in document.Events.Where(one => one.Get("STATUS")?.Value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) != true))
        {
            try
            {
                var person = Person(item);
                shifts.AddRange(Shifts(item, person.Key, floating).Where(shift => shift.Until > from));
                people.TryAdd(person.Key, person);
            }
            catch (FormatException fault)
            {
                rejected.Add(new ImportReject(item.Position, item.Id, fault.Message));
            }
        }

        if (shifts.Count > Most) throw new FormatException($"Has {shifts.Count} shifts; at most {Most} are allowed.");
        return new ImportedSchedule(new ScheduleTerms(floating, [], [.. shifts.OrderBy(shift => shift.From)], []), [.. people.Values], rejected);
    }

    private static IEnumerable<Shift> Shifts(ICalendarEvent item, string person, DateTimeZone floating)
    {
        var start = ICalendarTime.Read(item.Get("DTSTART") ?? throw new FormatException("It has no DTSTART."), floating);
        var end = item.Get("DTEND") is { } line ? ICalendarTime.Read(line, floating) : null;
        var (days, time) = item.Get("DURATION") is { } length ? ICalendarTime.ReadDuration(length.Value) : (start.IsDate ? 1 : 0, Duration.Zero);
        foreach (var offset in ICalendarRepeats.Offsets(item, start).ToList())
        {
            var begins = start.Local.PlusDays(offset);
            var from = start.Zone.Opening(begins);
            var until = end is not null ? end.Zone.Closing(end.Local.PlusDays(offset)) : start.Zone.Opening(begins.PlusDays(days)) + time;
            if (from >= until) throw new FormatException("It does not end after it begins.");
            yield return new Shift(person, from, until);
        }
    }

    private static ImportedPerson Person(ICalendarEvent item)
    {
        var summary = item.Get("SUMMARY")?.Text ?? "";
        if (item.Get("ATTENDEE") is { } attendee && attendee.Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            var email = attendee.Value[7..].Trim();
            return new ImportedPerson(email.ToLowerInvariant(), attendee.Parameters.GetValueOrDefault("CN", ""), email);
        }

        return summary.Length > 0 ? new ImportedPerson(summary, summary, "") : throw new FormatException("It has neither ATTENDEE nor SUMMARY: it names nobody.");
    }
}
