using System.Threading.Channels;
using NodaTime;
using Reason = Governance.Ownership.V1.TrailEnd.Types.Reason;

namespace Governance.Ownership.Resolution;

/// <summary>A trail that ended when somebody asked.</summary>
/// <param name="Component">`components/…`.</param>
/// <param name="Area">`areas/…`.</param>
/// <param name="At">The instant that was asked about.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Resource">Where.</param>
internal sealed record NotedEnd(string Component, string Area, Instant At, Reason Reason, string Resource);

/// <summary>
/// Hands ended trails to whoever records gaps, without keeping the caller waiting: while nobody reads, the oldest are dropped.
/// </summary>
internal sealed class TrailEnds
{
    private readonly Channel<NotedEnd> _ends =
        Channel.CreateBounded<NotedEnd>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    public ChannelReader<NotedEnd> Reader => _ends.Reader;

    public void Note(NotedEnd end) => _ends.Writer.TryWrite(end);
}
