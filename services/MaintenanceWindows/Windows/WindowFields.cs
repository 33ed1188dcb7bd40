using System.Collections.Immutable;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>Reads a window's terms out of a request.</summary>
internal static class WindowFields
{
    private static readonly Duration Longest = Duration.FromDays(31);
    private static readonly Duration LongestNotice = Duration.FromDays(366);

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static WindowTerms Window(this FieldFaults faults, Proto.Window window)
    {
        faults.Length(window.DisplayName, 200, "window.display_name");
        faults.Length(window.Reason, 1000, "window.reason");
        faults.Owner(window.Owner, "window.owner");
        faults.Required(window.TimeZone, "window.time_zone");
        var terms = new WindowTerms
        {
            DisplayName = window.DisplayName,
            Owner = window.Owner,
            TimeZone = window.TimeZone,
            Start = window.Start,
            Duration = faults.Length(window.Duration, "window.duration", Longest),
            DurationPolicy = faults.Lasting(window.DurationPolicy, "window.duration_policy"),
            Recurrence = window.Recurrence.Trim(),
            Rdates = [.. window.Rdates],
            Exdates = [.. window.Exdates],
            GapPolicy = faults.Gap(window.GapPolicy, "window.gap_policy"),
            OverlapPolicy = faults.Overlap(window.OverlapPolicy, "window.overlap_policy"),
            Scope = faults.Scope(window.Scope, "window.scope"),
            AllowedKinds = faults.Kinds(window.AllowedKinds, "window.allowed_kinds"),
            Capacity = window.HasCapacity ? window.Capacity : null,
            Cutoff = faults.Length(window.Cutoff, "window.cutoff", Longest),
            NoticePeriod = faults.Length(window.NoticePeriod, "window.notice_period", LongestNotice),
            EffectiveFrom = faults.Date(window.EffectiveFrom, "window.effective_from"),
            EffectiveUntil = faults.Date(window.EffectiveUntil, "window.effective_until"),
            UnschedulesDisplaced = window.Displacement == Proto.Window.Types.Displacement.Unschedule,
        };
        faults.CheckLimits(window, terms);
        return faults.WithCivilTimes(terms);
    }

    private static void CheckLimits(this FieldFaults faults, Proto.Window window, WindowTerms terms)
    {
        if (window.Duration is null)
        {
            faults.Required((object?)null, "window.duration");
        }
        else if (terms.Duration == Duration.Zero)
        {
            faults.Check(window.Duration.Seconds != 0, "window.duration", "Must be more than 0s.", "OUT_OF_RANGE");
        }
        else
        {
            faults.Check(
            terms.Cutoff < terms.Duration,
            "window.cutoff",
            "Must be less than the duration, or nothing could ever start.",
            "CUTOFF_TOO_LONG");
        }

        faults.Check(terms.Capacity is null or >= 1, "window.capacity", "Must be at least 1; leave it out for unlimited.", "OUT_OF_RANGE");
        faults.Check(
            Enum.IsDefined(window.Displacement),
            "window.displacement",
            $"{(int)window.Displacement} is none; MOVE and UNSCHEDULE are.",
            "UNKNOWN_VALUE");
        if (terms is { EffectiveFrom: { } from, EffectiveUntil: { } until })
        {
            faults.Check(
                from <= until, "window.effective_until", $"Is before window.effective_from, {Civil.Format(from)}.", "ENDS_BEFORE_START");
        }
    }

    /// <summary>Checks the recurrence as a whole and writes its times in one way.</summary>
    private static WindowTerms WithCivilTimes(this FieldFaults faults, WindowTerms terms)
    {
        if (faults.Recurrence(terms.ToInput(), "window.") is not { } set) return terms;
        faults.Check(
            set.Start.Form != CivilForm.Date,
            "window.start",
            "Is a date; a window starts at a time such as 2026-01-13T22:00:00.",
            "INVALID_START");
        return terms with
        {
            Start = set.Start.ToString(),
            Rdates = Normal(terms.Rdates),
            Exdates = Normal(terms.Exdates),
        };
    }

    private static ImmutableArray<string> Normal(ImmutableArray<string> times) =>
        [.. times.Select(text => CivilTime.TryParse(text, out var time, out _) ? time.ToString() : text)
            .Distinct()
            .Order(StringComparer.Ordinal)];
}
