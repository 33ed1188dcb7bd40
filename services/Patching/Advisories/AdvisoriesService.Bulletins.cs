using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Advisories.Manual;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <content>What is entered by hand.</content>
internal sealed partial class AdvisoriesService
{
    public override Task<Proto.Advisory> CreateAdvisory(CreateAdvisoryRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.Advisory, "advisory");
        var id = faults.BulletinId(request.AdvisoryId, "advisory_id");
        faults.Bulletin(request.Advisory ?? new(), id, default);
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            if (await unit.Db.AdvisoryIds.AnyAsync(row => row.Id == id, ct)) throw new AlreadyExists($"advisories/{id}");
            return await KeepAsync(unit, new FieldFaults().Bulletin(request.Advisory!, id, unit.Now), ct);
        });
    }

    public override Task<Proto.Advisory> UpdateAdvisory(UpdateAdvisoryRequest request, ServerCallContext context)
    {
        if (request.Advisory is null) throw FieldFaults.Single("advisory", "Is required.", "REQUIRED");
        return ChangeBulletin(request, request.Advisory.Name, request.Advisory.Etag, context, (source, now) =>
        {
            var current = AdvisoryMerge.RecordOf(source);
            var faults = new FieldFaults();
            var edited =
                faults.Masked(AdvisoryMerge.Of([source], [current.Id, .. current.Aliases]).Body, request.Advisory, request.UpdateMask);
            var bulletin = faults.Bulletin(edited, current.Id, now);
            faults.ThrowIfAny();
            return edited.Published is null ? bulletin with { Published = current.Published } : bulletin;
        });
    }

    public override Task<Proto.Advisory> WithdrawAdvisory(WithdrawAdvisoryRequest request, ServerCallContext context)
    {
        new FieldFaults().Required(request.Reason, "reason").Length(request.Reason, 1000, "reason").ThrowIfAny();
        return ChangeBulletin(request, request.Name, request.Etag, context, (source, now) =>
        {
            var current = AdvisoryMerge.RecordOf(source);
            if (current.Withdrawn is not null)
            {
                throw new RuleViolation(
                "ADVISORY_WITHDRAWN", $"advisories/{current.Id} is withdrawn already.", ("advisory", $"advisories/{current.Id}"));
            }

            return current with { Withdrawn = now.ToDateTimeOffset(), Modified = now.ToDateTimeOffset() };
        });
    }

    private Task<Proto.Advisory> ChangeBulletin(
        IMessage request, string name, string etag, ServerCallContext context, Func<AdvisorySourceRow, Instant, AdvisoryRecord> change)
    {
        context.Demand(new Target());
        var id = NameFields.Id(name, "advisories");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var advisory = await unit.Db.FindAdvisoryAsync(id, ct) ?? throw new Missing(name);
            unit.CheckEtag(advisory, etag);
            return await KeepAsync(unit, change(await unit.Db.FindBulletinAsync(advisory, id, ct), unit.Now), ct);
        });
    }

    /// <summary>
    /// The advisory as it is with the bulletin, which is one more source of it: it joins with others by id and alias, matches and
    /// withdraws alike.
    /// </summary>
    private async Task<Proto.Advisory> KeepAsync(WriteUnit<PatchingDb> unit, AdvisoryRecord bulletin, CancellationToken ct)
    {
        var digest = Digests.Of(Columns.ToJsonBytes(bulletin with { Modified = default, Digest = "" }));
        var document = SourceDocument.Of(bulletin with { Digest = digest }, SourceDocument.Manual);
        var changed = await new AdvisoryIntake(unit).TakeAsync([document], new ImportTally(), ct);
        await reaction.ChangedAsync(unit, changed, ct);
        var advisory = changed.Count > 0 ? changed[0].Advisory : (await unit.Db.FindAdvisoryAsync(bulletin.Id, ct))!;
        return (await EpssLookup.LoadAsync(unit.Db, [advisory], ct)).Show(advisory);
    }
}
