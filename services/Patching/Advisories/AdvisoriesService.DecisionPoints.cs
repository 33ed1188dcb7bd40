using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Fields;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <content>What people know of them.</content>
internal sealed partial class AdvisoriesService
{
    private const int LongestSource = 500;

    public override Task<Proto.Advisory> SetDecisionPoints(SetDecisionPointsRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var id = NameFields.Id(request.Name, "advisories");
        CheckPoints(request);
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var advisory = await unit.Db.AdvisoryIds.Where(row => row.Id == id)
                .Join(unit.Db.Advisories.AsTracking(), row => row.AdvisoryId, one => one.Id, (_, one) => one).SingleOrDefaultAsync(ct)
                ?? throw new Missing(request.Name);
            unit.CheckEtag(advisory, request.Etag);
            var points = new DecisionPoints
            {
                TechnicalImpact = request.TechnicalImpact,
                Source = request.Source,
                SetTime = unit.Now.ToTimestamp(),
                Setter = unit.Caller.Responsible,
            };
            if (request.HasAutomatable) points.Automatable = request.Automatable;
            var changed = await new AdvisoryIntake(unit).TakeAsync([SourceDocument.Of(advisory.Id, points)], new ImportTally(), ct);
            await reaction.ChangedAsync(unit, changed, ct);
            return (await EpssLookup.LoadAsync(unit.Db, [advisory], ct)).Show(advisory);
        });
    }

    private static void CheckPoints(SetDecisionPointsRequest request)
    {
        var faults = new FieldFaults().Length(request.Source, LongestSource, "source");
        var isSet = request.HasAutomatable || request.TechnicalImpact != DecisionPoints.Types.TechnicalImpact.Unspecified;
        if (isSet) faults.Required(request.Source, "source");
        faults.Check(Enum.IsDefined(request.TechnicalImpact), "technical_impact", "Must be PARTIAL or TOTAL.");
        faults.ThrowIfAny();
    }
}
