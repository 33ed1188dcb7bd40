using Governance.Patching.Advisories;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Policies;

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
        ExceptionClock = policy.Terms.ExceptionClock == ExceptionClock.Restarts ? Proto.Policy.Types.ExceptionClock.Restarts : Proto.Policy.Types.ExceptionClock.Continues,
        Etag = policy.Etag,
    };

    private static Proto.PolicyRule ToProto(PolicyRule rule)
    {
        var message = new Proto.PolicyRule
        {
            Id = rule.Id,
            Severities = { rule.When.Severities.Select(band => band.ToProto()).Distinct() },
            Tiers = { rule.When.Tiers },
            Environments = { rule.When.Environments },
            DueAfter = rule.Deadline.Amount,
            Unit = rule.Deadline.Unit == DeadlineUnit.Hours ? Proto.PolicyRule.Types.Unit.Hours : Proto.PolicyRule.Types.Unit.CalendarDays,
            ClockStart = rule.Deadline.From.ToProto(),
            FloorHoursAfterFirstSeen = (int)rule.Deadline.FloorAfterFirstSeen.TotalHours,
        };
        if (rule.When.Kev is { } kev) message.Kev = kev;
        if (rule.When.InternetExposed is { } exposed) message.InternetExposed = exposed;
        return message;
    }

    private static Proto.ClockStart ToProto(this ClockStart start) => start switch
    {
        ClockStart.Publication => Proto.ClockStart.Publication,
        ClockStart.FixRelease => Proto.ClockStart.FixRelease,
        ClockStart.KevListing => Proto.ClockStart.KevListing,
        ClockStart.Detection => Proto.ClockStart.Detection,
        _ => throw new InvalidOperationException($"No such clock start: {start}."),
    };
}
