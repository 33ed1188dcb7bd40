using Governance.Windows.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Remembers the places in which a change nearly fits, and which constraint binds most often.</summary>
internal sealed class NearMisses(CalendarSnapshot calendar, SlotQuestion question, SlotSearch search)
{
    private const int KeptAtMost = 20;
    private readonly Explanation _explain = new(calendar);
    private readonly List<NearMiss> _kept = [];
    private readonly Dictionary<Constraint, int> _seen = [];

    /// <summary>The code of the constraint that binds most often.</summary>
    public string Binding => _seen.Count == 0 ? "" : _seen.MaxBy(pair => (pair.Value, -(int)pair.Key)).Key.Code();

    public IReadOnlyList<NearMiss> InOrder() => [.. _kept.OrderBy(miss => miss.Start?.ToDateTimeOffset()).Take(KeptAtMost)];

    /// <summary>Remembers a place that offers nothing.</summary>
    public void Look(PlaceFinding finding)
    {
        if (finding.Place.Window is null) FreeTime(finding);
        else if (finding.Free.Count == 0) Occurrence(finding.Place, finding.Place.Window, finding.Blocks);
    }

    /// <summary>Called when there is no slot at all: says what no place could say.</summary>
    public void Conclude()
    {
        foreach (var window in search.Primary?.Windows ?? [])
        {
            if (!window.Kinds.Has(question.Demand.Kind)) KindNotAllowed(window);
        }
        if (search.Primary is { } asking && asking.Windows.Length == 0) NoWindow(asking);
        else if (_seen.Count == 0) AfterDeadline();
    }

    private void FreeTime(PlaceFinding finding)
    {
        foreach (var block in finding.Blocks)
        {
            Add(block.Constraint, block.Resource, block.Cause, _explain.Say(block, finding.Place.Zone));
        }
    }

    private void Occurrence(Place place, WindowFacts window, IReadOnlyList<Block> blocks)
    {
        if (blocks.Count == 0)
        {
            var (constraint, why) = Misfit(place, window);
            Add(constraint, window.Name, place.Occurrence, $"{window.Name} is held {LocalTimes.Say(place.Occurrence, window.Zone)}{why}.");
            return;
        }
        var worst = blocks.MaxBy(block => (Covered(block, place.Starts), -(int)block.Constraint));
        Add(
            worst.Constraint,
            About(worst, window),
            place.Occurrence,
            $"{window.Name} is held {LocalTimes.Say(place.Occurrence, window.Zone)}. {_explain.Say(worst, window.Zone)}");
    }

    private (Constraint, string) Misfit(Place place, WindowFacts window)
    {
        var last = window.Starts(place.Occurrence, question.Demand.Footprint).End;
        var needs = LocalTimes.Say(question.Demand.Footprint);
        if (place.Occurrence.Length < question.Demand.Footprint)
        {
            return (Constraint.TooShort, $", which is less than the {needs} that it takes");
        }
        if (window.HeldFrom >= last) return (Constraint.WindowPaused, ", and is paused");
        if (question.Now + window.Notice >= last && window.Notice > Duration.Zero)
        {
            return (Constraint.NoticePeriod, $", and wants {LocalTimes.Say(window.Notice)} notice");
        }
        if (question.Starts.Start < last)
        {
            return (Constraint.AfterDeadline, $"; the change would end after {LocalTimes.Say(question.Deadline, window.Zone)}");
        }
        return question.Starts.Start > place.Occurrence.End - question.Demand.Footprint
            ? (Constraint.TooShort, $", and less than the {needs} that it takes are left")
            : (Constraint.Cutoff, $", and nothing starts in its last {LocalTimes.Say(window.Cutoff)}");
    }

    private void KindNotAllowed(WindowFacts window)
    {
        var starts = question.Starts;
        if (starts.Start >= starts.End) return;
        foreach (var occurrence in window.Occurrences.Overlapping(starts.Start, starts.End).Take(1))
        {
            Add(
                Constraint.KindNotAllowed,
                window.Name,
                occurrence,
                $"{window.Name} is held {LocalTimes.Say(occurrence, window.Zone)}, and allows {window.Kinds} only.");
        }
    }

    private void NoWindow(Subject asking) =>
        Add(Constraint.NoWindow, asking.Component, question.Starts, asking.Unknown
            ? $"Nobody has heard of {asking.Component} in '{asking.Environment}', and no window names it."
            : $"A policy asks for a window, and none covers {asking.Component} in {asking.Environment}.");

    /// <summary>Windows exist, and none is held in the time that is asked about: the next one comes too late.</summary>
    private void AfterDeadline()
    {
        var later = question.LaterStarts;
        var next = search.Walk(later with { End = later.Start.Later(Verdicts.Horizon) }).FirstOrDefault();
        if (next is null)
        {
            Add(Constraint.NoWindow, search.Primary?.Component ?? "", question.Starts, "No window is held in the next 400 days.");
        }
        else
        {
            Add(Constraint.AfterDeadline, next.Place.Window?.Name
                ?? "", next.Place.Occurrence, $"The next time, {LocalTimes.Say(next.Place.Occurrence, next.Place.Zone)}, is too late to "
                    + $"end by {LocalTimes.Say(question.Deadline, next.Place.Zone)}.");
        }
    }

    private void Add(Constraint constraint, string resource, TimeRange when, string detail)
    {
        _seen[constraint] = _seen.GetValueOrDefault(constraint) + 1;
        if (_kept.Count >= KeptAtMost) return;
        _kept.Add(new NearMiss
        {
            Constraint = constraint.Code(),
            Resource = resource,
            Start = LocalTimes.Stamp(when.Start),
            End = LocalTimes.Stamp(when.End),
            Detail = detail,
        });
    }

    private static string About(Block block, WindowFacts window) =>
        block.Constraint is Constraint.Frozen or Constraint.SplitByFreeze or Constraint.ProviderMaintenance ? block.Resource : window.Name;

    private static Duration Covered(Block block, TimeRange starts) =>
        (block.Until < starts.End ? block.Until : starts.End) - (block.From > starts.Start ? block.From : starts.Start);
}
