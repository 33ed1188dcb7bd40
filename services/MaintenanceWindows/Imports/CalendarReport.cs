using Governance.BuildingBlocks.ICalendar;
using Governance.BuildingBlocks.Writing;
using Governance.Windows.V1;
using Outcome = Governance.Windows.V1.ImportedComponent.Types.Outcome;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>What becomes of every component of a file. A series that is taken again, in a repeated try, is told anew.</summary>
internal sealed class CalendarReport(CalendarFile file)
{
    private const int MostListed = 5000;
    private readonly Dictionary<CalendarEvent, SeriesOutcome> _told = new(ReferenceEqualityComparer.Instance);

    public void Tell(EventSeries series, SeriesOutcome outcome)
    {
        foreach (var one in series.Events) _told[one] = outcome;
    }

    public void Refuse(EventSeries series, ImportTally tally)
    {
        var isFirst = true;
        foreach (var one in series.Events)
        {
            _told[one] = new(Outcome.Rejected, [], series.Fault(one)!);
            if (one.Faults.Length == 0 || !isFirst) continue;
            isFirst = false;
            tally.Reject(one.Position, one.Uid, string.Join("; ", one.Faults));
        }
    }

    public ImportCalendarResponse Answer(ImportTally tally)
    {
        var all = file.Series.SelectMany(series =>
            series.Events.Select(Describe).Concat(series.Superseded.Select(Superseded)).Concat(Alarms(series)))
            .Concat(file.Others.Select(other => NotTaken(other, other.Value("UID"))))
            .OrderBy(one => one.Line).ToList();
        return new ImportCalendarResponse
        {
            Summary = tally.ToSummary(),
            Components = { all.Take(MostListed) },
            ComponentsLeftOff = Math.Max(0, all.Count - MostListed),
        };
    }

    private ImportedComponent Describe(CalendarEvent one)
    {
        var outcome = _told[one];
        return new ImportedComponent
        {
            Line = one.Line,
            Kind = "VEVENT",
            Uid = one.Uid,
            RecurrenceId = one.Replaces?.Civil.ToString() ?? "",
            Summary = one.Summary,
            Outcome = outcome.Outcome,
            TakenAs = { outcome.TakenAs },
            Reason = outcome.Reason,
            PropertiesNotTaken = { one.NotTaken },
        };
    }

    private static ImportedComponent Superseded(CalendarEvent one) => new()
    {
        Line = one.Line,
        Kind = "VEVENT",
        Uid = one.Uid,
        RecurrenceId = one.Replaces?.Civil.ToString() ?? "",
        Summary = one.Summary,
        Outcome = Outcome.Skipped,
        Reason = "The file has a newer revision of it.",
    };

    private static IEnumerable<ImportedComponent> Alarms(EventSeries series) =>
        series.Events.Concat(series.Superseded).SelectMany(one => one.Children.Select(child => NotTaken(child, one.Uid)));

    private static ImportedComponent NotTaken(CalendarComponent component, string uid) => new()
    {
        Line = component.Line,
        Kind = component.Kind,
        Uid = TextValues.Read(uid, EventReader.LongestUid),
        Summary = TextValues.Read(component.Value("SUMMARY"), 200),
        Outcome = Outcome.Skipped,
        Reason = $"{component.Kind} is no event.",
        PropertiesNotTaken = { component.Properties.Select(property => property.Name)
            .Where(name => name is not ("UID" or "SUMMARY"))
            .Distinct()
            .Order(StringComparer.Ordinal) },
    };
}
