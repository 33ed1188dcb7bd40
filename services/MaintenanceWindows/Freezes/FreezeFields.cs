using System.Collections.Immutable;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>Reads a freeze's terms out of a request.</summary>
internal static class FreezeFields
{
    private static readonly Duration Longest = Duration.FromDays(366);

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static FreezeTerms Freeze(this FieldFaults faults, Proto.Freeze freeze)
    {
        faults.Length(freeze.DisplayName, 200, "freeze.display_name");
        faults.Required(freeze.Reason, "freeze.reason");
        faults.Length(freeze.Reason, 1000, "freeze.reason");
        var terms = new FreezeTerms
        {
            DisplayName = freeze.DisplayName,
            Scope = faults.Scope(freeze.Scope, "freeze.scope"),
            TimeZone = freeze.TimeZone.Length == 0 ? "UTC" : freeze.TimeZone,
            Start = freeze.Start,
            End = freeze.End,
            Duration = freeze.Duration is null ? null : faults.Length(freeze.Duration, "freeze.duration", Longest),
            Recurrence = freeze.Recurrence.Trim(),
            Rdates = [.. freeze.Rdates],
            Exdates = [.. freeze.Exdates],
            Reason = freeze.Reason,
            Exemptions = [.. freeze.Exemptions.Select((exemption, i) => faults.Exemption(exemption, $"freeze.exemptions[{i}]"))],
            OverridePolicy = faults.Policy(freeze.OverridePolicy, "freeze.override_policy"),
        };
        faults.CheckEnd(freeze);
        return faults.WithCivilTimes(terms);
    }

    private static FreezeExemption Exemption(this FieldFaults faults, Proto.FreezeExemption exemption, string field)
    {
        var severity = exemption.MinimumSeverity;
        faults.Check(Enum.IsDefined(severity), $"{field}.minimum_severity", $"{(int)severity} is no severity.", "UNKNOWN_VALUE");
        return new(faults.Kinds(exemption.Kinds, $"{field}.kinds"), severity);
    }

    private static OverridePolicy? Policy(this FieldFaults faults, Proto.OverridePolicy? policy, string field)
    {
        if (policy is null) return null;
        for (var i = 0; i < policy.Roles.Count; i++)
        {
            faults.Check(
                Roles.Exists(policy.Roles[i]),
                $"{field}.roles[{i}]",
                $"'{policy.Roles[i]}' is no role; roles are {string.Join(", ", Roles.Names.Order(StringComparer.Ordinal))}.",
                "UNKNOWN_ROLE");
        }
        faults.Check(
            policy.ApprovalsNeeded is >= 0 and <= 10, $"{field}.approvals_needed", "Must be 1 to 10; 1 when unset.", "OUT_OF_RANGE");
        return new([.. policy.Roles.Distinct()], Math.Max(1, policy.ApprovalsNeeded));
    }

    private static void CheckEnd(this FieldFaults faults, Proto.Freeze freeze)
    {
        if (freeze.Duration is { } duration)
        {
            faults.Check(freeze.End.Length == 0, "freeze.end", "Give either end or duration.", "END_AND_DURATION");
            faults.Check(duration.Seconds != 0, "freeze.duration", "Must be more than 0s.", "OUT_OF_RANGE");
            return;
        }

        if (freeze.End.Length == 0)
        {
            faults.Add("freeze.end", "Is required, unless there is a duration.", "REQUIRED");
        }
        else if (!CivilTime.TryParse(freeze.End, out var end, out var reason))
        {
            faults.Add("freeze.end", reason, "INVALID_TIME");
        }
        else if (end.Form == CivilForm.Utc)
        {
            faults.Add(
                "freeze.end",
                $"'{freeze.End}' is in UTC; write the local time without Z, and the zone in freeze.time_zone.",
                "INVALID_TIME");
        }
        else if (CivilTime.TryParse(freeze.Start, out var start, out _))
        {
            faults.Check(end.Seconds > start.Seconds, "freeze.end", $"Is not after freeze.start, {start}.", "ENDS_BEFORE_START");
        }
    }

    /// <summary>Checks the recurrence as a whole and writes its times in one way.</summary>
    private static FreezeTerms WithCivilTimes(this FieldFaults faults, FreezeTerms terms)
    {
        var ends = terms.Duration is not null || (CivilTime.TryParse(terms.End, out var end, out _)
            && CivilTime.TryParse(terms.Start, out var begin, out _) && end.Seconds > begin.Seconds);
        var input = ends ? terms.ToInput() : terms.ToInput() with { Duration = Duration.FromSeconds(1) };
        if (faults.Recurrence(input, "freeze.") is not { } set) return terms;
        if (set.Start.Form == CivilForm.Utc)
        {
            faults.Add(
                "freeze.start",
                $"'{terms.Start}' is in UTC; write the local time without Z, and the zone in freeze.time_zone.",
                "INVALID_TIME");
        }
        return terms with
        {
            Start = set.Start.ToString(),
            End = Normal(terms.End),
            Rdates = Normal(terms.Rdates),
            Exdates = Normal(terms.Exdates),
        };
    }

    private static ImmutableArray<string> Normal(
        ImmutableArray<string> times) => [.. times.Select(Normal).Distinct().Order(StringComparer.Ordinal)];

    private static string Normal(string text) => CivilTime.TryParse(text, out var time, out _) ? time.ToString() : text;
}
