namespace Governance.Patching.Deadlines;

/// <summary>Where a deadline's clock starts, and on what ground.</summary>
/// <remarks>
/// An instant that no source gives is replaced by the nearest earlier one that is known, so that the deadline is
/// never later than the policy means: a fix is not released before it is needed, and nothing is detected before it
/// is published. The basis names the replacement.
/// </remarks>
internal readonly record struct DeadlineClock(DateTimeOffset Start, string Basis)
{
    private const string FixRelease = "FIX_RELEASE";
    private const string Publication = "PUBLICATION";
    private const string KevListing = "KEV_LISTING";
    private const string Detection = "DETECTION";
    private const string ExceptionEnd = "EXCEPTION_END";

    public static DeadlineClock For(ClockStart start, RemediationFacts facts)
    {
        var clock = ByFacts(start, facts);
        return facts.ClockRestarted is { } restarted && restarted > clock.Start ? new(restarted, ExceptionEnd) : clock;
    }

    private static DeadlineClock ByFacts(ClockStart start, RemediationFacts facts) => start switch
    {
        ClockStart.FixRelease when facts.FixReleased is { } released => new(released, FixRelease),
        ClockStart.KevListing when facts.KevListed is { } day => new(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), KevListing),
        ClockStart.Detection => new(facts.FirstSeen, Detection),
        ClockStart.Publication => FromPublication(facts, Publication),
        ClockStart.FixRelease => FromPublication(facts, FixRelease),
        _ => FromPublication(facts, KevListing),
    };

    private static DeadlineClock FromPublication(RemediationFacts facts, string wanted) => facts.Published is { } published
        ? new(published, wanted == Publication ? Publication : $"{wanted} (unknown; publication used)")
        : new(facts.FirstSeen, $"{wanted} (unknown; detection used)");
}
