using NodaTime;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>A span; both ends may be open.</summary>
internal readonly record struct Span(Instant? From, Instant? Until)
{
    public IEnumerable<Instant> Edges => new[] { From, Until }.OfType<Instant>();

    public bool Contains(Instant at) => !(From > at) && !(Until <= at);
}

internal static class Spans
{
    /// <summary>What is left of a span.</summary>
    public static IEnumerable<Span> Without(Span whole, IEnumerable<Span> holes)
    {
        List<Span> left = [whole];
        foreach (var hole in holes) left = [.. left.SelectMany(one => Without(one, hole))];
        return left;
    }

    private static IEnumerable<Span> Without(Span one, Span hole)
    {
        if (hole.From >= one.Until || hole.Until <= one.From) return [one];
        List<Span> left = [];
        if (hole.From is { } begins && !(begins <= one.From)) left.Add(new Span(one.From, begins));
        if (hole.Until is { } ends && !(ends >= one.Until)) left.Add(new Span(ends, one.Until));
        return left;
    }
}
