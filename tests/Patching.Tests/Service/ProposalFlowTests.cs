using Google.Protobuf.WellKnownTypes;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.RolloutScene;

namespace Governance.Patching.Tests.Service;

public class ProposalFlowTests
{
    private const string Blog = "components/blog";

    [Fact]
    public async Task Propose_OpenRemediations_AreDraftsThatCreateTakes()
    {
        await using var patching = await TwoComponentsAsync();
        var answer = await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(new ProposeRolloutsRequest());
        var proposal = answer.Proposals.ShouldHaveSingleItem();
        answer.Leftovers.ShouldBeEmpty();
        (proposal.Rollout.Name, proposal.Rollout.Remediations.Count, proposal.Fixes.ShouldHaveSingleItem()).ShouldBe(
            ("", 2, "pkg:composer/acme/shop-core@2.0.0"));
        proposal.Rollout.Stages.Select(stage => stage.Id).ShouldBe(["staging", "canary", "wave-1"]);
        proposal.Rollout.Stages[1].Components.ShouldBe([Blog]);
        proposal.Forecast[^1].Watched.ShouldBeLessThanOrEqualTo(proposal.Due);
        (await patching.Admin.Rollouts.ListRolloutsAsync(new ListRolloutsRequest())).Rollouts.ShouldBeEmpty();

        await patching.As(Ines).Rollouts
            .CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = proposal.Rollout });
        (await patching.OnlyAsync()).Rollout.ShouldBe(Name);
        (await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(new ProposeRolloutsRequest())).Proposals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Propose_WithCreate_LeavesDraftsThatCarryTheirRemediations()
    {
        await using var patching = await TwoComponentsAsync();
        var request = new ProposeRolloutsRequest { Create = true, RequestId = Guid.NewGuid().ToString() };
        var created = (await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(request)).Proposals.ShouldHaveSingleItem().Rollout;
        (created.State, created.Requester).ShouldBe((Rollout.Types.State.Draft, "users/ines"));
        (await patching.OnlyAsync(Blog)).Rollout.ShouldBe(created.Name);
        (await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(request)).Proposals
            .ShouldHaveSingleItem().Rollout.Name
            .ShouldBe(created.Name);
        (await patching.Admin.Rollouts.ListRolloutsAsync(new ListRolloutsRequest())).Rollouts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Propose_FiltersAndHorizon_LeaveTheOthersOut()
    {
        await using var patching = await TwoComponentsAsync();
        var one = await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(new ProposeRolloutsRequest { Components = { Blog } });
        one.Proposals.ShouldHaveSingleItem().Rollout.Remediations.ShouldBe([(await patching.OnlyAsync(Blog)).Name]);
        (await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(new ProposeRolloutsRequest { Environment = "elsewhere" })).Proposals
            .ShouldBeEmpty();
        (await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(new ProposeRolloutsRequest { System = "systems/web" })).Proposals
            .ShouldHaveSingleItem().Rollout.Remediations.Count
            .ShouldBe(1);
        var later = await patching.As(Ines).RolloutProposals
            .ProposeRolloutsAsync(new ProposeRolloutsRequest { Horizon = Duration.FromTimeSpan(TimeSpan.FromHours(1)) });
        later.Leftovers.Select(left => left.Reason).ShouldBe(["LATER", "LATER"]);
        var narrow = Callers.Person("nick", $"engineer@{Blog}");
        (await patching.As(narrow).RolloutProposals.ProposeRolloutsAsync(new ProposeRolloutsRequest())).Proposals
            .ShouldHaveSingleItem().Rollout.Remediations.Count
            .ShouldBe(1);
        patching.Estate.Clock.Advance(TimeSpan.FromDays(300));
        (await patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(new ProposeRolloutsRequest())).Leftovers
            .Select(left => left.Reason)
            .ShouldBe(["OVERDUE", "OVERDUE"]);
    }

    [Fact]
    public async Task Propose_FaultyQuestion_NamesEveryFault()
    {
        await using var patching = await StartAsync();
        var question = new ProposeRolloutsRequest
        {
            Components = { "shop" },
            Owner = "me",
            System = "web",
            MaxRollouts = 201,
            Horizon = Duration.FromTimeSpan(TimeSpan.Zero),
        };
        (await Refusal.OfAsync(patching.As(Ines).RolloutProposals.ProposeRolloutsAsync(question))).Fields
            .ShouldBe(["components[0]", "owner", "system", "max_rollouts", "horizon"], ignoreOrder: true);
    }

    private static async Task<PatchingEstate> TwoComponentsAsync()
    {
        var patching = await StartAsync();
        await patching.KnowAsync(Blog, tier: 4, system: "systems/web");
        await patching.HasAsync(Blog, "production", "pkg:composer/acme/shop-core@1.3.0");
        return patching;
    }
}
