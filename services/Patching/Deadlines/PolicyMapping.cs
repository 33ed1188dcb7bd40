using Governance.Common.V1;
using Governance.Patching.Advisories;
using Impact = Governance.Patching.V1.DecisionPoints.Types.TechnicalImpact;
using Proto = Governance.Patching.V1;
using Setting = Governance.Patching.V1.Policy.Types.Recalculation;
using Unit = Governance.Patching.V1.PolicyRule.Types.Unit;

namespace Governance.Patching.Deadlines;

/// <summary>Policies as messages.</summary>
internal static class PolicyMapping
{
    public static Proto.Policy ToProto(this Policy policy) => new()
    {
        Name = policy.Name,
        DisplayName = policy.Terms.DisplayName,
        Source = policy.Terms.Source,
        Rules = { policy.Terms.Rules.Select(ToProto) },
        Active = policy.IsActive,
        MaximumExceptionDays = policy.Terms.MaximumExceptionDays,
        ExceptionClock = policy.Terms.ExceptionClock == ExceptionClock.Restarts
            ? Proto.Policy.Types.ExceptionClock.Restarts
            : Proto.Policy.Types.ExceptionClock.Continues,
        Recalculation = policy.Terms.Recalculation switch
        {
            Recalculation.Recalculate => Setting.Recalculate,
            Recalculation.Keep => Setting.Keep,
            Recalculation.Earliest => Setting.Earliest,
            Recalculation.EarliestIfRaised => Setting.EarliestIfRaised,
            _ => throw new InvalidOperationException($"No such setting: {policy.Terms.Recalculation}."),
        },
        Preset = policy.IsPreset,
        Etag = policy.Etag,
    };

    public static Recalculation ToRecalculation(this Setting setting) => setting switch
    {
        Setting.Keep => Recalculation.Keep,
        Setting.Earliest => Recalculation.Earliest,
        Setting.EarliestIfRaised => Recalculation.EarliestIfRaised,
        _ => Recalculation.Recalculate,
    };

    /// <summary>The bands that a severity shows: a score of 0.0 is shown as the lowest.</summary>
    public static IEnumerable<SeverityBand> ToBands(this Severity severity) =>
        Enum.GetValues<SeverityBand>().Where(band => band.ToProto() == severity);

    public static TechnicalImpact? ToImpact(this Impact impact) => impact switch
    {
        Impact.Partial => TechnicalImpact.Partial,
        Impact.Total => TechnicalImpact.Total,
        _ => null,
    };

    public static Impact ToProto(this TechnicalImpact? impact) => impact switch
    {
        TechnicalImpact.Partial => Impact.Partial,
        TechnicalImpact.Total => Impact.Total,
        _ => Impact.Unspecified,
    };

    public static DeadlineUnit? ToUnit(this Unit unit) => unit switch
    {
        Unit.Hours => DeadlineUnit.Hours,
        Unit.CalendarDays => DeadlineUnit.CalendarDays,
        Unit.CalendarMonths => DeadlineUnit.CalendarMonths,
        Unit.BusinessDays => DeadlineUnit.BusinessDays,
        Unit.NextUpgrade => DeadlineUnit.NextUpgrade,
        _ => null,
    };

    public static ClockStart? ToClockStart(this Proto.ClockStart start) => start switch
    {
        Proto.ClockStart.Publication => ClockStart.Publication,
        Proto.ClockStart.FixRelease => ClockStart.FixRelease,
        Proto.ClockStart.KevListing => ClockStart.KevListing,
        Proto.ClockStart.Detection => ClockStart.Detection,
        _ => null,
    };

    private static Proto.PolicyRule ToProto(PolicyRule rule)
    {
        var (when, deadline) = (rule.When, rule.Deadline);
        var message = new Proto.PolicyRule
        {
            Id = rule.Id,
            Severities = { when.Severities.Select(band => band.ToProto()).Distinct() },
            Tiers = { when.Tiers },
            Environments = { when.Environments },
            DueAfter = deadline.Amount,
            Unit = deadline.Unit.ToProto(),
            ClockStart = deadline.From.ToProto(),
            FloorHoursAfterFirstSeen = (int)deadline.FloorAfterFirstSeen.TotalHours,
            TechnicalImpact = when.TechnicalImpact.ToProto(),
            Calendar = deadline.Calendar.Length == 0 ? "" : $"calendars/{deadline.Calendar}",
            ForensicTriage = rule.ForensicTriage,
        };
        if (when.Kev is { } kev) message.Kev = kev;
        if (when.InternetExposed is { } exposed) message.InternetExposed = exposed;
        if (when.EpssAtLeast is { } probability) message.EpssAtLeast = (double)probability;
        if (when.Automatable is { } automatable) message.Automatable = automatable;
        return message;
    }

    private static Unit ToProto(this DeadlineUnit unit) => unit switch
    {
        DeadlineUnit.Hours => Unit.Hours,
        DeadlineUnit.CalendarDays => Unit.CalendarDays,
        DeadlineUnit.CalendarMonths => Unit.CalendarMonths,
        DeadlineUnit.BusinessDays => Unit.BusinessDays,
        DeadlineUnit.NextUpgrade => Unit.NextUpgrade,
        _ => throw new InvalidOperationException($"No such unit: {unit}."),
    };

    private static Proto.ClockStart ToProto(this ClockStart start) => start switch
    {
        ClockStart.Publication => Proto.ClockStart.Publication,
        ClockStart.FixRelease => Proto.ClockStart.FixRelease,
        ClockStart.KevListing => Proto.ClockStart.KevListing,
        ClockStart.Detection => Proto.ClockStart.Detection,
        _ => throw new InvalidOperationException($"No such clock start: {start}."),
    };
}
