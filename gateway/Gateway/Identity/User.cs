using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Gateway.Identity;

/// <summary>A person whom the gateway knows by itself.</summary>
internal sealed class User : Aggregate
{
    private User()
    {
    }

    public override string Name => $"users/{Id}";

    public string DisplayName { get; private set; } = "";

    public List<string> Roles { get; private set; } = [];

    /// <summary>What the roles are held on; empty is everything.</summary>
    public string Scope { get; private set; } = "";

    public bool Disabled => IsDeleted;

    public static User Create(string id, string displayName, IEnumerable<string> roles, string scope, Instant now)
    {
        var user = new User { Id = id };
        user.Set(displayName, roles, scope);
        user.Changed("CREATED", now);
        return user;
    }

    public void Update(string displayName, IEnumerable<string> roles, string scope, Instant now)
    {
        Set(displayName, roles, scope);
        Changed("UPDATED", now);
    }

    public void Disable(Instant now)
    {
        if (!Disabled)
        {
            MarkDeleted("disabled", now);
        }
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => this.ToProto();

    private void Set(string displayName, IEnumerable<string> roles, string scope)
    {
        DisplayName = displayName.Length > 0 ? displayName : Id;
        Roles = [.. roles.Distinct()];
        Scope = scope;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> builder) => builder.ToTable("Users");
    }
}
