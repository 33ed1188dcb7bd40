using NodaTime;

namespace Governance.BuildingBlocks.Names;

/// <summary>
/// The time that business rules see. In a rehearsal it is shifted; tokens, leases, retries and ids use the system's clock.
/// The same clock is injected as <see cref="TimeProvider"/>.
/// </summary>
/// <param name="provider">The clock behind it.</param>
public sealed class BusinessClock(TimeProvider provider)
{
    /// <summary>Now, in 100 ns steps, as it is stored.</summary>
    public Instant Now => Instant.FromUnixTimeTicks(Instant.FromDateTimeOffset(provider.GetUtcNow()).ToUnixTimeTicks());
}

/// <summary>A clock that was set once and goes on at the system's pace.</summary>
/// <param name="start">What it shows at first.</param>
public sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
{
    private readonly TimeSpan _shift = start - System.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}

/// <summary>The system's clock, for what is no business rule.</summary>
internal static class SystemTime
{
    public static Instant Now => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
