using Governance.Common.V1;
using Governance.Patching.Neighbours;
using FieldFault = Governance.Patching.Documents.FieldFault;

namespace Governance.Patching.Rollouts;

/// <summary>Whether a rollout keeps to the template that pre-approves it.</summary>
internal static class TemplateConformance
{
    /// <summary>Every deviation, with its place in the rollout; empty when the template covers it.</summary>
    /// <param name="terms">The template's terms.</param>
    /// <param name="plan">The rollout's plan.</param>
    /// <param name="severity">The worst severity that the rollout remedies.</param>
    /// <param name="factsOf">What is known of a component.</param>
    public static IReadOnlyList<FieldFault> Deviations(
        TemplateTerms terms, RolloutPlan plan, Severity severity, Func<string, ComponentFacts> factsOf)
    {
        var faults = new List<FieldFault>();
        if (!terms.Kinds.Contains(plan.Kind))
        {
            faults.Add(new FieldFault("kind", $"{plan.Kind} is none of {string.Join(", ", terms.Kinds)}."));
        }
        if (terms.MaximumSeverity != Severity.Unspecified && severity > terms.MaximumSeverity)
        {
            faults.Add(new FieldFault(
                "remediations", $"The worst severity is {Word(severity)}; the template ends at {Word(terms.MaximumSeverity)}."));
        }
        if (plan.BackOut.Duration < terms.BackOutReserve)
        {
            faults.Add(new FieldFault(
                "backOut.duration", $"Is {Seconds(plan.BackOut.Duration)}; at least {Seconds(terms.BackOutReserve)} are asked for."));
        }
        CheckStages(terms, plan, faults);
        for (var i = 0; i < plan.Stages.Count; i++)
        {
            CheckComponents(terms, plan.Stages[i].Components, $"stages[{i}].components", factsOf, faults);
        }
        return faults;
    }

    private static void CheckStages(TemplateTerms terms, RolloutPlan plan, List<FieldFault> faults)
    {
        var (wanted, found) = (terms.Stages.Select(stage => stage.Id), plan.Stages.Select(stage => stage.Id));
        if (!wanted.SequenceEqual(found, StringComparer.Ordinal))
        {
            faults.Add(new FieldFault("stages", $"Are {string.Join(", ", found)}; the template has {string.Join(", ", wanted)}."));
            return;
        }

        for (var i = 0; i < plan.Stages.Count; i++)
        {
            CheckStage(terms.Stages[i], plan.Stages[i], $"stages[{i}]", faults);
        }
    }

    private static void CheckStage(TemplateStage wanted, StagePlan stage, string path, List<FieldFault> faults)
    {
        if (stage.Kind != wanted.Kind)
        {
            faults.Add(new FieldFault($"{path}.kind", $"Is {Word(stage.Kind)}; the template has {Word(wanted.Kind)}."));
        }
        if (stage.Environment != wanted.Environment)
        {
            faults.Add(new FieldFault($"{path}.environment", $"Is '{stage.Environment}'; the template has '{wanted.Environment}'."));
        }
        if (stage.Duration > wanted.Duration)
        {
            faults.Add(new FieldFault(
                $"{path}.duration", $"Is {Seconds(stage.Duration)}; at most {Seconds(wanted.Duration)} are allowed."));
        }
        if (stage.Soak < wanted.Soak)
        {
            faults.Add(new FieldFault($"{path}.soak", $"Is {Seconds(stage.Soak)}; at least {Seconds(wanted.Soak)} are asked for."));
        }
        if (stage.Gate < wanted.Gate)
        {
            faults.Add(new FieldFault($"{path}.gate", $"Is {Word(stage.Gate)}; the template asks for {Word(wanted.Gate)}."));
        }
    }

    private static void CheckComponents(
        TemplateTerms terms, IReadOnlyList<string> components, string path, Func<string, ComponentFacts> factsOf, List<FieldFault> faults)
    {
        for (var i = 0; i < components.Count; i++)
        {
            var facts = factsOf(components[i]);
            var isAny = terms.Components.Count == 0 && terms.Systems.Count == 0;
            if (!isAny && !terms.Components.Contains(facts.Name) && !terms.Systems.Contains(facts.System))
            {
                faults.Add(new FieldFault(
                    $"{path}[{i}]", $"{facts.Name} is none of the template's components, and in none of its systems."));
            }
            if (facts.Tier < terms.MostCriticalTier)
            {
                faults.Add(new FieldFault(
                    $"{path}[{i}]", $"{facts.Name} is of tier {facts.Tier}; the template begins at tier {terms.MostCriticalTier}."));
            }
        }
    }

    private static string Seconds(TimeSpan span) => $"{(long)span.TotalSeconds} seconds";

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToUpperInvariant();
}
