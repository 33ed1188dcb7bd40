using System.Collections.Concurrent;
using System.Collections.Frozen;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace Governance.Gateway.Identity;

/// <summary>
/// Whom a secret lets in. What was found is remembered for five seconds, so that a busy caller costs one look-up now and
/// then; a revocation on this replica holds at once, on another within those seconds.
/// </summary>
internal sealed class Credentials(IDbContextFactory<GatewayDb> databases, TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Remembered> _remembered = new(StringComparer.Ordinal);

    /// <summary>The system's now; credentials do not follow a rehearsal's clock.</summary>
    public Instant Now => clock.GetUtcNow().ToInstant();

    /// <summary>The caller whom the secret lets in; null for nobody. Nobodies are not remembered, so that guessing fills nothing.</summary>
    public async ValueTask<Caller?> FindAsync(string secret, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (_remembered.TryGetValue(secret, out var known) && now < known.Until)
        {
            return known.Caller;
        }

        var caller = await LookUpAsync(secret, ct);
        if (caller is null)
        {
            _remembered.TryRemove(secret, out _);
            return null;
        }

        if (_remembered.Count >= MostRemembered)
        {
            _remembered.Clear();
        }

        // An unchanged caller stays the same object: what is cached per caller (its internal tokens) stays good.
        var kept = known is not null && SameRights(known.Caller, caller) ? known.Caller : caller;
        _remembered[secret] = new Remembered(kept, now + (long)(Remember.TotalSeconds * clock.TimestampFrequency));
        return kept;
    }

    /// <summary>Forgets everything: somebody's rights have changed.</summary>
    public void Forget() => _remembered.Clear();

    private async Task<Caller?> LookUpAsync(string secret, CancellationToken ct)
    {
        var hash = Digests.Of(secret);
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Credentials.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, ct);
        if (row is null || row.ExpireTime <= Now)
        {
            return null;
        }

        return row.Principal.StartsWith("users/", StringComparison.Ordinal)
            ? await UserAsync(db, row.Principal, ct)
            : await KeyAsync(db, row.Principal, ct);
    }

    private static async Task<Caller?> UserAsync(GatewayDb db, string name, CancellationToken ct)
    {
        var user = await db.Users.FindAsync([NameFields.Id(name, "users")], ct);
        return user is null or { Disabled: true } ? null : new Caller(name, name, BindingsOf(user.Roles, user.Scope));
    }

    /// <summary>A key is good while its person is, and may do at most what the person who created it may still do.</summary>
    private async Task<Caller?> KeyAsync(GatewayDb db, string name, CancellationToken ct)
    {
        var key = await db.ApiKeys.FindAsync([NameFields.Id(name, "apiKeys")], ct);
        if (key is null or { Revoked: true } || key.ExpireTime <= Now
            || await db.Users.FindAsync([NameFields.Id(key.Accountable, "users")], ct) is null or { Disabled: true })
        {
            return null;
        }

        return new Caller(name, key.Accountable, BindingsOf(key.Roles, key.Scope)) { Permissions = await CapAsync(db, key, ct) };
    }

    private static async Task<FrozenSet<string>> CapAsync(GatewayDb db, ApiKey key, CancellationToken ct) =>
        await UserAsync(db, key.CreatorPerson, ct) is { } creator ? Permissions.All.Where(creator.Holds).ToFrozenSet() : [];

    private static IReadOnlyList<Binding> BindingsOf(IEnumerable<string> roles, string scope) =>
        [.. roles.Select(role => new Binding(role, scope))];

    private static bool SameRights(Caller one, Caller other) =>
        one.Principal == other.Principal
        && one.Person == other.Person
        && one.Bindings.SequenceEqual(other.Bindings)
        && (one.Permissions is null
            ? other.Permissions is null
            : other.Permissions is not null && one.Permissions.SetEquals(other.Permissions));

    private sealed record Remembered(Caller Caller, long Until);
}
