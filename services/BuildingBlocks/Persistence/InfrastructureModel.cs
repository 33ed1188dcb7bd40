using System.Linq.Expressions;
using Governance.BuildingBlocks.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>The tables that every service has.</summary>
internal static class InfrastructureModel
{
    private const int NameLength = 300;
    private const int HashLength = 64;

    public static void Configure(ModelBuilder model)
    {
        Writes(model);
        Events(model);
        Audits(model);
    }

    public static void Aggregate(EntityTypeBuilder entity)
    {
        entity.HasKey(nameof(Persistence.Aggregate.Id));
        entity.Property(nameof(Persistence.Aggregate.Id)).HasMaxLength(200);
        entity.Property(nameof(Persistence.Aggregate.Version)).IsConcurrencyToken();
        entity.Property(nameof(Persistence.Aggregate.StateDigest)).HasMaxLength(HashLength);
    }

    public static void Copy(EntityTypeBuilder entity)
    {
        entity.HasKey(nameof(Neighbours.Copy.Name));
        entity.Property(nameof(Neighbours.Copy.Name)).HasMaxLength(NameLength);
        entity.Property(nameof(Neighbours.Copy.LastRun)).HasMaxLength(HashLength);
        var copy = Expression.Parameter(entity.Metadata.ClrType);
        entity.HasQueryFilter(Expression.Lambda(Expression.Not(Expression.Property(copy, nameof(Neighbours.Copy.IsDeleted))), copy));
    }

    private static void Writes(ModelBuilder model)
    {
        model.Entity<LedgerRow>(row =>
        {
            row.ToTable("Ledger");
            row.Property(ledger => ledger.Id).ValueGeneratedNever();
            row.Property(ledger => ledger.AuditHead).HasMaxLength(HashLength);
            row.HasData(new LedgerRow { Id = 1, Epoch = 1, AuditHead = AuditChain.Genesis });
        });
        model.Entity<RequestRow>(row =>
        {
            row.ToTable("RequestResults").HasKey(request => request.Key);
            row.Property(request => request.Key).HasMaxLength(HashLength);
            row.Property(request => request.Digest).HasMaxLength(HashLength);
            row.HasIndex(request => request.CommitTime);
        });
        model.Entity<TombstoneRow>(row =>
        {
            row.ToTable("Tombstones").HasKey(tombstone => tombstone.Subject);
            row.Property(tombstone => tombstone.Subject).HasMaxLength(NameLength);
            row.Property(tombstone => tombstone.EventType).HasMaxLength(NameLength);
        });
        model.Entity<LeaseRow>(row =>
        {
            row.ToTable("Leases").HasKey(lease => lease.Name);
            row.Property(lease => lease.Name).HasMaxLength(HashLength);
            row.Property(lease => lease.Holder).HasMaxLength(HashLength);
            row.HasData(new LeaseRow { Name = Lease.Outbox });
        });
    }

    private static void Events(ModelBuilder model)
    {
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("Outbox").HasKey(message => new { message.Sequence, message.Ordinal });
            row.Property(message => message.Id).HasMaxLength(HashLength).IsRequired();
            row.Property(message => message.Topic).HasMaxLength(100);
            row.Property(message => message.Type).HasMaxLength(NameLength);
            row.Property(message => message.Subject).HasMaxLength(NameLength);
            row.HasIndex(message => new { message.Lane, message.Sequence, message.Ordinal });
        });
        model.Entity<InboxRow>(row =>
        {
            row.ToTable("Inbox").HasKey(handled => handled.EventId);
            row.Property(handled => handled.EventId).HasMaxLength(NameLength);
            row.HasIndex(handled => handled.HandleTime);
        });
        model.Entity<DeadLetterRow>(row =>
        {
            row.ToTable("DeadLetters").HasKey(letter => letter.EventId);
            row.Property(letter => letter.EventId).HasMaxLength(NameLength);
        });
        model.Entity<NeighbourRow>(row =>
        {
            row.ToTable("Neighbours").HasKey(neighbour => neighbour.Owner);
            row.Property(neighbour => neighbour.Owner).HasMaxLength(HashLength);
        });
        model.Entity<RepublishRow>(row =>
        {
            row.ToTable("RepublishRuns").HasKey(run => run.Run);
            row.Property(run => run.Run).HasMaxLength(HashLength);
            row.Property(run => run.Source).HasMaxLength(NameLength);
            row.Property(run => run.Cursor).HasMaxLength(NameLength);
        });
    }

    private static void Audits(ModelBuilder model)
    {
        model.Entity<AuditRow>(row =>
        {
            row.ToTable("AuditEntries").HasKey(entry => entry.Sequence);
            row.Property(entry => entry.Sequence).ValueGeneratedNever();
            row.Property(entry => entry.Resource).HasMaxLength(NameLength);
            row.Property(entry => entry.Person).HasMaxLength(NameLength);
            row.Property(entry => entry.BeforeDigest).HasMaxLength(HashLength);
            row.Property(entry => entry.AfterDigest).HasMaxLength(HashLength);
            row.Property(entry => entry.PreviousHash).HasMaxLength(HashLength);
            row.Property(entry => entry.Hash).HasMaxLength(HashLength);
            row.HasIndex(entry => entry.Resource);
        });
        model.Entity<AuditHeadRow>(row =>
        {
            row.ToTable("AuditHeads").HasKey(head => new { head.Service, head.Keeper, head.Sequence });
            row.Property(head => head.Service).HasMaxLength(HashLength);
            row.Property(head => head.Keeper).HasMaxLength(HashLength);
            row.Property(head => head.Hash).HasMaxLength(HashLength);
        });
        model.Entity<ApprovalRow>(row =>
        {
            row.ToTable("ApprovalRecords").HasKey(approval => approval.Resource);
            row.Property(approval => approval.Resource).HasMaxLength(NameLength);
            row.HasIndex(approval => new { approval.Violations, approval.UpdateTime, approval.Resource });
        });
    }
}
