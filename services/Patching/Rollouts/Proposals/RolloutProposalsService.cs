using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Rollouts.Proposals;

/// <summary>Proposes rollouts for open remediations.</summary>
internal sealed class RolloutProposalsService(
    Writes<PatchingDb> writes,
    IDbContextFactory<PatchingDb> databases,
    BusinessClock clock,
    RolloutOptions options) : V1.RolloutProposals.RolloutProposalsBase
{
    /// <summary>Proposes rollouts; with <c>create</c> they are drafts afterwards, all or none.</summary>
    public override Task<ProposeRolloutsResponse> ProposeRollouts(ProposeRolloutsRequest request, ServerCallContext context)
    {
        var question = ProposalQuestion.Read(request);
        return request.Create
            ? writes.RunAsync(request, context, (unit, ct) => CreateProposedAsync(unit, question, context, ct), Show)
            : AnswerProposalAsync(question, context);
    }

    private async Task<ProposeRolloutsResponse> AnswerProposalAsync(ProposalQuestion question, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var now = clock.Now;
        return (await ProposeAsync(db, question, now, context, context.CancellationToken)).Response;
    }

    private async Task<(ProposeRolloutsResponse Response, List<StoredRollout> Created)> CreateProposedAsync(
        WriteUnit<PatchingDb> unit, ProposalQuestion question, ServerCallContext context, CancellationToken ct)
    {
        var (answer, response) = await ProposeAsync(unit.Db, question, unit.Now, context, ct);
        var created = new List<StoredRollout>();
        foreach (var plan in answer.Proposals.Select(proposal => proposal.Plan))
        {
            var id = Guid.CreateVersion7().ToString();
            var carried = await RolloutCargo.LoadAsync(unit.Db, id, plan, ct);
            var facts = await unit.Db.FactsAsync(plan.AllComponents(), ct);
            var rollout = Rollout.Create(
                $"rollouts/{id}", plan, unit.Caller.Responsible, ApprovalRule.Needed(plan, name => facts[name].Tier))
                with
            { ReviewWithin = options.ReviewWithin };
            var stored = StoredRollout.Create(id, rollout, unit.Now);
            await unit.AddAsync(stored, ct);
            await RolloutCargo.CarryAsync(unit, stored, carried, ct);
            created.Add(stored);
        }

        return (response, created);
    }

    private static ProposeRolloutsResponse Show((ProposeRolloutsResponse Response, List<StoredRollout> Created) done)
    {
        foreach (var (proposal, stored) in done.Response.Proposals.Zip(done.Created)) proposal.Rollout = stored.ToProto();
        return done.Response;
    }

    private static async Task<(ProposalAnswer Answer, ProposeRolloutsResponse Response)> ProposeAsync(
        PatchingDb db, ProposalQuestion question, Instant now, ServerCallContext context, CancellationToken ct)
    {
        var source = await ProposalSource.LoadAsync(db, question, await db.SightAsync(context, ct), now, ct);
        var answer = ProposalPlanner.Propose(
            source.Items, new ProposalTerms(now.ToDateTimeOffset(), question.StagingEnvironment, question.MaxRollouts));
        var facts = await db.FactsAsync(answer.Proposals.SelectMany(proposal => proposal.Plan.AllComponents()), ct);
        var response = new ProposeRolloutsResponse
        {
            Proposals = { answer.Proposals.Select(proposal =>
                proposal.ToProto(ApprovalRule.Needed(proposal.Plan, name => facts[name].Tier), now)) },
            Leftovers = { answer.Leftovers.Concat(source.Leftovers)
                .OrderBy(left => left.Remediation, StringComparer.Ordinal)
                .Select(left => left.ToProto()) },
            NotConsidered = source.NotConsidered,
        };
        return (answer, response);
    }
}
