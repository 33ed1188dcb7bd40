using System.Collections.Immutable;
using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>A rollout as it is kept: the rules are <see cref="Rollout"/>'s.</summary>
internal sealed class StoredRollout : Aggregate, IApprovable
{
    /// <summary>Stands for "never" where no clock runs.</summary>
    public static readonly Instant Never = Instant.FromUtc(9999, 1, 1, 0, 0);

    private StoredRollout()
    {
    }

    public override string Name => $"rollouts/{Id}";

    public Rollout Current { get; private set; } = null!;

    public RolloutState Status { get; private set; }

    /// <summary>When time alone changes it next: a soak ends, a review is due.</summary>
    public Instant NextMoment { get; private set; } = Never;

    /// <summary>The earliest due instant of its remediations; null: none.</summary>
    public Instant? Due { get; private set; }

    public Severity Severity { get; private set; }

    /// <summary>What the calendar answered last, by stage.</summary>
    public ImmutableDictionary<string, StageAnswer> Answers { get; private set; } = ImmutableDictionary<string, StageAnswer>.Empty;

    /// <summary>The roles that the approvers held, by person.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> ApproverRoles { get; private set; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public static StoredRollout Create(string id, Rollout rollout, Instant now)
    {
        var stored = new StoredRollout { Id = id };
        stored.Become(rollout, "CREATED", now);
        return stored;
    }

    /// <summary>Takes over what a verb of the rollout gave.</summary>
    public void Become(Rollout rollout, string verb, Instant now)
    {
        if (ReferenceEquals(rollout, Current)) return;
        Current = rollout;
        Status = rollout.State;
        NextMoment = rollout.NextMoment is { } next ? Instant.FromDateTimeOffset(next) : Never;
        Changed(verb, now);
    }

    /// <summary>Takes over a step, after which stages may want slots.</summary>
    public void Step(Rollout next, string verb, Instant now) => Become(next.RequestSlots(now.ToDateTimeOffset()), verb, now);

    public void Hear(string stage, StageAnswer answer, Instant now)
    {
        Answers = Answers.SetItem(stage, answer);
        Changed("BOOKING_ANSWERED", now);
    }

    public void ApprovedBy(string person, IEnumerable<string> roles) => ApproverRoles = ApproverRoles.SetItem(person, [.. roles]);

    /// <summary>By when it is due, and how bad what it remedies is.</summary>
    public void Serve(Instant? due, Severity severity, Instant now)
    {
        if (Due == due && Severity == severity) return;
        (Due, Severity) = (due, severity);
        Changed("UPDATED", now);
    }

    public ApprovalRecord ToApprovalRecord() => new()
    {
        Requester = Current.Requester,
        Editors = { Current.Editors },
        Implementer = Current.Plan.Implementer,
        Approvals = { this.ToApprovals() },
    };

    protected override IMessage ToEvent() => new Proto.RolloutChanged { Rollout = this.ToProto() };
}

/// <param name="Name">The booking, <c>bookings/…</c>: versions compare within one.</param>
/// <param name="Epoch">Of the answer.</param>
/// <param name="Version">Of the answer.</param>
/// <param name="Booking">The booking as it was told, in its binary form.</param>
internal sealed record StageAnswer(string Name, long Epoch, long Version, byte[] Booking);

/// <summary>Which components a rollout changes, for lists and reach.</summary>
internal sealed class RolloutComponentRow
{
    public required string RolloutId { get; set; }

    public required string Component { get; set; }
}

internal sealed class StoredRolloutConfiguration : IEntityTypeConfiguration<StoredRollout>
{
    public void Configure(EntityTypeBuilder<StoredRollout> builder)
    {
        builder.ToTable("Rollouts");
        builder.Property(rollout => rollout.Current).AsJson();
        builder.Property(rollout => rollout.Answers).AsJson();
        builder.Property(rollout => rollout.ApproverRoles).AsJson();
        builder.HasIndex(rollout => new { rollout.CreateTime, rollout.Id });
        builder.HasIndex(rollout => rollout.NextMoment);
    }
}

internal sealed class RolloutComponentConfiguration : IEntityTypeConfiguration<RolloutComponentRow>
{
    public void Configure(EntityTypeBuilder<RolloutComponentRow> builder)
    {
        builder.ToTable("RolloutComponents").HasKey(row => new { row.Component, row.RolloutId });
        builder.Property(row => row.Component).HasMaxLength(220);
        builder.Property(row => row.RolloutId).HasMaxLength(200);
        builder.HasIndex(row => row.RolloutId);
    }
}
