using NodaTime;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>What something was from when on, as it is recorded.</summary>
/// <param name="states">Each with the instant from which it holds; oldest first, at least one.</param>
/// <param name="end">When it was deleted; null while it lives.</param>
internal sealed class Timeline<T>(IReadOnlyList<(Instant From, T Value)> states, Instant? end = null)
    where T : class
{
    /// <summary>When it changes, begins or ends.</summary>
    public IEnumerable<Instant> Edges => states.Select(state => state.From).Concat(end is { } over ? [over] : []);

    /// <summary>All states, oldest first.</summary>
    public IEnumerable<T> Values => states.Select(state => state.Value);

    public static Timeline<T> Always(T value) => new([(Instant.MinValue, value)]);

    /// <summary>Null before its beginning and from its end on.</summary>
    public T? At(Instant instant)
    {
        if (end <= instant) return null;
        for (var i = states.Count - 1; i >= 0; i--)
        {
            if (states[i].From <= instant) return states[i].Value;
        }
        return null;
    }

    /// <summary>From when the state holds that holds then; null: there is none.</summary>
    public Instant? Since(Instant instant)
    {
        for (var i = states.Count - 1; i >= 0; i--)
        {
            if (states[i].From <= instant) return states[i].From;
        }
        return null;
    }
}
