using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>One stage's wish for a booking, as MaintenanceWindows is told.</summary>
internal sealed class BookingRequest : Aggregate
{
    private BookingRequest()
    {
    }

    public override string Name => $"bookingRequests/{Id}";

    public string RolloutId { get; private set; } = "";

    public string StageId { get; private set; } = "";

    public Proto.BookingRequest Body { get; private set; } = new();

    public static BookingRequest Create(string rolloutId, string stageId) =>
        new() { Id = IdOf(rolloutId, stageId), RolloutId = rolloutId, StageId = stageId };

    public static string IdOf(string rolloutId, string stageId) => $"{rolloutId}.{stageId}";

    /// <summary>Wants this from now on; the same wish again is none.</summary>
    public void Want(Proto.BookingRequest wish, Instant now)
    {
        wish.Name = Name;
        if (wish.Equals(Body)) return;
        Body = wish;
        Changed(wish.Wanted.ToString().ToUpperInvariant(), now);
    }

    protected override IMessage ToEvent() => new Proto.BookingRequestChanged { Request = Body };
}

internal sealed class BookingRequestConfiguration : IEntityTypeConfiguration<BookingRequest>
{
    public void Configure(EntityTypeBuilder<BookingRequest> builder)
    {
        builder.ToTable("BookingRequests");
        builder.Property(request => request.RolloutId).HasMaxLength(200);
        builder.Property(request => request.StageId).HasMaxLength(63);
        builder.Property(request => request.Body).AsMessage();
        builder.HasIndex(request => request.RolloutId);
    }
}
