using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Inventory;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <summary>Advisories, whatever brought them.</summary>
internal sealed partial class AdvisoriesService(
    Writes<PatchingDb> writes,
    IDbContextFactory<PatchingDb> databases,
    AdvisoryImporter imports,
    IAdvisoryReaction reaction) : V1.Advisories.AdvisoriesBase
{
    private static readonly Keyset<Advisory> NewestAdvisory = new Keyset<Advisory>()
        .By(advisory => advisory.Modified, descending: true)
        .By(advisory => advisory.Id, descending: true);

    public override async Task<ImportAdvisoriesResponse> ImportAdvisories(
        IAsyncStreamReader<ImportAdvisoriesRequest> requestStream, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var upload =
            await ImportUpload<ImportAdvisoriesRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        var import = imports.Begin(upload.Parameters, context);
        await imports.RunAsync(import, upload, context.CancellationToken);
        return import.ToResponse();
    }

    public override async Task<Proto.Advisory> GetAdvisory(GetAdvisoryRequest request, ServerCallContext context)
    {
        var id = NameFields.Id(request.Name, "advisories");
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var advisory = await db.AdvisoryIds.AsNoTracking().Where(row => row.Id == id)
            .Join(db.Advisories.AsNoTracking(), row => row.AdvisoryId, one => one.Id, (_, one) => one)
            .SingleOrDefaultAsync(context.CancellationToken);
        var found = advisory ?? throw new Missing(request.Name);
        return (await EpssLookup.LoadAsync(db, [found], context.CancellationToken)).Show(found);
    }

    public override async Task<ListAdvisoriesResponse> ListAdvisories(ListAdvisoriesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = Filter(db, request);
        var advisories = await NewestAdvisory.ListAsync(query, page, ct);
        var scores = await EpssLookup.LoadAsync(db, advisories.Items, ct);
        return new ListAdvisoriesResponse
        {
            Advisories = { advisories.Items.Select(scores.Show) },
            NextPageToken = advisories.NextPageToken,
            TotalSize = await query.CountAsync(ct),
        };
    }

    private static IQueryable<Advisory> Filter(PatchingDb db, ListAdvisoriesRequest request)
    {
        var faults = new FieldFaults();
        var query = db.Advisories.AsNoTracking();
        if (request.MinimumSeverity != Severity.Unspecified)
        {
            var least = request.MinimumSeverity;
            query = query.Where(advisory => advisory.Severity >= least);
        }

        if (request.HasKev)
        {
            var kev = request.Kev;
            query = query.Where(advisory => advisory.IsKev == kev);
        }

        if (request.Package.Length > 0) query = Affecting(db, query, request.Package, faults);
        if (request.Text.Trim().ToLowerInvariant() is { Length: > 0 } text)
        {
            query = query.Where(advisory => advisory.SearchText.Contains(text));
        }
        if (faults.Moment(request.ModifiedSince, "modified_since") is { } since)
        {
            query = query.Where(advisory => advisory.Modified >= since);
        }
        if (request.MinimumEpss != 0) query = AtLeast(db, query, request.MinimumEpss, faults);
        faults.ThrowIfAny();
        return query;
    }

    private static IQueryable<Advisory> AtLeast(PatchingDb db, IQueryable<Advisory> query, double probability, FieldFaults faults)
    {
        if (probability is not (> 0 and <= 1))
        {
            faults.Add("minimum_epss", "Must be a probability, more than 0 and at most 1.", "OUT_OF_RANGE");
            return query;
        }

        var least = Math.Round((decimal)probability, 9);
        return query.Where(advisory => db.AdvisoryIds.Any(row =>
            row.AdvisoryId == advisory.Id && db.EpssScores.Any(score => score.CveId == row.Id && score.Probability >= least)));
    }

    /// <summary>By the package's own name and by those under which advisories mean it.</summary>
    private static IQueryable<Advisory> Affecting(PatchingDb db, IQueryable<Advisory> query, string package, FieldFaults faults)
    {
        if (!PackageUrl.TryParse(package, out var purl, out var fault))
        {
            faults.Add("package", fault, "INVALID_PURL");
            return query;
        }

        var (named, name) = Ecosystems.Of(purl) ?? ("", "");
        var ecosystem = Ecosystems.BaseOf(named);
        var names = PackageEquivalents.Shipped.AdvisoryNames(ecosystem, name).ToArray();
        return query.Where(advisory =>
            db.AdvisoryPackages.Any(row => row.AdvisoryId == advisory.Id && row.Ecosystem == ecosystem && names.Contains(row.Package)));
    }
}
