using Governance.Patching.Fields;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>Proposals as messages.</summary>
internal static class ProposalMapping
{
    public static Proto.RolloutProposal ToProto(this Proposal proposal, int approvalsNeeded, Instant now)
    {
        var draft = StoredRollout.Create("", Rollout.Create("", proposal.Plan, "", approvalsNeeded), now).ToProto();
        (draft.Name, draft.Etag, draft.CreateTime, draft.UpdateTime) = ("", "", null, null);
        draft.Due = proposal.Due.ToTimestamp();
        return new Proto.RolloutProposal
        {
            Rollout = draft,
            Due = proposal.Due.ToTimestamp(),
            Fixes = { proposal.Fixes },
            Forecast =
            {
                proposal.Forecast.Select(stage => new Proto.StageForecast
                {
                    Stage = stage.Stage,
                    Start = stage.Start.ToTimestamp(),
                    End = stage.End.ToTimestamp(),
                    Watched = stage.Watched.ToTimestamp(),
                }),
            },
        };
    }

    public static Proto.ProposalLeftover ToProto(this Leftover leftover) =>
        new() { Remediation = leftover.Remediation, Reason = leftover.Reason, Detail = leftover.Detail };
}
