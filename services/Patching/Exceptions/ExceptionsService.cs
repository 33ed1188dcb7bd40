using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Deadlines;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Remediation = Governance.Patching.Remediations.Remediation;

namespace Governance.Patching.Exceptions;

/// <summary>Exceptions from remediating in time.</summary>
internal sealed partial class ExceptionsService(
    Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases) : V1.Exceptions.ExceptionsBase
{
    private static readonly Keyset<StoredException> NewestException = new Keyset<StoredException>()
        .By(exception => exception.CreateTime, descending: true)
        .By(exception => exception.Id, descending: true);

    public override Task<RemediationException> CreateException(CreateExceptionRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Exception, "exception");
        var id = faults.NewId(request.ExceptionId, "exception_id");
        var terms = faults.Terms(request.Exception ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var remediations = await DemandTermsAsync(unit, terms, context, ct);
            var stored = StoredException.Create(id, terms, ExceptionCargo.ComponentsOf(remediations), unit.Caller.Responsible, unit.Now);
            await unit.AddAsync(stored, ct);
            await ExceptionCargo.IndexAsync(unit, id, remediations, ct);
            unit.Record(stored.Name, Duty.Requested);
            return stored.ToProto();
        });
    }

    public override async Task<RemediationException> GetException(GetExceptionRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindExceptionAsync(db, request.Name, context, context.CancellationToken)).ToProto();
    }

    public override async Task<ListExceptionsResponse> ListExceptions(ListExceptionsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = Filter(db, request);
        if (await db.SightAsync(context, ct) is { } sight)
        {
            query = query.Where(exception =>
                db.ExceptionRemediations.Any(row => row.ExceptionId == exception.Id && sight.Contains(row.Component)));
        }
        var exceptions = await NewestException.ListAsync(query, page, ct);
        return new ListExceptionsResponse
        {
            Exceptions = { exceptions.Items.Select(exception => exception.ToProto()) },
            NextPageToken = exceptions.NextPageToken,
        };
    }

    public override Task<RemediationException> UpdateException(UpdateExceptionRequest request, ServerCallContext context)
    {
        if (request.Exception is null) throw FieldFaults.Single("exception", "Is required.", "REQUIRED");
        return ChangeException(request, request.Exception.Name, request.Exception.Etag, context, async (stored, unit, ct) =>
        {
            var faults = new FieldFaults();
            var terms = faults.Terms(faults.Masked(stored.ToProto(), request.Exception, request.UpdateMask));
            faults.ThrowIfAny();
            stored.DemandEditable();
            var remediations = await DemandTermsAsync(unit, terms, context, ct);
            stored.Edit(terms, ExceptionCargo.ComponentsOf(remediations), unit.Caller.Responsible, unit.Now);
            await ExceptionCargo.IndexAsync(unit, stored.Id, remediations, ct);
            unit.Record(stored.Name, Duty.Edited);
        });
    }

    /// <summary>Holds the terms to what is there, to the policy in force, and to the caller's reach.</summary>
    private static async Task<List<Remediation>> DemandTermsAsync(
        WriteUnit<PatchingDb> unit, RemediationException terms, ServerCallContext context, CancellationToken ct)
    {
        var faults = new FieldFaults();
        faults.HoldTo((await PolicyInForce.LoadAsync(unit.Db, ct)).Terms, terms, unit.Now);
        faults.ThrowIfAny();
        var remediations = await ExceptionCargo.DemandAsync(unit.Db, terms, ct);
        await unit.Db.DemandAsync(context, remediations.Select(one => one.Component), ct);
        return remediations;
    }

    private static IQueryable<StoredException> Filter(PatchingDb db, ListExceptionsRequest request)
    {
        var faults = new FieldFaults();
        var query = db.Exceptions.AsNoTracking();
        if (request.States.Count > 0)
        {
            var states = request.States.ToArray();
            query = query.Where(exception => states.Contains(exception.Status));
        }

        if (NameFields.InFull(request.Remediation, "remediations") is { Length: > 0 } remediation)
        {
            var id = remediation["remediations/".Length..];
            query =
                query.Where(exception => db.ExceptionRemediations.Any(row => row.ExceptionId == exception.Id && row.RemediationId == id));
        }

        if (NameFields.InFull(request.Component, "components") is { Length: > 0 } component)
        {
            query = query.Where(exception =>
                db.ExceptionRemediations.Any(row => row.ExceptionId == exception.Id && row.Component == component));
        }
        if (faults.Moment(request.ExpiresBefore, "expires_before") is { } before)
        {
            query = query.Where(exception => exception.Expiry < before);
        }
        if (request.ReviewOverdue) query = query.Where(exception => exception.ReviewOverdue);
        faults.ThrowIfAny();
        return query;
    }

    private Task<RemediationException> ChangeException(
        IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Func<StoredException, WriteUnit<PatchingDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "exceptions");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var stored = await FindExceptionAsync(unit.Db, name, context, ct);
            var components =
                await unit.Db.ExceptionRemediations.Where(row => row.ExceptionId == stored.Id).Select(row => row.Component).ToListAsync(ct);
            await unit.Db.DemandAsync(context, components, ct);
            unit.CheckEtag(stored, etag);
            await change(stored, unit, ct);
            return stored.ToProto();
        });
    }

    private static async Task<StoredException> FindExceptionAsync(
        PatchingDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "exceptions");
        var stored = await db.Exceptions.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        if (await db.SightAsync(context, ct) is not { } sight) return stored;
        return await db.ExceptionRemediations.AnyAsync(row => row.ExceptionId == id && sight.Contains(row.Component), ct)
            ? stored
            : throw new Missing(name);
    }
}
