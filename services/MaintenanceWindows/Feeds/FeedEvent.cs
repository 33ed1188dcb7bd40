using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>What all components of one resource say.</summary>
internal sealed record FeedEntry
{
    /// <summary><c>tuesday-night</c>; ids are unique within their collection.</summary>
    public required string Id { get; init; }

    /// <summary><c>windows</c>.</summary>
    public required string Collection { get; init; }

    public required string Summary { get; init; }

    public string Description { get; init; } = "";

    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>The resource's version.</summary>
    public required long Sequence { get; init; }

    public required Instant CreateTime { get; init; }

    public required Instant UpdateTime { get; init; }

    /// <summary>TENTATIVE, CONFIRMED or CANCELLED.</summary>
    public string Status { get; init; } = "CONFIRMED";

    /// <summary>Whether it takes up the time of whoever looks at it.</summary>
    public bool Busy { get; init; }

    /// <summary>Stable for the same part of the same resource.</summary>
    public string Uid(string part = "") => $"{Id}{(part.Length == 0 ? "" : "." + part)}@{Collection}.governance";
}

/// <summary>One VEVENT of an entry.</summary>
/// <param name="Entry">What it is about.</param>
/// <param name="Part">Tells the entry's components apart; empty for the main one.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
internal sealed record FeedEvent(FeedEntry Entry, string Part, Instant Start, Instant End)
{
    /// <summary>The zone that times are written in; null: UTC.</summary>
    public DateTimeZone? Zone { get; init; }

    public string Rule { get; init; } = "";

    /// <summary>In the event's zone.</summary>
    public ImmutableArray<LocalDateTime> Exdates { get; init; } = [];

    public ImmutableArray<Instant> Rdates { get; init; } = [];
}
