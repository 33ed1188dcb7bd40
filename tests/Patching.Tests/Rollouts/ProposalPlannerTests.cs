using System.Text.Json;
using Governance.Patching.Rollouts;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Rollouts;

public class ProposalPlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private static readonly ProposalTerms Terms = new(Now, "staging", 200);

    [Fact]
    public void Propose_OnePackageInManyComponents_IsOneRolloutWithTierOneLast()
    {
        var items = Enumerable.Range(1, 4).Select(i => Item($"remediations/{i}", $"components/c{i}", tier: i, system: $"systems/s{i}"));
        var answer = ProposalPlanner.Propose(items, Terms);
        var proposal = answer.Proposals.ShouldHaveSingleItem();
        answer.Leftovers.ShouldBeEmpty();
        proposal.Plan.Stages.Select(stage => $"{stage.Id}: {string.Join(' ', stage.Components)}").ShouldBe(
            [
                "staging: components/c1 components/c2 components/c3 components/c4",
                "canary: components/c4",
                "wave-1: components/c2 components/c3",
                "wave-2: components/c1",
            ]);
        (proposal.Plan.Stages[0].Environment, proposal.Plan.Stages[0].Gate).ShouldBe(("staging", StageGate.Verification));
        proposal.Plan.DisplayName.ShouldBe("pkg:composer/acme/core: 1 fix in 4 components");
        proposal.Plan.BackOut.Plan.ShouldContain("pkg:composer/acme/core@1.0.0");
        RolloutPlanRules.Check(proposal.Plan).ShouldBeEmpty();
    }

    [Fact]
    public void Propose_ManyPackagesOfOneSystem_AreOneRollout()
    {
        var items = Enumerable.Range(1, 9).Select(i => Item($"remediations/{i}", $"components/c{i % 3}", package: $"pkg:npm/p{i}"));
        ProposalPlanner.Propose(items, Terms).Proposals.ShouldHaveSingleItem().Fixes.Count.ShouldBe(9);
    }

    [Fact]
    public void Propose_StagingAlone_HasNoProductionStage() =>
        ProposalPlanner.Propose([Item("remediations/1", environment: "staging")], Terms).Proposals.ShouldHaveSingleItem()
            .Plan.Stages.ShouldHaveSingleItem().Kind.ShouldBe(StageKind.Staging);

    [Theory]
    [InlineData(30 * 24, 24)]
    [InlineData(48, 12)]
    [InlineData(20, 4)]
    [InlineData(6, 1)]
    public void Propose_LessTime_ShortensTheSoaks(int hours, int stagingSoak)
    {
        var proposal = ProposalPlanner.Propose([Item("remediations/1", due: hours)], Terms).Proposals.ShouldHaveSingleItem();
        proposal.Plan.Stages[0].Soak.ShouldBe(TimeSpan.FromHours(stagingSoak));
    }

    [Fact]
    public void Propose_NoTimeLeft_IsSaid()
    {
        var soon = ProposalPlanner.Propose([Item("remediations/1", due: 2)], Terms).Leftovers.ShouldHaveSingleItem();
        (soon.Remediation, soon.Reason).ShouldBe(("remediations/1", "TOO_LATE"));
        var slot = Item("remediations/1", due: 72) with { FirstSlot = Now.AddHours(71.5) };
        ProposalPlanner.Propose([slot], Terms).Leftovers.ShouldHaveSingleItem().Detail.ShouldContain("first permitted slot");
        var known = ProposalPlanner.Propose([slot with { FirstSlot = Now.AddHours(60) }], Terms).Proposals.ShouldHaveSingleItem();
        known.Forecast[^1].Start.ShouldBeGreaterThanOrEqualTo(Now.AddHours(60));
    }

    [Fact]
    public void Propose_SomeTooUrgentForTheRest_AreSplitOff()
    {
        var items = Enumerable.Range(1, 6).Select(i => Item($"remediations/{i}", $"components/c{i}", due: i == 1 ? 4 : 60));
        var answer = ProposalPlanner.Propose(items, Terms);
        answer.Leftovers.ShouldBeEmpty();
        answer.Proposals.Select(proposal => proposal.Plan.Remediations.Count).ShouldBe([1, 5]);
    }

    [Fact]
    public void Propose_MoreThanAskedFor_LeavesTheLaterOnes()
    {
        var items = Enumerable.Range(1, 3)
            .Select(i => Item($"remediations/{i}", $"components/c{i}", package: $"pkg:npm/p{i}", due: 400 + i, system: ""));
        var answer = ProposalPlanner.Propose(items, Terms with { MaxRollouts = 2 });
        answer.Proposals.Select(proposal => proposal.Plan.Remediations.Single()).ShouldBe(["remediations/1", "remediations/2"]);
        answer.Leftovers.ShouldHaveSingleItem().Reason.ShouldBe("MAX_ROLLOUTS");
    }

    [Fact]
    public void Propose_AnyEstate_CarriesEachOnceInTimeAndInOrder()
    {
        var (rollouts, remediations) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var items = Estate(random);
            var answer = ProposalPlanner.Propose(items, Terms);
            answer.Proposals.SelectMany(proposal => proposal.Plan.Remediations).Concat(answer.Leftovers.Select(left => left.Remediation))
                .Order(StringComparer.Ordinal)
                .SequenceEqual(items.Select(item => item.Name).Order(StringComparer.Ordinal))
                .ShouldBeTrue($"seed {seed}");
            rollouts += answer.Proposals.Count;
            remediations += answer.Proposals.Sum(proposal => proposal.Plan.Remediations.Count);
            var byName = items.ToDictionary(item => item.Name);
            foreach (var proposal in answer.Proposals) Check(proposal, byName);

            var shuffled = items.ToArray();
            random.Shuffle(shuffled);
            JsonSerializer.Serialize(ProposalPlanner.Propose(shuffled, Terms)).ShouldBe(JsonSerializer.Serialize(answer));
        }

        (3 * rollouts).ShouldBeLessThan(remediations, "Few rollouts carry many remediations.");
    }

    private static void Check(Proposal proposal, Dictionary<string, ProposalItem> items)
    {
        RolloutPlanRules.Check(proposal.Plan).ShouldBeEmpty();
        proposal.Plan.Stages[0].Kind.ShouldBe(StageKind.Staging);
        var carried = proposal.Plan.Remediations.Select(name => items[name]).ToList();
        carried.TrueForAll(item => proposal.Plan.Stages.Any(stage =>
            stage.Environment == item.Environment && stage.Components.Contains(item.Component))).ShouldBeTrue();
        carried.TrueForAll(item => proposal.Forecast[^1].Watched <= item.Due).ShouldBeTrue();
        foreach (var (stage, forecast) in proposal.Plan.Stages.Zip(proposal.Forecast))
        {
            (forecast.Stage, forecast.End, forecast.Watched).ShouldBe(
                (stage.Id, forecast.Start + stage.Duration, forecast.End + stage.Soak));
            var here = carried.Where(item => item.Environment == stage.Environment && stage.Components.Contains(item.Component));
            here.All(item => item.FirstSlot is null || item.FirstSlot <= forecast.Start).ShouldBeTrue();
        }

        proposal.Forecast.Zip(proposal.Forecast.Skip(1)).All(pair => pair.First.Watched <= pair.Second.Start).ShouldBeTrue();
        var tiers = proposal.Plan.Stages.Where(stage => stage.Kind == StageKind.Production).SkipLast(1)
            .SelectMany(stage => stage.Components)
            .Where(component => carried.Exists(item => item.Component == component && item.Tier == 1))
            .ToList();
        if (tiers.Count > 0)
        {
            proposal.Plan.Stages[^1].Components
            .All(component => carried.Exists(item => item.Component == component && item.Tier == 1))
            .ShouldBeTrue("Tier 1 comes last.");
        }
    }

    /// <summary>Components in systems with packages that many share, some of them due soon.</summary>
    private static List<ProposalItem> Estate(Random random)
    {
        var components = Enumerable.Range(0, random.Next(2, 25))
            .Select(i => (Name: $"components/c{i}", Tier: random.Next(
                1, 5), System: random.Next(4) == 0 ? "" : $"systems/s{random.Next(4)}")).ToArray();
        var items = new List<ProposalItem>();
        foreach (var (name, tier, system) in components)
        {
            var count = random.Next(2, 12);
            for (var i = 0; i < count; i++)
            {
                var item = Item($"remediations/{items.Count}", name, tier, system, $"pkg:npm/p{random.Next(30)}", random.Next(6) == 0
                    ? random.Next(1, 40)
                    : random.Next(48, 2000), random.Next(5) == 0 ? "staging" : "production");
                items.Add(random.Next(3) == 0 ? item with { FirstSlot = Now.AddHours(random.Next(-5, 60)) } : item);
            }
        }

        return items;
    }

    private static ProposalItem Item(
        string name, string component = "components/c1", int tier = 2, string system =
            "systems/shop", string package = "pkg:composer/acme/core", int due = 400, string environment = "production") =>
        new(name, component, environment, [new ProposalFix(package, "1.0.0", "2.0.0")], Now.AddHours(due), tier, system, null);
}
