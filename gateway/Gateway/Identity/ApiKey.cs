using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Gateway.Identity;

/// <summary>A credential for a program, with a person who answers for it.</summary>
internal sealed class ApiKey : Aggregate
{
    private ApiKey()
    {
    }

    public override string Name => $"apiKeys/{Id}";

    public string DisplayName { get; private set; } = "";

    /// <summary>The person who answers for it, `users/…`.</summary>
    public string Accountable { get; private set; } = "";

    public List<string> Roles { get; private set; } = [];

    /// <summary>What the roles are held on; empty is everything.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>Who created it, `users/…` or `apiKeys/…`.</summary>
    public string Creator { get; private set; } = "";

    /// <summary>The person behind the creator; the key never may do more than they may.</summary>
    public string CreatorPerson { get; private set; } = "";

    public Instant? ExpireTime { get; private set; }

    public bool Revoked => IsDeleted;

    public static ApiKey Create(string id, NewApiKey key, Instant now)
    {
        var created = new ApiKey
        {
            Id = id,
            DisplayName = key.DisplayName,
            Accountable = key.Accountable,
            Roles = [.. key.Roles.Distinct()],
            Scope = key.Scope,
            Creator = key.Creator,
            CreatorPerson = key.CreatorPerson,
            ExpireTime = key.ExpireTime,
        };
        created.Changed("CREATED", now);
        return created;
    }

    public void Rotate(Instant now) => Changed("ROTATED", now);

    public void Revoke(Instant now)
    {
        if (!Revoked)
        {
            MarkDeleted("revoked", now);
        }
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => this.ToProto();

    internal sealed class Configuration : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> builder) => builder.ToTable("ApiKeys");
    }
}

/// <summary>What a new key is to be.</summary>
internal sealed record NewApiKey(
    string DisplayName,
    string Accountable,
    IReadOnlyList<string> Roles,
    string Scope,
    string Creator,
    string CreatorPerson,
    Instant? ExpireTime);
