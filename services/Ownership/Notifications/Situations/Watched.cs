using Google.Protobuf;
using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Patching.V1;
using Governance.Windows.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>A neighbour's resource of which only the version is kept, and the situations that follow from its state.</summary>
internal interface IWatched
{
    IReadOnlyList<SituationFacts> Facts { get; }
}

/// <inheritdoc cref="IWatched"/>
/// <typeparam name="TEvent">Its state event.</typeparam>
internal abstract class Watched<TEvent> : Copy<TEvent>, IWatched
    where TEvent : class, IMessage<TEvent>
{
    /// <summary>What the event that is being applied says; not stored.</summary>
    public IReadOnlyList<SituationFacts> Facts { get; private set; } = [];

    protected abstract IEnumerable<SituationFacts> Read(TEvent changed);

    protected sealed override void Take(TEvent changed) => Facts = [.. Read(changed)];
}

/// <summary>Keeps the situations in line, in the same commit. A resource that is gone has none.</summary>
[SharesCommits]
internal sealed class Watching<TWatched> : ICopyReaction<OwnershipDb, TWatched>
    where TWatched : Copy, IWatched
{
    public Task ChangedAsync(WriteUnit<OwnershipDb> unit, TWatched copy, CancellationToken ct) =>
        SituationKeeper.KeepAsync(unit, copy.Name, copy.IsDeleted ? [] : copy.Facts, ct);
}

internal sealed class WatchedRollout : Watched<RolloutChanged>
{
    protected override IEnumerable<SituationFacts> Read(RolloutChanged changed) => RolloutSituations.Of(changed.Rollout);
}

internal sealed class WatchedRemediation : Watched<RemediationChanged>
{
    protected override IEnumerable<SituationFacts> Read(RemediationChanged changed) => RemediationSituations.Of(changed.Remediation);
}

internal sealed class WatchedException : Watched<RemediationExceptionChanged>
{
    protected override IEnumerable<SituationFacts> Read(RemediationExceptionChanged changed) => ExceptionSituations.Of(changed.Exception);
}

internal sealed class WatchedFeed : Watched<FeedChanged>
{
    protected override IEnumerable<SituationFacts> Read(FeedChanged changed) => FeedSituations.Of(changed.Feed);
}

internal sealed class WatchedBooking : Watched<BookingChanged>
{
    protected override IEnumerable<SituationFacts> Read(BookingChanged changed) => BookingSituations.Of(changed.Booking);
}

internal sealed class WatchedOverride : Watched<OverrideChanged>
{
    protected override IEnumerable<SituationFacts> Read(OverrideChanged changed) => OverrideSituations.Of(changed.Override);
}

/// <summary>One table each: a version is all that is in it.</summary>
internal sealed class WatchedConfigurations :
    IEntityTypeConfiguration<WatchedRollout>, IEntityTypeConfiguration<WatchedRemediation>, IEntityTypeConfiguration<WatchedException>,
    IEntityTypeConfiguration<WatchedFeed>,
    IEntityTypeConfiguration<WatchedBooking>, IEntityTypeConfiguration<WatchedOverride>
{
    public void Configure(EntityTypeBuilder<WatchedRollout> builder) => builder.ToTable("WatchedRollouts").Ignore(row => row.Facts);

    public void Configure(EntityTypeBuilder<WatchedRemediation> builder) => builder.ToTable("WatchedRemediations").Ignore(row => row.Facts);

    public void Configure(EntityTypeBuilder<WatchedException> builder) => builder.ToTable("WatchedExceptions").Ignore(row => row.Facts);

    public void Configure(EntityTypeBuilder<WatchedFeed> builder) => builder.ToTable("WatchedFeeds").Ignore(row => row.Facts);

    public void Configure(EntityTypeBuilder<WatchedBooking> builder) => builder.ToTable("WatchedBookings").Ignore(row => row.Facts);

    public void Configure(EntityTypeBuilder<WatchedOverride> builder) => builder.ToTable("WatchedOverrides").Ignore(row => row.Facts);
}
