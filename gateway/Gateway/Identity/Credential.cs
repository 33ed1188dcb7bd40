using System.Buffers.Text;
using System.Security.Cryptography;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Gateway.Identity;

/// <summary>
/// A secret that lets somebody in, known by its hash alone. The secrets are 256 random bits, so a plain SHA-256 cannot be
/// searched; a bootstrap token is as strong as whoever set it made it.
/// </summary>
internal sealed class Credential
{
    /// <summary>SHA-256 of the secret, hex.</summary>
    public required string Hash { get; set; }

    /// <summary>Whom it lets in, `users/…` or `apiKeys/…`.</summary>
    public required string Principal { get; set; }

    /// <summary>It stops working then; null is never.</summary>
    public Instant? ExpireTime { get; set; }

    /// <summary>A new secret and the row that knows it.</summary>
    /// <param name="prefix">Says what kind of secret it is, for people and for secret scanners: `gvk`, `gvt`.</param>
    /// <param name="principal">Whom it lets in.</param>
    /// <param name="expires">When it stops working; null is never.</param>
    public static (string Secret, Credential Row) Create(string prefix, string principal, Instant? expires)
    {
        var secret = $"{prefix}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return (secret, Of(secret, principal, expires));
    }

    public static Credential Of(string secret, string principal, Instant? expires) =>
        new() { Hash = Digests.Of(secret), Principal = principal, ExpireTime = expires };

    internal sealed class Configuration : IEntityTypeConfiguration<Credential>
    {
        public void Configure(EntityTypeBuilder<Credential> builder)
        {
            builder.ToTable("Credentials").HasKey(credential => credential.Hash);
            builder.Property(credential => credential.Hash).HasMaxLength(64);
            builder.Property(credential => credential.Principal).HasMaxLength(200);
            builder.HasIndex(credential => credential.Principal);
        }
    }
}
