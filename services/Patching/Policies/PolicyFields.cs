using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Patching.Deadlines;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Policies;

/// <summary>Reads a policy out of a request.</summary>
internal static class PolicyFields
{
    private const int MostRules = 100;
    private const int MostBusinessDays = 250;
    private const int LongestDays = DeadlinePolicy.LongestDays;

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static DeadlinePolicy Policy(this FieldFaults faults, string id, Proto.Policy policy)
    {
        faults.Required(policy.DisplayName, "policy.display_name").Length(policy.DisplayName, 200, "policy.display_name");
        faults.Length(policy.Source, 2000, "policy.source");
        faults.Check(policy.Rules.Count is > 0 and <= MostRules, "policy.rules", $"1 to {MostRules} rules are required.", "OUT_OF_RANGE");
        foreach (var twice in policy.Rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add("policy.rules", $"The id '{twice.Key}' is used {twice.Count()} times.", "DUPLICATE");
        }
        var days = policy.MaximumExceptionDays;
        faults.Check(days is >= 0 and <= LongestDays, "policy.maximum_exception_days", $"Must be 1 to {LongestDays}.", "OUT_OF_RANGE");
        return new DeadlinePolicy(
            id, policy.DisplayName, policy.Source, [.. policy.Rules.Select((rule, i) => faults.Rule(rule, $"policy.rules[{i}]"))])
        {
            MaximumExceptionDays = days == 0 ? 90 : days,
            ExceptionClock = faults.Known(policy.ExceptionClock, "policy.exception_clock") == Proto.Policy.Types.ExceptionClock.Restarts
                ? ExceptionClock.Restarts
                : ExceptionClock.Continues,
            Recalculation = faults.Known(policy.Recalculation, "policy.recalculation").ToRecalculation(),
        };
    }

    private static PolicyRule Rule(this FieldFaults faults, Proto.PolicyRule rule, string field)
    {
        faults.Slug(rule.Id, $"{field}.id");
        return new PolicyRule(
            rule.Id, faults.Conditions(rule, field), faults.Deadline(rule, field))
        { ForensicTriage = rule.ForensicTriage };
    }

    private static RuleConditions Conditions(this FieldFaults faults, Proto.PolicyRule rule, string field)
    {
        var isProbability = !rule.HasEpssAtLeast || rule.EpssAtLeast is >= 0 and <= 1;
        faults.Check(isProbability, $"{field}.epss_at_least", "Must be a probability, 0 to 1.", "OUT_OF_RANGE");
        faults.Check(
            rule.Tiers.All(tier => tier is >= 1 and <= 4), $"{field}.tiers", "Tiers are 1, the most critical, to 4.", "OUT_OF_RANGE");
        faults.Check(
            rule.Environments.All(one => one.Trim().Length is > 0 and <= 63),
            $"{field}.environments",
            "An environment has 1 to 63 characters.");
        faults.Check(rule.Severities.All(Enum.IsDefined), $"{field}.severities", "Names no such severity.");
        faults.Known(rule.TechnicalImpact, $"{field}.technical_impact");
        return new RuleConditions
        {
            Severities = [.. rule.Severities.SelectMany(severity => severity.ToBands()).Distinct()],
            Kev = rule.HasKev ? rule.Kev : null,
            EpssAtLeast = rule.HasEpssAtLeast && isProbability ? (decimal)rule.EpssAtLeast : null,
            InternetExposed = rule.HasInternetExposed ? rule.InternetExposed : null,
            Tiers = [.. rule.Tiers],
            Environments = [.. rule.Environments],
            Automatable = rule.HasAutomatable ? rule.Automatable : null,
            TechnicalImpact = rule.TechnicalImpact.ToImpact(),
        };
    }

    private static RuleDeadline Deadline(this FieldFaults faults, Proto.PolicyRule rule, string field)
    {
        var unit = faults.Unit(rule, field);
        faults.CheckAmount(rule, unit, field);
        var floor = rule.FloorHoursAfterFirstSeen;
        faults.Check(
            floor is >= 0 and <= LongestDays * 24,
            $"{field}.floor_hours_after_first_seen",
            $"Must be 0 to {LongestDays} days.",
            "OUT_OF_RANGE");
        faults.Check(
            floor == 0 || unit != DeadlineUnit.NextUpgrade,
            $"{field}.floor_hours_after_first_seen",
            "There is no floor under NEXT_UPGRADE.");
        var from = rule.ClockStart == Proto.ClockStart.Unspecified && unit == DeadlineUnit.NextUpgrade
            ? Proto.ClockStart.Detection
            : rule.ClockStart;
        faults.Check(
            from.ToClockStart() is not null,
            $"{field}.clock_start",
            "Must be PUBLICATION, FIX_RELEASE, KEV_LISTING or DETECTION.",
            "REQUIRED");
        return new RuleDeadline(
            rule.DueAfter, unit, from.ToClockStart() ?? ClockStart.Detection, TimeSpan.FromHours(Math.Clamp(floor, 0, LongestDays * 24)))
        {
            Calendar = faults.CalendarOf(rule, unit, field),
        };
    }

    private static void CheckAmount(this FieldFaults faults, Proto.PolicyRule rule, DeadlineUnit unit, string field)
    {
        var most = unit switch
        {
            DeadlineUnit.Hours => LongestDays * 24,
            DeadlineUnit.CalendarDays => LongestDays,
            DeadlineUnit.CalendarMonths => LongestDays / 31,
            DeadlineUnit.BusinessDays => MostBusinessDays,
            _ => 0,
        };
        faults.Check(
            rule.DueAfter <= most && rule.DueAfter >= Math.Min(most, 1), $"{field}.due_after",
            most == 0 ? "Must be unset: the next upgrade has no date." : $"Must be 1 to {most}.", "OUT_OF_RANGE");
    }

    private static DeadlineUnit Unit(this FieldFaults faults, Proto.PolicyRule rule, string field)
    {
        if (rule.Unit.ToUnit() is { } unit) return unit;
        faults.Add($"{field}.unit", "Must be HOURS, CALENDAR_DAYS, CALENDAR_MONTHS, BUSINESS_DAYS or NEXT_UPGRADE.", "REQUIRED");
        return DeadlineUnit.Hours;
    }

    private static string CalendarOf(this FieldFaults faults, Proto.PolicyRule rule, DeadlineUnit unit, string field)
    {
        if (unit != DeadlineUnit.BusinessDays)
        {
            faults.Check(rule.Calendar.Length == 0, $"{field}.calendar", "Is set with BUSINESS_DAYS alone.");
            return "";
        }

        var name = NameFields.InFull(rule.Calendar, "calendars");
        if (NameFields.IsName(name, "calendars")) return name["calendars/".Length..];
        faults.Add($"{field}.calendar", "BUSINESS_DAYS need a calendar, as calendars/weekdays.", "REQUIRED");
        return "";
    }

    private static TEnum Known<TEnum>(this FieldFaults faults, TEnum value, string field)
        where TEnum : struct, Enum
    {
        faults.Check(Enum.IsDefined(value), field, "Names no such value.");
        return value;
    }
}
