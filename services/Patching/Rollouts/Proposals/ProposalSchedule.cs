namespace Governance.Patching.Rollouts;

/// <summary>Times for the stages of one proposal: the most generous pace that meets the deadline.</summary>
internal static class ProposalSchedule
{
    public static readonly TimeSpan StageDuration = TimeSpan.FromHours(1);
    public static readonly TimeSpan BackOutReserve = TimeSpan.FromMinutes(30);

    /// <summary>From a pace with a day to approve and a day to watch, down to the shortest that still watches.</summary>
    private static readonly Pace[] Paces =
    [
        new(TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromHours(4)),
        new(TimeSpan.FromHours(8), TimeSpan.FromHours(12), TimeSpan.FromHours(8), TimeSpan.FromHours(2)),
        new(TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(2), TimeSpan.FromHours(1)),
        new(TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromMinutes(30)),
    ];

    /// <summary>
    /// The stages with their soaks, and when they can be; null where even the shortest pace ends after the deadline. A
    /// rollout remedies once its last soak is over, so that counts.
    /// </summary>
    /// <param name="waves">What each stage changes, staging first.</param>
    /// <param name="due">The earliest deadline.</param>
    /// <param name="now">The present instant.</param>
    public static (List<StagePlan> Stages, List<StageForecast> Forecast)? Fit(
        IReadOnlyList<ProposalWave> waves, DateTimeOffset due, DateTimeOffset now)
    {
        foreach (var pace in Paces)
        {
            var (stages, forecast) = At(pace, waves, now);
            if (forecast[^1].Watched <= due) return (stages, forecast);
        }

        return null;
    }

    private static (List<StagePlan> Stages, List<StageForecast> Forecast) At(
        Pace pace, IReadOnlyList<ProposalWave> waves, DateTimeOffset now)
    {
        var (stages, forecast, free) = (new List<StagePlan>(), new List<StageForecast>(), now + pace.Approval);
        foreach (var wave in waves)
        {
            var soak = wave.Kind == StageKind.Staging ? pace.Staging : wave.IsCanary ? pace.Canary : pace.Wave;
            var gate = wave.Kind == StageKind.Staging ? StageGate.Verification : StageGate.Automatic;
            var start = wave.FirstSlot > free ? wave.FirstSlot.Value : free;
            var end = start + StageDuration;
            stages.Add(new StagePlan(wave.Id, wave.Kind, wave.Components, wave.Environment, StageDuration, soak, gate));
            forecast.Add(new StageForecast(wave.Id, start, end, free = end + soak));
        }

        return (stages, forecast);
    }

    /// <param name="Approval">Until the first stage can start.</param>
    /// <param name="Staging">The soak of staging.</param>
    /// <param name="Canary">The soak of the canary.</param>
    /// <param name="Wave">The soak of each wave.</param>
    private sealed record Pace(TimeSpan Approval, TimeSpan Staging, TimeSpan Canary, TimeSpan Wave);
}
