using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.RolloutScene;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.Patching.Tests.Service;

public class StandardRolloutTests
{
    private const string Template = "rolloutTemplates/monthly";

    private static readonly Caller Zoe = Callers.Person("zoe", "engineer");

    [Fact]
    public async Task Submit_WithinAnApprovedTemplate_IsScheduledWithoutApprovals()
    {
        await using var patching = await StartAsync();
        var template = await ApprovedTemplateAsync(patching);
        var created = await patching.As(Zoe).Rollouts
            .CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = await StandardAsync(patching) });
        created.ApprovalsNeeded.ShouldBe(0);
        var submitted = await patching.As(Zoe).Rollouts.SubmitRolloutAsync(new SubmitRolloutRequest { Name = Name });
        (submitted.State, submitted.TemplateDigest).ShouldBe((Rollout.Types.State.Scheduled, template.Digest));
        (await patching.WishAsync(Name, "staging", Wanted.Booked)).ChangeType.ShouldBe(ChangeType.Standard);
    }

    [Fact]
    public async Task Submit_TemplateEditedAfterItsApproval_IsRefusedUntilItIsApprovedAgain()
    {
        await using var patching = await StartAsync();
        await ApprovedTemplateAsync(patching);
        await patching.As(Zoe).Rollouts
            .CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = await StandardAsync(patching) });
        var edited = await patching.As(Omar).RolloutTemplates.UpdateRolloutTemplateAsync(new UpdateRolloutTemplateRequest
        {
            RolloutTemplate = new RolloutTemplate { Name = Template, MaximumSeverity = Severity.Medium },
            UpdateMask = new FieldMask { Paths = { "maximum_severity" } },
        });
        (edited.State, edited.Approvals.Count, edited.Stages.Count).ShouldBe((RolloutTemplate.Types.State.Draft, 0, 3));
        (await RefusedAsync(patching)).Reason.ShouldBe("TEMPLATE_NOT_APPROVED");
        await patching.As(Ines).RolloutTemplates.SubmitRolloutTemplateAsync(new SubmitRolloutTemplateRequest { Name = Template });
        (await Refusal.OfAsync(ApproveAsync(patching, Omar))).Reason.ShouldBe("SELF_APPROVAL");
        await ApproveAsync(patching, Mia);
        var refused = await RefusedAsync(patching);
        (refused.Reason, refused.Facts["field"]).ShouldBe(("TEMPLATE_DEVIATION", "remediations"));
        await patching.As(Ines).RolloutTemplates
            .DeleteRolloutTemplateAsync(new DeleteRolloutTemplateRequest { Name = Template, Reason = "Replaced." });
        (await RefusedAsync(patching)).Reason.ShouldBe("TEMPLATE_RETIRED");
        (await patching.Admin.RolloutTemplates.ListRolloutTemplatesAsync(new ListRolloutTemplatesRequest())).RolloutTemplates
            .ShouldBeEmpty();
        (await patching.Admin.RolloutTemplates.GetRolloutTemplateAsync(new GetRolloutTemplateRequest { Name = Template })).State.ShouldBe(
            RolloutTemplate.Types.State.Retired);
    }

    [Fact]
    public async Task Approve_Template_KeepsDutiesApartAndBindsToItsDigest()
    {
        await using var patching = await StartAsync();
        var draft = await CreateTemplateAsync(patching);
        (draft.State, draft.MostCriticalTier, draft.ApprovalsNeeded).ShouldBe((RolloutTemplate.Types.State.Draft, 2, 1));
        (await Refusal.OfAsync(ApproveAsync(patching, Mia))).Reason.ShouldBe("TEMPLATE_NOT_AWAITING_APPROVAL");
        await patching.As(Ines).RolloutTemplates.SubmitRolloutTemplateAsync(new SubmitRolloutTemplateRequest { Name = Template });
        (await Refusal.OfAsync(ApproveAsync(patching, Ines))).Reason.ShouldBe("SELF_APPROVAL");
        (await Refusal.OfAsync(ApproveAsync(patching, Callers.Key("k1", "mia", "approver")))).Reason.ShouldBe("KEYS_CANNOT_APPROVE");
        var mismatch = await Refusal.OfAsync(ApproveAsync(patching, Mia, "00"));
        (mismatch.Code, mismatch.Reason, mismatch.Facts["digest"]).ShouldBe(
            (StatusCode.FailedPrecondition, "DIGEST_MISMATCH", draft.Digest));
        (await ApproveAsync(patching, Mia, draft.Digest)).State.ShouldBe(RolloutTemplate.Types.State.Approved);

        // Who approved the template cannot have its pre-approval for a rollout of their own.
        await patching.As(Callers.Person("mia", "engineer")).Rollouts
            .CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = await StandardAsync(patching) });
        (await RefusedAsync(patching)).Reason.ShouldBe("SELF_APPROVAL");
    }

    [Fact]
    public async Task Create_FaultyTemplateOrReference_NamesEveryFault()
    {
        await using var patching = await StartAsync();
        var template = TemplateOf();
        template.Stages[0].Gate = Stage.Types.Gate.Automatic;
        template.Stages[1].Duration = null;
        template.MostCriticalTier = 5;
        template.Components.Add("shop");
        var refused = await Refusal.OfAsync(
            patching.As(Ines).RolloutTemplates.CreateRolloutTemplateAsync(new CreateRolloutTemplateRequest { RolloutTemplate = template }));
        refused.Fields.ShouldBe(
            [
                "rollout_template.stages[0].gate", "rollout_template.stages[1].duration", "rollout_template.most_critical_tier", "rollout_template.components[1]",
            ],
            ignoreOrder: true);
        var rollout = await StandardAsync(patching);
        rollout.ChangeType = ChangeType.Normal;
        (await Refusal.OfAsync(patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { Rollout = rollout }))).Fields
            .ShouldBe(["rollout.template"]);
        (rollout.ChangeType, rollout.Template) = (ChangeType.Standard, "");
        (await Refusal.OfAsync(patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { Rollout = rollout }))).Fields
            .ShouldBe(["rollout.template"]);
        var narrow = Callers.Person("nick", "engineer@components/blog");
        (await Refusal.OfAsync(patching.As(narrow).RolloutTemplates.CreateRolloutTemplateAsync(
            new CreateRolloutTemplateRequest { RolloutTemplate = TemplateOf() }))).Reason.ShouldBe("OUT_OF_SCOPE");
    }

    [Fact]
    public async Task ApproveRollout_AnotherDigestThanWasRead_IsRefusedNamingBoth()
    {
        await using var patching = await StartAsync();
        var plan = await PlanAsync(patching);
        var read =
            await patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = plan });
        await patching.As(Ines).Rollouts.SubmitRolloutAsync(new SubmitRolloutRequest { Name = Name });
        var edited = await patching.As(Ines).Rollouts.UpdateRolloutAsync(new UpdateRolloutRequest
        {
            Rollout = new Rollout { Name = Name, DisplayName = "Something else" },
            UpdateMask = new FieldMask { Paths = { "display_name" } },
        });
        var refused = await Refusal.OfAsync(
            patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name, Digest = read.Digest }));
        (refused.Reason, refused.Facts["read"], refused.Facts["digest"]).ShouldBe(("DIGEST_MISMATCH", read.Digest, edited.Digest));
        var approved =
            await patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name, Digest = edited.Digest });
        approved.Approvals.ShouldHaveSingleItem().Digest.ShouldBe(edited.Digest);
    }

    private static async Task<Refusal> RefusedAsync(PatchingEstate patching) =>
        await Refusal.OfAsync(patching.As(Zoe).Rollouts.SubmitRolloutAsync(new SubmitRolloutRequest { Name = Name }));

    private static AsyncUnaryCall<RolloutTemplate> ApproveAsync(PatchingEstate patching, Caller caller, string digest = "") =>
        patching.As(caller).RolloutTemplates
            .ApproveRolloutTemplateAsync(new ApproveRolloutTemplateRequest { Name = Template, Digest = digest });

    private static async Task<RolloutTemplate> ApprovedTemplateAsync(PatchingEstate patching)
    {
        await CreateTemplateAsync(patching);
        await patching.As(Ines).RolloutTemplates.SubmitRolloutTemplateAsync(new SubmitRolloutTemplateRequest { Name = Template });
        return await ApproveAsync(patching, Mia);
    }

    private static async Task<RolloutTemplate> CreateTemplateAsync(PatchingEstate patching) =>
        await patching.As(Ines).RolloutTemplates
            .CreateRolloutTemplateAsync(new CreateRolloutTemplateRequest { RolloutTemplateId = "monthly", RolloutTemplate = TemplateOf() });

    private static RolloutTemplate TemplateOf() => new()
    {
        DisplayName = "Monthly patches",
        Components = { PatchingEstate.Shop },
        MaximumSeverity = Severity.High,
        BackOutReserve = Duration.FromTimeSpan(TimeSpan.FromMinutes(30)),
        Stages =
        {
            StageOf("staging", Stage.Types.Kind.Staging, "staging"),
            StageOf("canary", Stage.Types.Kind.Production, "production"),
            StageOf("wave-1", Stage.Types.Kind.Production, "production"),
        },
    };

    private static TemplateStage StageOf(string id, Stage.Types.Kind kind, string environment) =>
        new() { Id = id, Kind = kind, Environment = environment, Duration = Duration.FromTimeSpan(TimeSpan.FromHours(1)) };

    private static async Task<Rollout> StandardAsync(PatchingEstate patching)
    {
        var plan = await PlanAsync(patching);
        (plan.ChangeType, plan.Template) = (ChangeType.Standard, Template);
        return plan;
    }
}
