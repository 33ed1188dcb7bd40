namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>How often and when a failed delivery is tried again.</summary>
/// <param name="Exponential">Growing delays; otherwise always <paramref name="Duration"/>.</param>
/// <param name="Duration">The constant delay.</param>
/// <param name="MaxInterval">Upper bound of a growing delay.</param>
/// <param name="MaxRetries">Tries after the first; -1 means without end.</param>
internal sealed record RetryPolicy(bool Exponential, TimeSpan Duration, TimeSpan MaxInterval, int MaxRetries)
{
    /// <summary>Dapr's defaults: first delay, factor and spread of the exponential policy.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(500);
    private const double Factor = 1.5;
    private const double Spread = 0.5;

    public bool Allows(int failures) => MaxRetries < 0 || failures <= MaxRetries;

    /// <summary>The wait after the given number of failures (1 is the first).</summary>
    /// <param name="failures">How many tries have failed.</param>
    /// <param name="random">In [0, 1): where in the spread the delay falls.</param>
    public TimeSpan DelayAfter(int failures, double random)
    {
        if (!Exponential) return Duration;
        var nominal = FirstInterval.TotalMilliseconds * Math.Pow(Factor, Math.Min(failures - 1, 64));
        var capped = Math.Min(nominal, MaxInterval.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * (1 - Spread + (2 * Spread * random)));
    }
}

/// <summary>What a Resiliency resource says about deliveries from one component. No retry policy: one try.</summary>
internal sealed record InboundPolicy(RetryPolicy? Retry, TimeSpan? Timeout)
{
    public static readonly InboundPolicy None = new(null, null);
}
