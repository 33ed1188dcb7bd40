using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>Remediations, and what people decide about them.</summary>
internal sealed partial class RemediationsService(
    Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases) : V1.Remediations.RemediationsBase
{
    public override async Task<Proto.Remediation> GetRemediation(GetRemediationRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var id = NameFields.Id(request.Name, "remediations");
        await using var db = await databases.CreateDbContextAsync(ct);
        var remediation =
            await db.Remediations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(request.Name);
        if (await db.SightAsync(context, ct) is { } sight && !sight.Contains(remediation.Component)) throw new Missing(request.Name);
        return remediation.ToProto();
    }

    public override async Task<ListRemediationsResponse> ListRemediations(ListRemediationsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = Filter(db.Remediations.AsNoTracking(), request);
        if (await db.SightAsync(context, ct) is { } sight) query = query.Where(one => sight.Contains(one.Component));
        if (NameFields.InFull(request.Advisory, "advisories") is { Length: > 0 } advisory)
        {
            var id = advisory["advisories/".Length..];
            query = query.Where(one => one.AdvisoryId == id || db.AdvisoryIds.Any(row => row.Id == id && row.AdvisoryId == one.AdvisoryId));
        }

        var remediations = await Remediation.DueSoonest.ListAsync(query, page, ct);
        return new ListRemediationsResponse
        {
            Remediations = { remediations.Items.Select(one => one.ToProto()) },
            NextPageToken = remediations.NextPageToken,
        };
    }

    private static IQueryable<Remediation> Filter(IQueryable<Remediation> query, ListRemediationsRequest request)
    {
        var faults = new FieldFaults();
        if (NameFields.InFull(request.Component, "components") is { Length: > 0 } component)
        {
            query = query.Where(one => one.Component == component);
        }
        if (request.Environment is { Length: > 0 } environment) query = query.Where(one => one.Environment == environment);
        if (request.States.Count > 0)
        {
            var states = request.States.ToArray();
            query = query.Where(one => states.Contains(one.Status));
        }

        if (request.MinimumSeverity != Severity.Unspecified)
        {
            var least = request.MinimumSeverity;
            query = query.Where(one => one.Severity >= least);
        }

        if (faults.Moment(request.DueBefore, "due_before") is { } before) query = query.Where(one => one.Due < before);
        if (request.Lifecycle is { Length: > 0 } lifecycle) query = query.Where(one => one.LifecycleName == lifecycle);
        if (NameFields.InFull(request.Owner, "parties") is { Length: > 0 } owner) query = query.Where(one => one.Owner == owner);
        if (NameFields.InFull(request.Rollout, "rollouts") is { Length: > 0 } rollout)
        {
            var id = rollout["rollouts/".Length..];
            query = query.Where(one => one.RolloutId == id);
        }

        faults.ThrowIfAny();
        return query;
    }
}
