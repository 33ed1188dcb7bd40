using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Writing;
using Microsoft.Extensions.Options;

namespace Governance.Gateway.Identity;

/// <summary>The first administrator, and the key that GOVERNANCE_BOOTSTRAP_TOKEN asks for; both once, at the first start.</summary>
internal sealed class Bootstrap(Writes<GatewayDb> writes, IOptions<IdentityOptions> options)
{
    public const string Administrator = "users/admin";
    private const string KeyId = "bootstrap";

    /// <returns>Whether this was the first start.</returns>
    public Task<bool> RunAsync(CancellationToken ct) => writes.RunAsync(
        "Bootstrap",
        async (unit, token) =>
        {
            if (await unit.Db.Users.FindAsync([NameFields.Id(Administrator, "users")], token) is not null)
            {
                return false;
            }

            unit.Db.Users.Add(User.Create(NameFields.Id(Administrator, "users"), "Administrator", ["admin"], "", unit.Now));
            if (options.Value.BootstrapToken is { Length: > 0 } secret)
            {
                var asked = new NewApiKey("Bootstrap", Administrator, ["admin"], "", Administrator, Administrator, null);
                var key = ApiKey.Create(KeyId, asked, unit.Now);
                unit.Db.ApiKeys.Add(key);
                unit.Db.Credentials.Add(Credential.Of(secret, key.Name, null));
            }

            return true;
        },
        ct);
}
