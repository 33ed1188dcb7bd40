using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.Gateway.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Duration = NodaTime.Duration;

namespace Governance.Gateway.Identity;

/// <summary>The people whom the gateway knows by itself.</summary>
internal sealed class UsersService(Writes<GatewayDb> writes, IDbContextFactory<GatewayDb> databases, Credentials credentials)
    : V1.Users.UsersBase
{
    private static readonly Keyset<User> ById = new Keyset<User>().By(user => user.Id);
    private static readonly string[] Changeable = ["display_name", "roles", "scope"];
    private static readonly Duration DefaultTokenLifetime = Duration.FromHours(12);
    private static readonly Duration LongestTokenLifetime = Duration.FromDays(30);

    public override Task<V1.User> CreateUser(CreateUserRequest request, ServerCallContext context)
    {
        new FieldFaults()
            .UserId(request.UserId, "user_id")
            .Length(request.DisplayName, 200, "display_name")
            .RolesOn(request.Roles, request.Scope)
            .ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var user = User.Create(request.UserId, request.DisplayName, request.Roles, request.Scope, unit.Now);
            await unit.AddAsync(user, ct);
            return user.ToProto();
        });
    }

    public override async Task<V1.User> GetUser(GetUserRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var user = await db.Users.FindAsync([NameFields.Id(request.Name, "users")], context.CancellationToken);
        return user?.ToProto() ?? throw new Missing(request.Name);
    }

    public override async Task<ListUsersResponse> ListUsers(ListUsersRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var page = await ById.ListAsync(db.Users.AsNoTracking(), PageToken.Read(request), context.CancellationToken);
        return new ListUsersResponse { NextPageToken = page.NextPageToken, Users = { page.Items.Select(user => user.ToProto()) } };
    }

    public override Task<V1.User> UpdateUser(UpdateUserRequest request, ServerCallContext context)
    {
        var change = request.User ?? throw FieldFaults.Single("user", "Is required.", "REQUIRED");
        CheckMask(request.UpdateMask);
        new FieldFaults()
            .Length(change.DisplayName, 200, "user.display_name")
            .RolesOn(change.Roles, change.Scope, "user.")
            .ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var user = await FindUserAsync(unit, change.Name, ct);
            unit.CheckEtag(user, change.Etag);
            var changed = new FieldFaults().Masked(user.ToProto(), change, request.UpdateMask);
            user.Update(changed.DisplayName, changed.Roles, changed.Scope, unit.Now);
            unit.AfterCommit(credentials.Forget);
            return user.ToProto();
        });
    }

    public override Task<V1.User> DeleteUser(DeleteUserRequest request, ServerCallContext context) =>
        writes.RunAsync(request, context, async (unit, ct) =>
        {
            var user = await FindUserAsync(unit, request.Name, ct);
            unit.CheckEtag(user, request.Etag);
            user.Disable(unit.Now);
            await unit.Db.Credentials.Where(c => c.Principal == user.Name).ExecuteDeleteAsync(ct);
            unit.AfterCommit(credentials.Forget);
            return user.ToProto();
        });

    public override Task<IssueTokenResponse> IssueToken(IssueTokenRequest request, ServerCallContext context)
    {
        var lifetime = request.Lifetime is { } asked ? Duration.FromTimeSpan(asked.ToTimeSpan()) : DefaultTokenLifetime;
        new FieldFaults()
            .Check(lifetime > Duration.Zero
                && lifetime <= LongestTokenLifetime, "lifetime", "Is more than 0 and at most 30 days.", "OUT_OF_RANGE")
            .ThrowIfAny();
        return writes.RunAsync(
            request,
            context,
            async (unit, ct) =>
            {
                var user = await FindUserAsync(unit, request.Name, ct);
                var expires = credentials.Now + lifetime;
                var (secret, row) = Credential.Create("gvt", user.Name, expires);
                unit.Db.Credentials.Add(row);
                unit.Record(user.Name);
                return new IssueTokenResponse { Token = secret, ExpireTime = expires.ToTimestamp() };
            },
            storeResult: false);
    }

    private static async Task<User> FindUserAsync(WriteUnit<GatewayDb> unit, string name, CancellationToken ct)
    {
        var user = await unit.Db.Users.FindAsync([NameFields.Id(name, "users")], ct) ?? throw new Missing(name);
        return user.Disabled
            ? throw new RuleViolation("USER_DISABLED", $"{user.Name} is disabled.", ("user", user.Name))
            : user;
    }

    /// <summary>A mask that names something that nobody can change is refused rather than passed over.</summary>
    private static void CheckMask(FieldMask? mask)
    {
        foreach (var path in mask?.Paths.Where(path => path is not ("name" or "etag" or "*") && !Changeable.Contains(path)) ?? [])
        {
            throw FieldFaults.Single("update_mask", $"'{path}' cannot be changed; {string.Join(", ", Changeable)} can.", "UNKNOWN_FIELD");
        }
    }
}
