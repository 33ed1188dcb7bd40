using Governance.BuildingBlocks.Names;
using Proto = Governance.Gateway.V1;

namespace Governance.Gateway.Identity;

/// <summary>Aggregates as the protos show them.</summary>
internal static class Mapping
{
    public static Proto.User ToProto(this User user) => new()
    {
        Name = user.Name,
        DisplayName = user.DisplayName,
        Roles = { user.Roles },
        Scope = user.Scope,
        Disabled = user.Disabled,
        Etag = user.Etag,
        CreateTime = user.CreateTime.ToTimestamp(),
    };

    public static Proto.ApiKey ToProto(this ApiKey key) => new()
    {
        Name = key.Name,
        DisplayName = key.DisplayName,
        Accountable = key.Accountable,
        Roles = { key.Roles },
        Scope = key.Scope,
        Creator = key.Creator,
        Revoked = key.Revoked,
        CreateTime = key.CreateTime.ToTimestamp(),
        ExpireTime = key.ExpireTime?.ToTimestamp(),
        Etag = key.Etag,
    };
}
