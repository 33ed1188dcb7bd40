using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Duration = NodaTime.Duration;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>Where webhooks are sent.</summary>
internal sealed class WebhookEndpointsService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, WebhookAddress addresses, SecretBox secrets)
    : V1.WebhookEndpoints.WebhookEndpointsBase
{
    private static readonly Keyset<Webhook> ByName = new Keyset<Webhook>().By(one => one.Id);
    private static readonly Duration Overlap = Duration.FromHours(24);
    private static readonly Duration LongestOverlap = Duration.FromDays(30);

    public override Task<WebhookEndpoint> CreateWebhookEndpoint(CreateWebhookEndpointRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.WebhookEndpoint, "webhook_endpoint");
        var id = faults.NewId(request.WebhookEndpointId, "webhook_endpoint_id");
        var terms = EndpointTerms.Read(faults, request.WebhookEndpoint ?? new(), addresses);
        faults.ThrowIfAny();
        return writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                var endpoint = Webhook.Create(id, terms, unit.Now);
                context.Demand(endpoint.Target);
                await DemandPartyAsync(unit.Db, terms.Party, ct);
                await unit.AddAsync(endpoint, ct);
                var key = WebhookSignature.NewKey();
                endpoint.Arm(key, secrets);
                return (endpoint, unit.ValidateOnly ? null : key);
            },
            WithSecret,
            storeResult: false);
    }

    public override async Task<WebhookEndpoint> GetWebhookEndpoint(GetWebhookEndpointRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context, context.CancellationToken)).ToProto();
    }

    public override async Task<ListWebhookEndpointsResponse> ListWebhookEndpoints(
        ListWebhookEndpointsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var party = NameFields.InFull(request.Party, "parties");
        var chosen = Seen(db, context).AsNoTracking();
        if (party.Length > 0) chosen = chosen.Where(one => one.Party == party);
        var found = await ByName.ListAsync(chosen, page, context.CancellationToken);
        return new ListWebhookEndpointsResponse
        {
            WebhookEndpoints = { found.Items.Select(one => one.ToProto()) },
            NextPageToken = found.NextPageToken,
        };
    }

    public override Task<WebhookEndpoint> UpdateWebhookEndpoint(UpdateWebhookEndpointRequest request, ServerCallContext context)
    {
        if (request.WebhookEndpoint is null) throw FieldFaults.Single("webhook_endpoint", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var endpoint = await FindAsync(unit.Db, request.WebhookEndpoint.Name, context, ct);
            unit.CheckEtag(endpoint, request.WebhookEndpoint.Etag);
            var faults = new FieldFaults();
            var terms = EndpointTerms.Read(
                faults, faults.Masked(endpoint.ToProto(), request.WebhookEndpoint, request.UpdateMask), addresses);
            faults.ThrowIfAny();
            if (terms.Party != endpoint.Party) await DemandPartyAsync(unit.Db, terms.Party, ct);
            endpoint.Revise(terms, unit.Now);
            context.Demand(endpoint.Target);
            return endpoint;
        }, endpoint => endpoint.ToProto());
    }

    public override Task<Empty> DeleteWebhookEndpoint(DeleteWebhookEndpointRequest request, ServerCallContext context) =>
        writes.RunAsync(request, context, async (unit, ct) =>
        {
            var endpoint = await FindAsync(unit.Db, request.Name, context, ct);
            unit.CheckEtag(endpoint, request.Etag);
            unit.Db.Remove(endpoint);
            return endpoint;
        }, _ => new Empty());

    public override Task<WebhookEndpoint> RotateWebhookSecret(RotateWebhookSecretRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        var overlap = request.Overlap is null ? Overlap : faults.Length(request.Overlap, "overlap", LongestOverlap);
        faults.ThrowIfAny();
        return writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                var endpoint = await FindAsync(unit.Db, request.Name, context, ct);
                unit.CheckEtag(endpoint, request.Etag);
                var key = WebhookSignature.NewKey();
                endpoint.Rotate(
                    key, secrets, overlap > Duration.Zero ? SystemClock.Instance.GetCurrentInstant() + overlap : null, unit.Now);
                return (endpoint, (byte[]?)key);
            },
            WithSecret,
            storeResult: false);
    }

    private static WebhookEndpoint WithSecret((Webhook Endpoint, byte[]? Key) one)
    {
        var message = one.Endpoint.ToProto();
        if (one.Key is not null) message.Secret = WebhookSignature.Secret(one.Key);
        return message;
    }

    private static async Task<Webhook> FindAsync(OwnershipDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "webhookEndpoints");
        return await Seen(db, context).AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }

    private static IQueryable<Webhook> Seen(OwnershipDb db, ServerCallContext context)
    {
        var reach = context.Reach();
        if (reach.Everything) return db.WebhookEndpoints;
        var parties = reach.Parties.ToArray();
        return db.WebhookEndpoints.Where(one => parties.Contains(one.Party));
    }

    private static async Task DemandPartyAsync(OwnershipDb db, string party, CancellationToken ct) =>
        new FieldFaults().Check(
            party.Length == 0 || await db.Parties.AnyAsync(one => "parties/" + one.Id == party && one.DeleteTime == null, ct),
            "webhook_endpoint.party", $"There is no {party}.", "UNKNOWN_PARTY").ThrowIfAny();
}
