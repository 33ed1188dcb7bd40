namespace Governance.Patching.Rollouts;

/// <summary>Proposes few rollouts that meet the deadlines of all they carry, and says what none can meet. Pure and deterministic.</summary>
internal static class ProposalPlanner
{
    private const int FixesInText = 20;

    /// <summary>Each item is in exactly one proposal, or left over with a reason.</summary>
    public static ProposalAnswer Propose(IEnumerable<ProposalItem> items, ProposalTerms terms)
    {
        var (proposals, leftovers) = (new List<Proposal>(), new List<Leftover>());
        foreach (var group in ProposalGroups.Of(items, terms.Now)) Plan(group, terms, proposals, leftovers);
        var ordered =
            proposals.OrderBy(proposal => proposal.Due).ThenBy(proposal => proposal.Plan.Remediations[0], StringComparer.Ordinal).ToList();
        foreach (var proposal in ordered.Skip(terms.MaxRollouts))
        {
            leftovers.AddRange(proposal.Plan.Remediations.Select(name =>
                new Leftover(name, "MAX_ROLLOUTS", $"{terms.MaxRollouts} rollouts that are due sooner were proposed; ask for more.")));
        }
        return new ProposalAnswer(
            [.. ordered.Take(terms.MaxRollouts)], [.. leftovers.OrderBy(left => left.Remediation, StringComparer.Ordinal)]);
    }

    /// <summary>A group that cannot be in time as a whole is split: first what is due soonest, then by components.</summary>
    private static void Plan(ProposalGroup group, ProposalTerms terms, List<Proposal> proposals, List<Leftover> leftovers)
    {
        var due = group.Items.Min(item => item.Due);
        if (ProposalSchedule.Fit(ProposalWaves.Of(group.Items, terms.StagingEnvironment), due, terms.Now) is { } fit)
        {
            proposals.Add(Draft(group, due, fit.Stages, fit.Forecast));
            return;
        }

        var parts = Split(group.Items, due);
        if (parts.Count == 1) leftovers.AddRange(group.Items.Select(item => TooLate(item, terms.Now)));
        else foreach (var part in parts) Plan(group with { Items = part }, terms, proposals, leftovers);
    }

    private static List<IReadOnlyList<ProposalItem>> Split(IReadOnlyList<ProposalItem> items, DateTimeOffset due)
    {
        var soonest = items.Where(item => item.Due == due).ToList();
        if (soonest.Count < items.Count) return [soonest, [.. items.Where(item => item.Due > due)]];
        var places = items.Select(item => (item.Component, item.Environment)).Distinct()
            .OrderBy(place => place.Component, StringComparer.Ordinal).ThenBy(place => place.Environment, StringComparer.Ordinal).ToList();
        if (places.Count == 1) return [items];
        var first = places.Take(places.Count / 2).ToHashSet();
        return [.. items.GroupBy(item => first.Contains((item.Component, item.Environment)))
            .OrderByDescending(half => half.Key)
            .Select(half => half.ToList())];
    }

    private static Leftover TooLate(ProposalItem item, DateTimeOffset now) => item.FirstSlot > now
        ? new Leftover(
            item.Name,
            "TOO_LATE",
            $"Its first permitted slot is at {item.FirstSlot:u}: staging, the change and its soak would end after {item.Due:u}.")
        : new Leftover(
            item.Name,
            "TOO_LATE",
            $"Staging, the change and the shortest soaks would end after {item.Due:u}: an EMERGENCY or an exception is left.");

    private static Proposal Draft(ProposalGroup group, DateTimeOffset due, List<StagePlan> stages, List<StageForecast> forecast)
    {
        var fixes = group.Items.SelectMany(item => item.Packages)
            .Select(fix => $"{fix.Package}@{fix.Fix}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var before = group.Items.SelectMany(item => item.Packages)
            .Select(fix => $"{fix.Package}@{fix.Installed}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var components = group.Items.Select(item => item.Component).Distinct().Count();
        var plan = new RolloutPlan(
            Shortened($"{group.Title}: {fixes.Count} {(fixes.Count == 1 ? "fix" : "fixes")} in {components} "
                + $"{(components == 1 ? "component" : "components")}"),
            "NORMAL",
            "PATCH",
            [.. group.Items.Select(item => item.Name).Order(StringComparer.Ordinal)],
            stages,
            new BackOutPlan($"Put back what was installed: {Listed(before)}.", ProposalSchedule.BackOutReserve),
            "");
        return new Proposal(plan, due, forecast, fixes);
    }

    private static string Listed(List<string> texts) =>
        string.Join(", ", texts.Take(FixesInText)) + (texts.Count > FixesInText ? $" and {texts.Count - FixesInText} more" : "");

    private static string Shortened(string title) => title.Length <= 200 ? title : title[^200..];
}
