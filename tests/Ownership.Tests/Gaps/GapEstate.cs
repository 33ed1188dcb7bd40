using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using State = Governance.Ownership.V1.OwnershipGap.Types.State;

namespace Governance.Ownership.Tests.Gaps;

/// <summary>What tests of gaps ask the service.</summary>
internal static class GapEstate
{
    public static long Checks(this OwnershipEstate estate) => estate.Host.Services.GetRequiredService<GapKeeper>().Checks;

    public static async Task<IReadOnlyList<OwnershipGap>> GapsAsync(
        this OwnershipEstate estate, Kind kind, string component = "", State state = State.Unspecified) =>
        (await estate.Admin.OwnershipGaps.ListOwnershipGapsAsync(
            new ListOwnershipGapsRequest { Kind = kind, Component = component, State = state })).OwnershipGaps;

    /// <summary>The only gap of the kind, once it is in that state.</summary>
    public static Task<OwnershipGap> GapAsync(
        this OwnershipEstate estate, Kind kind, State state = State.Open, string component = "") => Eventually.GetAsync(
        async () => await estate.GapsAsync(kind, component) is [var gap] && gap.State == state ? gap : null, $"one {kind}, {state}");

    /// <summary>Waits until everything that changed, and every date that came, was looked at.</summary>
    public static Task SettledAsync(this OwnershipEstate estate) => Eventually.HoldsAsync(
        async () =>
        {
            await using var db = await estate.Host.Services.GetRequiredService<IDbContextFactory<OwnershipDb>>().CreateDbContextAsync();
            var now = estate.Now;
            return !await db.GapMarks.AnyAsync() && !await db.GapTimers.AnyAsync(timer => timer.Due <= now);
        },
        "nothing is left to look at");

    public static async Task<Instant> LaterAsync(this OwnershipEstate estate, Duration by)
    {
        await estate.SettledAsync();
        estate.Estate.Clock.Advance(by.ToTimeSpan());
        return estate.Now;
    }

    public static OwnershipGapChanged[] Published(this OwnershipEstate estate, OwnershipGap gap) =>
        [.. estate.Estate.PubSub.Of<OwnershipGapChanged>()
            .Where(one => one.OwnershipGap.Name == gap.Name)
            .OrderBy(one => one.Meta.Version)];
}
