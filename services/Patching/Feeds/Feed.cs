using System.Globalization;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Outcome = Governance.Patching.V1.FeedRun.Types.Outcome;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Feeds;

/// <summary>A document that is fetched again and again, and how that went last.</summary>
internal sealed class Feed : Aggregate
{
    /// <summary>Stands for "never".</summary>
    public static readonly Instant Never = Instant.FromUtc(9999, 1, 1, 0, 0);

    private static readonly Duration RetrySooner = Duration.FromHours(1);

    private Feed()
    {
    }

    public override string Name => $"feeds/{Id}";

    public FeedTerms Terms { get; private set; } = null!;

    public bool IsEnabled { get; private set; }

    /// <summary>What makes its server answer 304 where nothing changed since the last success; empty where it gave none.</summary>
    public string EntityTag { get; private set; } = "";

    public string LastModified { get; private set; } = "";

    public Instant? LastSuccess { get; private set; }

    /// <summary>Null: none yet.</summary>
    public Proto.FeedRun? LastRun { get; private set; }

    /// <summary>Set while a run is under way.</summary>
    public Instant? RunningSince { get; private set; }

    public Instant NextRun { get; private set; }

    /// <summary>It is stale from then on.</summary>
    public Instant StaleFrom { get; private set; }

    /// <summary>Whether it was said that it is stale.</summary>
    public bool IsSaidStale { get; private set; }

    public static Feed Create(string id, FeedTerms terms, bool isEnabled, Instant now)
    {
        var feed = new Feed { Id = id, Terms = terms, NextRun = Never, StaleFrom = Never };
        feed.Enable(isEnabled, now);
        feed.Changed("CREATED", now);
        return feed;
    }

    /// <summary>At another address, what was there before says nothing.</summary>
    public void Revise(FeedTerms terms, bool isEnabled, Instant now)
    {
        if (terms.Url != Terms.Url || terms.Format != Terms.Format) (EntityTag, LastModified) = ("", "");
        Terms = terms;
        Enable(isEnabled, now);
        Changed("UPDATED", now);
    }

    /// <summary>
    /// Begins a run, unless one is under way. One that never ended, since the service did before, holds up the next for a while.
    /// </summary>
    public FeedOrder Begin(Duration longest, Instant now)
    {
        if (RunningSince is { } since && since + longest > now)
        {
            throw new RuleViolation(
                "FEED_RUNNING",
                $"{Name} is being fetched since {since}.",
                ("feed", Name),
                ("since", since.ToString(null, CultureInfo.InvariantCulture)));
        }
        RunningSince = now;
        LastRun = new Proto.FeedRun { Outcome = Outcome.Running, StartTime = now.ToTimestamp() };
        if (IsEnabled) NextRun = now + Terms.Interval;
        Changed("STARTED", now);
        return new FeedOrder(Id, Terms.Url, Terms.Format, EntityTag, LastModified);
    }

    /// <summary>A run has ended. After a failure the next comes sooner.</summary>
    public void End(Proto.FeedRun run, string entityTag, string lastModified, Instant now)
    {
        RunningSince = null;
        LastRun = run;
        if (run.Outcome != Outcome.Failed)
        {
            (LastSuccess, IsSaidStale) = (now, false);
            if (run.Outcome == Outcome.Succeeded) (EntityTag, LastModified) = (entityTag, lastModified);
        }

        if (IsEnabled)
        {
            NextRun = now + (run.Outcome == Outcome.Failed ? Duration.Min(Terms.Interval, RetrySooner) : Terms.Interval);
            if (run.Outcome != Outcome.Failed) StaleFrom = now + Terms.MaximumAge;
        }

        Changed(run.Outcome == Outcome.Failed ? "FAILED" : "SUCCEEDED", now);
    }

    public void BecomeStale(Instant now)
    {
        IsSaidStale = true;
        Changed("STALE", now);
    }

    protected override IMessage ToEvent() => new Proto.FeedChanged { Feed = this.ToProto(UpdateTime) };

    private void Enable(bool isEnabled, Instant now)
    {
        if (isEnabled && !IsEnabled) NextRun = now;
        if (!isEnabled) NextRun = Never;
        StaleFrom = !isEnabled ? Never : (IsEnabled ? LastSuccess ?? CreateTime : now) + Terms.MaximumAge;
        if (StaleFrom > now) IsSaidStale = false;
        IsEnabled = isEnabled;
    }
}

/// <summary>What a person sets.</summary>
internal sealed record FeedTerms(string DisplayName, string Url, Proto.AdvisoryFormat Format, Duration Interval, Duration MaximumAge);

/// <summary>What one run needs.</summary>
internal sealed record FeedOrder(string Id, string Url, Proto.AdvisoryFormat Format, string EntityTag, string LastModified);

internal sealed class FeedConfiguration : IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Feed> builder)
    {
        builder.ToTable("Feeds");
        builder.ComplexProperty(feed => feed.Terms, terms =>
        {
            terms.Property(one => one.DisplayName).HasMaxLength(200);
            terms.Property(one => one.Url).HasMaxLength(FeedAddress.Longest);
        });
        builder.Property(feed => feed.EntityTag).HasMaxLength(300);
        builder.Property(feed => feed.LastModified).HasMaxLength(100);
        builder.Property(feed => feed.LastRun!).AsMessage().IsRequired(false);
        builder.HasIndex(feed => feed.NextRun);
        builder.HasIndex(feed => feed.StaleFrom);
    }
}
