using System.Text.Json;
using Governance.Patching.Advisories;
using Governance.Patching.Documents;

namespace Governance.Patching.Policies;

/// <summary>Reads a policy from its JSON form, in which the presets ship.</summary>
internal static class PolicyFile
{
    private const int LongestDays = DeadlinePolicy.LongestDays;
    private static readonly string[] Presets = ["house-default"];

    /// <summary>The policies that ship with the service.</summary>
    public static IReadOnlyList<DeadlinePolicy> LoadPresets() => [.. Presets.Select(LoadPreset)];

    /// <summary>The policy, or null with everything that is wrong with it in <paramref name="faults"/>.</summary>
    public static DeadlinePolicy? Read(JsonElement root, List<FieldFault> faults)
    {
        var document = JsonFields.Of(root, "", faults);
        var id = document.RequiredText("id");
        var rules = document.Items("rules").Select(item => ReadRule(document.Object(item.Element, item.Path))).ToList();
        if (rules.Count == 0)
            document.Fault("rules", "At least one rule is required.");
        foreach (var twice in rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            document.Fault("rules", $"The id '{twice.Key}' is used {twice.Count()} times.");
        var policy = new DeadlinePolicy(id, document.RequiredText("displayName"), document.RequiredText("source"), rules)
        {
            MaximumExceptionDays = ReadExceptionDays(document),
            ExceptionClock = ReadExceptionClock(document),
        };
        return faults.Count == 0 ? policy : null;
    }

    private static int ReadExceptionDays(JsonFields document)
    {
        if (!document.Has("maximumExceptionDays")) return 90;
        var days = document.RequiredCount("maximumExceptionDays");
        if (days is < 1 or > LongestDays) document.Fault("maximumExceptionDays", $"Must be 1 to {LongestDays}.");
        return days;
    }

    private static ExceptionClock ReadExceptionClock(JsonFields document)
    {
        switch (document.OptionalText("exceptionClock"))
        {
            case null or "CONTINUES":
                return ExceptionClock.Continues;
            case "RESTARTS":
                return ExceptionClock.Restarts;
            default:
                document.Fault("exceptionClock", "Must be CONTINUES or RESTARTS.");
                return ExceptionClock.Continues;
        }
    }

    private static DeadlinePolicy LoadPreset(string name)
    {
        using var file = ShippedFile.Open(typeof(PolicyFile), $"Presets.{name}.json");
        using var json = JsonDocument.Parse(file);
        var faults = new List<FieldFault>();
        return Read(json.RootElement, faults) ?? throw new InvalidDataException($"{name}: {string.Join(" ", faults)}");
    }

    private static PolicyRule ReadRule(JsonFields rule)
    {
        var amount = rule.RequiredCount("dueAfter");
        var unit = ReadUnit(rule);
        if (amount == 0 || amount > LongestDays * (unit == DeadlineUnit.Hours ? 24 : 1))
            rule.Fault("dueAfter", $"Must be 1 unit to {LongestDays} days.");
        var floor = rule.Has("floorHoursAfterFirstSeen") ? rule.RequiredCount("floorHoursAfterFirstSeen") : 0;
        if (floor > LongestDays * 24)
            rule.Fault("floorHoursAfterFirstSeen", $"Must be at most {LongestDays} days.");
        var deadline = new RuleDeadline(amount, unit, ReadClockStart(rule), TimeSpan.FromHours(Math.Min(floor, LongestDays * 24)));
        return new PolicyRule(rule.RequiredText("id"), ReadConditions(rule), deadline);
    }

    private static RuleConditions ReadConditions(JsonFields rule) => new()
    {
        Severities = [.. rule.Texts("severities").Select(name => ReadSeverity(rule, name))],
        Kev = rule.OptionalBoolean("kev"),
        EpssAtLeast = ReadProbability(rule),
        InternetExposed = rule.OptionalBoolean("internetExposed"),
        Tiers = rule.Counts("tiers"),
        Environments = rule.Texts("environments"),
        Automatable = rule.OptionalBoolean("automatable"),
        TechnicalImpact = ReadImpact(rule),
    };

    private static DeadlineUnit ReadUnit(JsonFields rule)
    {
        switch (rule.RequiredText("unit"))
        {
            case "HOURS":
                return DeadlineUnit.Hours;
            case "CALENDAR_DAYS":
                return DeadlineUnit.CalendarDays;
            case "BUSINESS_DAYS":
                rule.Fault("unit", "Business days need a named calendar of holidays, and there is none here: use HOURS or CALENDAR_DAYS.");
                break;
            default:
                rule.Fault("unit", "Must be HOURS or CALENDAR_DAYS.");
                break;
        }

        return DeadlineUnit.Hours;
    }

    private static ClockStart ReadClockStart(JsonFields rule)
    {
        switch (rule.RequiredText("clockStart"))
        {
            case "PUBLICATION":
                return ClockStart.Publication;
            case "FIX_RELEASE":
                return ClockStart.FixRelease;
            case "KEV_LISTING":
                return ClockStart.KevListing;
            case "DETECTION":
                return ClockStart.Detection;
            default:
                rule.Fault("clockStart", "Must be PUBLICATION, FIX_RELEASE, KEV_LISTING or DETECTION.");
                return ClockStart.Publication;
        }
    }

    private static SeverityBand ReadSeverity(JsonFields rule, string name)
    {
        switch (name)
        {
            case "CRITICAL":
                return SeverityBand.Critical;
            case "HIGH":
                return SeverityBand.High;
            case "MEDIUM":
                return SeverityBand.Medium;
            case "LOW":
                return SeverityBand.Low;
            case "NONE":
                return SeverityBand.None;
            case "UNKNOWN":
                return SeverityBand.Unknown;
            default:
                rule.Fault("severities", $"'{name}' is none of CRITICAL, HIGH, MEDIUM, LOW, NONE and UNKNOWN.");
                return SeverityBand.Unknown;
        }
    }

    private static decimal? ReadProbability(JsonFields rule)
    {
        var probability = rule.OptionalNumber("epssAtLeast");
        if (probability is < 0 or > 1)
            rule.Fault("epssAtLeast", "Must be a probability, 0 to 1.");
        return probability;
    }

    private static TechnicalImpact? ReadImpact(JsonFields rule)
    {
        switch (rule.OptionalText("technicalImpact"))
        {
            case null:
                return null;
            case "PARTIAL":
                return TechnicalImpact.Partial;
            case "TOTAL":
                return TechnicalImpact.Total;
            default:
                rule.Fault("technicalImpact", "Must be PARTIAL or TOTAL.");
                return null;
        }
    }
}
