using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Requests;
using Governance.BuildingBlocks.Security;
using Governance.Gateway.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Gateway.Identity;

/// <summary>The gateway's own calls about users and keys.</summary>
internal sealed partial class IdentityService(Writes<GatewayDb> writes, IDbContextFactory<GatewayDb> databases, Credentials credentials)
    : V1.Identity.IdentityBase
{
    private static readonly Duration DefaultTokenLifetime = Duration.FromHours(12);
    private static readonly Duration LongestTokenLifetime = Duration.FromDays(30);

    public override Task<V1.Caller> GetCaller(GetCallerRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var answer = new V1.Caller { Principal = caller.Principal, Person = caller.Person };
        answer.Bindings.Add(caller.Bindings.Select(b => new RoleBinding { Role = b.Role, Scope = b.Scope }));
        answer.Permissions.Add(Permissions.All.Where(caller.Holds));
        return Task.FromResult(answer);
    }

    public override Task<V1.User> CreateUser(CreateUserRequest request, ServerCallContext context)
    {
        new FieldFaults()
            .UserId(request.UserId, "user_id")
            .Length(request.DisplayName, 200, "display_name")
            .RolesOn(request.Roles, request.Scope)
            .ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            if (await unit.Db.Users.FindAsync([request.UserId], ct) is { } taken)
            {
                throw new AlreadyExists(taken.Name);
            }

            var user = User.Create(request.UserId, request.DisplayName, request.Roles, request.Scope, unit.Now);
            unit.Db.Users.Add(user);
            return user.ToProto();
        });
    }

    public override async Task<V1.User> GetUser(GetUserRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var user = await db.Users.FindAsync([Requests.Id(request.Name, "users")], context.CancellationToken);
        return user?.ToProto() ?? throw new Missing(request.Name);
    }

    public override async Task<ListUsersResponse> ListUsers(ListUsersRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var page = PageToken.Read(request);
        var after = page.Position?[0] ?? "";
        var users = await db.Users.AsNoTracking()
            .Where(u => string.Compare(u.Id, after) > 0)
            .OrderBy(u => u.Id)
            .Take(page.Size + 1)
            .ToListAsync(context.CancellationToken);
        return new ListUsersResponse
        {
            Users = { users.Take(page.Size).Select(u => u.ToProto()) },
            NextPageToken = users.Count > page.Size ? page.After([users[page.Size - 1].Id]) : "",
        };
    }

    public override Task<V1.User> UpdateUser(UpdateUserRequest request, ServerCallContext context)
    {
        var change = request.User ?? throw FieldFaults.Single("user", "Is required.", "REQUIRED");
        var mask = UserFields(request);
        new FieldFaults()
            .Length(change.DisplayName, 200, "user.display_name")
            .RolesOn(change.Roles, change.Scope, "user.")
            .ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var user = await FindUserAsync(unit, change.Name, ct);
            unit.CheckEtag(user, change.Etag);
            user.Update(
                mask.Contains("display_name") ? change.DisplayName : user.DisplayName,
                mask.Contains("roles") ? change.Roles : user.Roles,
                mask.Contains("scope") ? change.Scope : user.Scope,
                unit.Now);
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
            .Check(lifetime > Duration.Zero && lifetime <= LongestTokenLifetime, "lifetime", "Is more than 0 and at most 30 days.", "OUT_OF_RANGE")
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
                return new IssueTokenResponse { Token = secret, ExpireTime = expires.ToProto() };
            },
            storeResult: false);
    }

    private static async Task<User> FindUserAsync(WriteUnit<GatewayDb> unit, string name, CancellationToken ct)
    {
        var user = await unit.Db.Users.FindAsync([Requests.Id(name, "users")], ct) ?? throw new Missing(name);
        return user.Disabled
            ? throw new RuleViolation("USER_DISABLED", $"{user.Name} is disabled.", ("user", user.Name))
            : user;
    }

    private static IReadOnlySet<string> UserFields(UpdateUserRequest request)
    {
        HashSet<string> known = ["display_name", "roles", "scope"];
        var asked = request.UpdateMask?.Paths.Where(path => path is not ("name" or "etag" or "*")).ToHashSet() ?? [];
        foreach (var path in asked.Where(path => !known.Contains(path)))
        {
            throw FieldFaults.Single("update_mask", $"'{path}' cannot be changed; {string.Join(", ", known)} can.", "UNKNOWN_FIELD");
        }

        return asked.Count > 0 ? asked : known;
    }
}
