using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>What a vendor says of one maintenance.</summary>
internal sealed record Announcement
{
    /// <summary><c>line 12</c>, or a JSON path.</summary>
    public required string Position { get; init; }

    public required Source Source { get; init; }

    public string Title { get; init; } = "";

    public string Impact { get; init; } = "";

    public string Description { get; init; } = "";

    public ImmutableArray<string> Components { get; init; } = [];

    /// <summary>When it was announced; null: the vendor does not say.</summary>
    public Instant? AnnounceTime { get; init; }

    public Instant Start { get; init; }

    public Instant End { get; init; }

    /// <summary>When it ended, as the vendor says; null: by the clock.</summary>
    public Instant? Ended { get; init; }
}

/// <summary>All that a document says under one UID.</summary>
/// <param name="Uid">The UID.</param>
/// <param name="Position">Where.</param>
/// <param name="Revision">The newest revision in it.</param>
/// <param name="Announcements">What takes place.</param>
/// <param name="IsWhole">Whether what it does not name any more, and has not begun, is called off.</param>
internal sealed record AnnouncedSeries(
    string Uid, string Position, Source Revision, IReadOnlyList<Announcement> Announcements, bool IsWhole)
{
    /// <summary>Recurrence ids of what is called off by name.</summary>
    public IReadOnlyCollection<string> CalledOff { get; init; } = [];
}
