using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>Writes what an event says into a freeze or a window; what it does not say stays as it is there.</summary>
/// <param name="terms">The import.</param>
/// <param name="one">The event.</param>
/// <param name="times">When.</param>
internal sealed class EventDraft(ImportTerms terms, CalendarEvent one, EventTimes times)
{
    private const int LongestReason = 1000;

    /// <summary>What our own feed writes before a freeze's name.</summary>
    private const string Prefix = "Freeze: ";

    public Proto.Freeze Onto(Proto.Freeze freeze)
    {
        freeze.DisplayName = one.Summary.StartsWith(Prefix, StringComparison.Ordinal) ? one.Summary[Prefix.Length..] : one.Summary;
        freeze.Reason = Reason();
        freeze.Scope = terms.Scope.Clone();
        freeze.TimeZone = times.Zone;
        freeze.Start = times.Start.ToString();
        (freeze.End, freeze.Duration) = End() is { } end ? (end, null) : ("", times.Length.ToMessage());
        freeze.Recurrence = times.Rule;
        Replace(freeze.Rdates, times.Rdates);
        Replace(freeze.Exdates, times.Exdates);
        return freeze;
    }

    public Proto.Window Onto(Proto.Window window)
    {
        window.DisplayName = one.Summary;
        window.Scope = terms.Scope.Clone();
        window.TimeZone = times.Zone;
        window.Start = AtMidnight(times.Start.ToString());
        window.Duration = times.Length.ToMessage();
        window.DurationPolicy = times.ByTheClock ? Proto.DurationPolicy.WallClock : Proto.DurationPolicy.Exact;
        window.Recurrence = times.IsDate ? EventTimes.InUtc(times.Rule, times.Zone) : times.Rule;
        Replace(window.Rdates, times.Rdates.Select(AtMidnight));
        Replace(window.Exdates, times.Exdates.Select(AtMidnight));
        window.AllowedKinds.Clear();
        window.AllowedKinds.Add(terms.KindsOf(one));
        return window;
    }

    /// <summary>The end by the clock, where that says the same as the length; null where it does not.</summary>
    private string? End()
    {
        var zone = Zones.Get(times.Zone);
        var end = times.Start.Value.PlusSeconds((long)times.Length.TotalSeconds);
        if (times.ByTheClock) return (times.Start with { Value = end }).ToString();
        if (times.Recurs || zone.MapLocal(times.Start.Value).Count != 1) return null;
        end = (zone.AtLeniently(times.Start.Value).ToInstant() + times.Length).InZone(zone).LocalDateTime;
        return zone.MapLocal(end).Count == 1 && end > times.Start.Value ? new CivilTime(end, CivilForm.Local).ToString() : null;
    }

    private string Reason()
    {
        var said = one.Description.Length > 0 ? one.Description : one.Summary;
        if (said.Length == 0) return $"Imported from {terms.Source}";
        return said.Length <= LongestReason
            ? said
            : said[..(char.IsHighSurrogate(said[LongestReason - 2]) ? LongestReason - 2 : LongestReason - 1)] + "…";
    }

    /// <summary>A window starts at a time; an all-day event's is midnight.</summary>
    private static string AtMidnight(string time) =>
        CivilTime.TryParse(time, out var civil, out _) && civil.Form == CivilForm.Date
            ? (civil with { Form = CivilForm.Local }).ToString()
            : time;

    private static void Replace(Google.Protobuf.Collections.RepeatedField<string> field, IEnumerable<string> values)
    {
        field.Clear();
        field.Add(values.Distinct());
    }
}

/// <summary>A part of a series that becomes one freeze or window.</summary>
/// <param name="Key">Empty for the series itself, else the start of the occurrence.</param>
/// <param name="Draft">What it says.</param>
/// <param name="As">What it becomes.</param>
internal sealed record WantedPart(string Key, EventDraft Draft, Taken As)
{
    /// <summary>The series without what is told by itself, then that.</summary>
    public static IEnumerable<WantedPart> Of(EventSeries series, ImportTerms terms, Taken asWhat)
    {
        var replacements = series.Replacements.Where(one => !one.IsCancelled && one.Times is not null);
        if (series.Master is { IsCancelled: false, Times: { } times } master)
        {
            var exdates = times.Exdates.Concat(series.Replacements.Select(one => one.Replaces!.Value.Beside(times.Zone)));
            yield return new("", new(terms, master, times with { Exdates = [.. exdates.Distinct()] }), asWhat);
            foreach (var period in times.Periods)
            {
                yield return new(KeyOf(period.Start), new(terms, master, EventTimes.Once(times.Zone, period.Start, period.Length)), asWhat);
            }
        }

        foreach (var one in replacements)
        {
            yield return new(KeyOf(one.ReplacesAt!.Value), new(terms, WithWordsOf(series.Master, one), one.Times!), asWhat);
        }
    }

    private static string KeyOf(Instant start) => NodaTime.Text.InstantPattern.General.Format(start);

    private static CalendarEvent WithWordsOf(CalendarEvent? master, CalendarEvent one) => master is null ? one : one with
    {
        Summary = one.Summary.Length > 0 ? one.Summary : master.Summary,
        Description = one.Description.Length > 0 ? one.Description : master.Description,
        Categories = one.Categories.IsEmpty ? master.Categories : one.Categories,
    };
}
