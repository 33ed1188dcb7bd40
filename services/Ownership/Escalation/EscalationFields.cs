using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Proto = Governance.Ownership.V1;
using Target = Governance.Ownership.V1.EscalationPolicy.Types.Target;

namespace Governance.Ownership.Escalation;

/// <summary>Reads an escalation policy's terms out of a request.</summary>
internal static class EscalationFields
{
    private const int MostChains = 10;
    private const int MostLevels = 20;
    private const int MostRepeats = 9;
    private static readonly Duration LongestDelay = Duration.FromDays(7);

    /// <summary>The terms alone; meaningless once <paramref name="faults"/> has any.</summary>
    public static Proto.EscalationPolicy EscalationPolicy(this FieldFaults faults, Proto.EscalationPolicy given)
    {
        const string field = "escalation_policy";
        faults.Required(given.DisplayName, $"{field}.display_name").Length(given.DisplayName, 200, $"{field}.display_name");
        faults.Check(
            given.Chains.Count is > 0 and <= MostChains,
            $"{field}.chains",
            $"Has {given.Chains.Count} entries; from 1 to {MostChains} are asked for.",
            "OUT_OF_RANGE");
        for (var i = 0; i < given.Chains.Count; i++) faults.Chain(given.Chains[i], $"{field}.chains[{i}]");
        var twice = given.Chains.SelectMany(chain => chain.Severities.DefaultIfEmpty())
            .GroupBy(severity => severity)
            .FirstOrDefault(group => group.Count() > 1);
        faults.Check(
            twice is null, $"{field}.chains",
            twice?.Key == Proto.ServiceSeverity.Unspecified ? "Two name no severity." : $"Two chains name {twice?.Key}.", "DUPLICATE");
        return new Proto.EscalationPolicy { DisplayName = given.DisplayName, Chains = { given.Chains } };
    }

    private static void Chain(this FieldFaults faults, Proto.EscalationPolicy.Types.Chain chain, string field)
    {
        faults.Check(
            chain.Severities.All(one => one is >= Proto.ServiceSeverity.S1 and <= Proto.ServiceSeverity.S4), $"{field}.severities",
            "Each is one of S1, S2, S3 and S4.", "UNKNOWN_VALUE");
        faults.Check(
            chain.Repeats is >= 0 and <= MostRepeats,
            $"{field}.repeats",
            $"Is {chain.Repeats}; from 0 to {MostRepeats} is possible.",
            "OUT_OF_RANGE");
        faults.Check(
            chain.Levels.Count is > 0 and <= MostLevels,
            $"{field}.levels",
            $"Has {chain.Levels.Count} entries; from 1 to {MostLevels} are asked for.",
            "OUT_OF_RANGE");
        for (var i = 0; i < chain.Levels.Count; i++)
        {
            var (level, path) = (chain.Levels[i], $"{field}.levels[{i}]");
            faults.Length(level.Delay, $"{path}.delay", LongestDelay);
            faults.Check(
                level.Targets.Count is > 0 and <= MostLevels,
                $"{path}.targets",
                $"Has {level.Targets.Count} entries; from 1 to {MostLevels} are asked for.",
                "OUT_OF_RANGE");
            for (var j = 0; j < level.Targets.Count; j++) faults.Target(level.Targets[j], $"{path}.targets[{j}]");
        }

        faults.Check(
            chain.Levels.Count + chain.Repeats == 1
                || chain.Levels.SkipLast(chain.Repeats > 0 ? 0 : 1).All(level => level.Delay is { Seconds: > 0 }), $"{field}.levels",
            "Each level that another follows needs a delay.", "REQUIRED");
    }

    private static void Target(this FieldFaults faults, Target target, string field)
    {
        switch (target.TargetCase)
        {
            case Proto.EscalationPolicy.Types.Target.TargetOneofCase.Party: faults.Name(target.Party, "parties", $"{field}.party"); break;
            case Proto.EscalationPolicy.Types.Target.TargetOneofCase.OnCall:
                faults.Name(target.OnCall, "parties", $"{field}.on_call");
                break;
            case Proto.EscalationPolicy.Types.Target.TargetOneofCase.Person: faults.Name(target.Person, "users", $"{field}.person"); break;
            case Proto.EscalationPolicy.Types.Target.TargetOneofCase.Duty:
                faults.Check(
                    target.Duty is Duty.Accountable or Duty.Responsible,
                    $"{field}.duty",
                    "Is neither ACCOUNTABLE nor RESPONSIBLE.",
                    "UNKNOWN_VALUE");
                break;
            default: faults.Add(field, "Exactly one of party, on_call, person and duty is required.", "REQUIRED"); break;
        }
    }
}
