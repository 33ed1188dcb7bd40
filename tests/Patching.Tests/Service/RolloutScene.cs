using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using BookingState = Governance.Windows.V1.Booking.Types.State;
using StageState = Governance.Patching.V1.Stage.Types.State;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.Patching.Tests.Service;

/// <summary>One remediation of one component, the rollout that carries it, and the people around it.</summary>
internal static class RolloutScene
{
    public const string Name = "rollouts/shop-core";

    public static readonly Caller Ines = Callers.Person("ines", "engineer", "approver");
    public static readonly Caller Omar = Callers.Person("omar", "engineer", "approver");
    public static readonly Caller Mia = Callers.Person("mia", "approver");

    public static async Task<PatchingEstate> StartAsync(int tier = 2)
    {
        var patching = await PatchingEstate.StartAsync();
        await patching.KnowAsync(PatchingEstate.Shop, tier);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1", severity: "HIGH"));
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.0");
        return patching;
    }

    public static async Task<Rollout> PlanAsync(PatchingEstate patching) => new()
    {
        DisplayName = "Patch",
        Remediations = { (await patching.OnlyAsync()).Name },
        BackOut = new BackOut { Plan = "Install the version before.", Duration = Duration.FromTimeSpan(TimeSpan.FromMinutes(30)) },
        Stages =
        {
            StageOf("staging", Stage.Types.Kind.Staging, "staging", soakMinutes: 60),
            StageOf("canary", Stage.Types.Kind.Production, "production", soakMinutes: 30),
            StageOf("wave-1", Stage.Types.Kind.Production, "production", soakMinutes: 0),
        },
    };

    public static Stage StageOf(string id, Stage.Types.Kind kind, string environment, int soakMinutes) => new()
    {
        Id = id,
        Kind = kind,
        Environment = environment,
        Components = { PatchingEstate.Shop },
        Duration = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        Soak = Duration.FromTimeSpan(TimeSpan.FromMinutes(soakMinutes)),
    };

    public static async Task ApprovedAsync(PatchingEstate patching)
    {
        await patching.As(Ines).Rollouts
            .CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = await PlanAsync(patching) });
        await patching.As(Ines).Rollouts.SubmitRolloutAsync(new SubmitRolloutRequest { Name = Name });
        await patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name });
    }

    public static async Task BookAllAsync(PatchingEstate patching)
    {
        foreach (var stage in new[] { "staging", "canary", "wave-1" })
        {
            await patching.AnswerAsync(await patching.WishAsync(Name, stage, Wanted.Booked), BookingState.Confirmed);
        }
    }

    public static async Task CarryOutAsync(PatchingEstate patching, string stage)
    {
        var before = (await patching.GetAsync(Name)).Stages.Single(one => one.Id == stage).Booking.RequestedAttempt;
        await patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Stage = stage });
        var start = await patching.WishAsync(Name, stage, Wanted.Started, before + 1);
        await patching.AnswerAsync(start, BookingState.Started);
        await StageAsync(patching, stage, StageState.InProgress);
        await patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Stage = stage });
        var end = await patching.WishAsync(Name, stage, Wanted.Completed);
        end.Outcome.ShouldBe(ChangeOutcome.Successful);
        await patching.AnswerAsync(end, BookingState.Completed);
        (await patching.GetAsync(Name)).Stages.Single(one => one.Id == stage).Booking.State.ShouldBe("COMPLETED");
    }

    public static Task StageAsync(PatchingEstate patching, string stage, StageState state) => Eventually.HoldsAsync(
        async () => (await patching.GetAsync(Name)).Stages.Single(one => one.Id == stage).State == state, $"{stage} is {state}");

    public static Verification Passed() => new() { Result = Verification.Types.Result.Passed, Evidence = "https://ci.example.org/runs/7" };
}
