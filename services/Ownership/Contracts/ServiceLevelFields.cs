using Google.Protobuf.Collections;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Ownership.V1;
using NodaTime;
using Clock = Governance.Ownership.V1.ServiceTarget.Types.Clock;

namespace Governance.Ownership.Contracts;

/// <summary>Checks what a contract says about how well and how fast.</summary>
internal static class ServiceLevelFields
{
    private static readonly Duration Longest = Duration.FromDays(366);
    private static readonly string[] Channels = ["phone", "email", "portal", "chat"];

    public static void ServiceLevels(this FieldFaults faults, V1.Contract terms)
    {
        var seen = new HashSet<ServiceSeverity>();
        for (var i = 0; i < terms.ServiceLevels.Count; i++) faults.Level(terms.ServiceLevels[i], $"contract.service_levels[{i}]", seen);
        var uptime = terms.UptimeTarget;
        faults.Check(uptime is >= 0 and <= 100, "contract.uptime_target", $"{uptime} is no percentage from 0 to 100.", "OUT_OF_RANGE");
        if (terms.Measurement is { } measurement)
        {
            faults.Check(
                Enum.IsDefined(measurement.Period),
                "contract.measurement.period",
                $"{(int)measurement.Period} is no period.",
                "UNKNOWN_VALUE");
            faults.Length(measurement.ShortestOutage, "contract.measurement.shortest_outage", Longest);
        }

        faults.Credits(terms);
        faults.ReportingChannels(terms.ReportingChannels);
        if (terms.Maintenance is not { } maintenance) return;
        faults.Check(
            maintenance.Minutes is >= 0 and <= 132_480,
            "contract.maintenance.minutes",
            $"{maintenance.Minutes} is not from 0 to 132480, the minutes of a quarter.",
            "OUT_OF_RANGE");
        faults.Length(maintenance.Notice, "contract.maintenance.notice", Longest);
    }

    private static void Level(this FieldFaults faults, ServiceLevel level, string field, HashSet<ServiceSeverity> seen)
    {
        faults.Severity(level.Severity, $"{field}.severity");
        faults.Check(seen.Add(level.Severity), $"{field}.severity", $"{level.Severity} has a service level already.", "DUPLICATE");
        faults.Check(level.Response is not null || level.Resolution is not null, field, "Has neither response nor resolution.", "REQUIRED");
        var (response, resolution) =
            (faults.Target(level.Response, $"{field}.response"), faults.Target(level.Resolution, $"{field}.resolution"));
        var alike = response is not null && resolution is not null && OnSupport(level.Response) == OnSupport(level.Resolution);
        faults.Check(!alike || response <= resolution, $"{field}.resolution", "Is shorter than response.", "RESOLVED_BEFORE_RESPONSE");
    }

    /// <returns>Its duration, if it is one.</returns>
    private static Duration? Target(this FieldFaults faults, ServiceTarget? target, string field)
    {
        if (target is null) return null;
        faults.Check(Enum.IsDefined(target.Clock), $"{field}.clock", $"{(int)target.Clock} is no clock.", "UNKNOWN_VALUE");
        faults.Check(
            target.Duration is null != (target.BusinessDays == 0),
            field,
            "Exactly one of duration and business_days is asked for.",
            "ONE_OF");
        faults.Check(
            target.BusinessDays is >= 0 and <= 366,
            $"{field}.business_days",
            $"{target.BusinessDays} is not from 1 to 366.",
            "OUT_OF_RANGE");
        faults.Check(target.BusinessDays == 0
            || target.Clock != Clock.Always, $"{field}.clock", "Business days do not run on ALWAYS.", "CONTRADICTION");
        if (target.Duration is null) return null;
        var length = faults.Length(target.Duration, $"{field}.duration", Longest);
        faults.Check(target.Duration.Seconds != 0, $"{field}.duration", "Is zero.", "OUT_OF_RANGE");
        return length;
    }

    private static bool OnSupport(ServiceTarget? target) => target?.Clock == Clock.SupportHours;

    private static void Severity(this FieldFaults faults, ServiceSeverity severity, string field) =>
        faults.Check(
            severity != ServiceSeverity.Unspecified && Enum.IsDefined(severity), field, "Is none of S1, S2, S3 and S4.", "REQUIRED");

    private static void Credits(this FieldFaults faults, V1.Contract terms)
    {
        for (var i = 0; i < terms.CreditTiers.Count; i++)
        {
            var (tier, field) = (terms.CreditTiers[i], $"contract.credit_tiers[{i}]");
            faults.Check(
                tier.Below is > 0 and <= 100, $"{field}.below", $"{tier.Below} is no percentage above 0, at most 100.", "OUT_OF_RANGE");
            faults.Check(
                tier.Credit is > 0 and <= 100, $"{field}.credit", $"{tier.Credit} is no percentage above 0, at most 100.", "OUT_OF_RANGE");
            faults.Check(
                terms.UptimeTarget == 0 || tier.Below <= terms.UptimeTarget,
                $"{field}.below",
                $"{tier.Below} is above uptime_target, {terms.UptimeTarget}.",
                "ABOVE_TARGET");
            if (i == 0) continue;
            var before = terms.CreditTiers[i - 1];
            faults.Check(
                tier.Below < before.Below,
                $"{field}.below",
                $"{tier.Below} is not below the tier before it, {before.Below}.",
                "OUT_OF_ORDER");
            faults.Check(
                tier.Credit > before.Credit,
                $"{field}.credit",
                $"{tier.Credit} is not more than the tier before it credits, {before.Credit}.",
                "OUT_OF_ORDER");
        }
    }

    private static void ReportingChannels(this FieldFaults faults, RepeatedField<ReportingChannel> channels)
    {
        faults.Check(
            channels.Count <= 50, "contract.reporting_channels", $"Has {channels.Count} entries; at most 50 are allowed.", "TOO_MANY");
        for (var i = 0; i < channels.Count; i++)
        {
            var (channel, field) = (channels[i], $"contract.reporting_channels[{i}]");
            faults.Check(
                Channels.Contains(channel.Kind),
                $"{field}.kind",
                $"'{channel.Kind}' is none of {string.Join(", ", Channels)}.",
                "UNKNOWN_VALUE");
            faults.Required(channel.Address, $"{field}.address").Length(channel.Address, 500, $"{field}.address");
            for (var j = 0; j < channel.Severities.Count; j++) faults.Severity(channel.Severities[j], $"{field}.severities[{j}]");
            faults.Check(
                channel.Severities.Distinct().Count() == channel.Severities.Count, $"{field}.severities", "Names one twice.", "DUPLICATE");
        }
    }
}
