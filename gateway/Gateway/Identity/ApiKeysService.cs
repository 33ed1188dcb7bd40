using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Gateway.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Gateway.Identity;

/// <summary>Credentials for programs, each with a person who answers for it.</summary>
internal sealed class ApiKeysService(Writes<GatewayDb> writes, IDbContextFactory<GatewayDb> databases, Credentials credentials)
    : V1.ApiKeys.ApiKeysBase
{
    private static readonly Keyset<ApiKey> ById = new Keyset<ApiKey>().By(key => key.Id);
    private static readonly Duration DefaultOverlap = Duration.FromHours(1);
    private static readonly Duration LongestOverlap = Duration.FromDays(7);

    public override Task<CreateApiKeyResponse> CreateApiKey(CreateApiKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var asked = NewKey(request, caller);
        return writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                if (await unit.Db.Users.FindAsync([NameFields.Id(asked.Accountable, "users")], ct) is not { Disabled: false } person)
                {
                    throw FieldFaults.Single("accountable", $"There is no user {asked.Accountable}.", "NOT_FOUND");
                }

                // The name that is kept is the user's, never the caller's spelling of it.
                var key = ApiKey.Create(Guid.CreateVersion7().ToString("n"), asked with { Accountable = person.Name }, unit.Now);
                var (secret, row) = Credential.Create("gvk", key.Name, asked.ExpireTime);
                await unit.AddAsync(key, ct);
                unit.Db.Credentials.Add(row);
                return new CreateApiKeyResponse { ApiKey = key.ToProto(), Secret = secret };
            },
            storeResult: false);
    }

    public override async Task<V1.ApiKey> GetApiKey(GetApiKeyRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var key = await db.ApiKeys.FindAsync([NameFields.Id(request.Name, "apiKeys")], context.CancellationToken);
        return key?.ToProto() ?? throw new Missing(request.Name);
    }

    public override async Task<ListApiKeysResponse> ListApiKeys(ListApiKeysRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var page = await ById.ListAsync(db.ApiKeys.AsNoTracking(), PageToken.Read(request), context.CancellationToken);
        return new ListApiKeysResponse { NextPageToken = page.NextPageToken, ApiKeys = { page.Items.Select(key => key.ToProto()) } };
    }

    public override Task<RotateApiKeyResponse> RotateApiKey(RotateApiKeyRequest request, ServerCallContext context)
    {
        var overlap = request.Overlap is { } asked ? Duration.FromTimeSpan(asked.ToTimeSpan()) : DefaultOverlap;
        new FieldFaults()
            .Check(overlap >= Duration.Zero && overlap <= LongestOverlap, "overlap", "Is 0 to 7 days.", "OUT_OF_RANGE")
            .ThrowIfAny();
        return writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                var key = await FindKeyAsync(unit, request.Name, context.Caller(), ct);
                var oldEnds = credentials.Now + overlap;
                await unit.Db.Credentials
                    .Where(c => c.Principal == key.Name && (c.ExpireTime == null || c.ExpireTime > oldEnds))
                    .ForEachAsync(c => c.ExpireTime = oldEnds, ct);
                var (secret, row) = Credential.Create("gvk", key.Name, key.ExpireTime);
                unit.Db.Credentials.Add(row);
                key.Rotate(unit.Now);
                unit.AfterCommit(credentials.Forget);
                return new RotateApiKeyResponse { ApiKey = key.ToProto(), Secret = secret, OldSecretExpireTime = oldEnds.ToTimestamp() };
            },
            storeResult: false);
    }

    public override Task<V1.ApiKey> DeleteApiKey(DeleteApiKeyRequest request, ServerCallContext context) =>
        writes.RunAsync(request, context, async (unit, ct) =>
        {
            var key = await FindKeyAsync(unit, request.Name, context.Caller(), ct);
            key.Revoke(unit.Now);
            await unit.Db.Credentials.Where(c => c.Principal == key.Name).ExecuteDeleteAsync(ct);
            unit.AfterCommit(credentials.Forget);
            return key.ToProto();
        });

    private static NewApiKey NewKey(CreateApiKeyRequest request, BuildingBlocks.Security.Caller caller)
    {
        var accountable = request.Accountable.Length > 0 ? request.Accountable : caller.Person;
        var faults = new FieldFaults()
            .Required(request.DisplayName, "display_name")
            .Length(request.DisplayName, 200, "display_name")
            .Check(request.Roles.Count > 0, "roles", "At least one role is required.", "REQUIRED")
            .RolesOn(request.Roles, request.Scope)
            .Check(NameFields.IsName(accountable, "users"), "accountable", "Is a person: users/….", "INVALID_NAME");
        faults.ThrowIfAny();
        foreach (var permission in request.Roles.SelectMany(Permissions.Of).Distinct())
        {
            caller.Demand(permission, ScopeTarget(request.Scope));
        }

        return new NewApiKey(
            request.DisplayName,
            accountable,
            request.Roles,
            request.Scope,
            caller.Principal,
            caller.Person,
            request.ExpireTime is { } expires ? Instant.FromDateTimeOffset(expires.ToDateTimeOffset()) : null);
    }

    private static Target ScopeTarget(string scope) => scope.Split('/')[0] switch
    {
        "components" => new Target(Component: scope),
        "systems" => new Target(System: scope),
        "parties" => new Target(Party: scope),
        _ => default,
    };

    /// <summary>A key is its creator's and its accountable person's business, and an administrator's.</summary>
    private static async Task<ApiKey> FindKeyAsync(
        WriteUnit<GatewayDb> unit, string name, BuildingBlocks.Security.Caller caller, CancellationToken ct)
    {
        var key = await unit.Db.ApiKeys.FindAsync([NameFields.Id(name, "apiKeys")], ct) ?? throw new Missing(name);
        if (key.Creator != caller.Principal && key.Accountable != caller.Person)
        {
            caller.Demand("gateway.manage", default(Target));
        }

        return key.Revoked
            ? throw new RuleViolation("KEY_REVOKED", $"{key.Name} is revoked.", ("apiKey", key.Name))
            : key;
    }
}
