using Governance.Testing;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Windows;

public sealed class PauseTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task PauseWindow_UntilAnInstant_ResumesByTheClock()
    {
        estate.Clock.Set(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "pausing" });

        var paused = await estate.Admin.Windows.PauseWindowAsync(
            new() { Name = "windows/pausing", Until = At("2026-03-12T00:00:00Z"), Reason = "Stocktaking" });
        var whilePaused = await StartsAsync("pausing", "2026-03-01T00:00:00Z", "2026-03-25T00:00:00Z");
        estate.Clock.Set(new(2026, 3, 12, 0, 0, 1, TimeSpan.Zero));
        var later = await estate.Admin.Windows.GetWindowAsync(new() { Name = "windows/pausing" });

        (paused.State, paused.Reason).ShouldBe((Window.Types.State.Paused, "Stocktaking"));
        whilePaused.ShouldBe(["2026-03-17T21:00:00Z", "2026-03-24T21:00:00Z"]);
        later.State.ShouldBe(Window.Types.State.Active);
        later.PausedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task PauseWindow_UntilTold_HoldsNothingUntilResumed()
    {
        estate.Clock.Set(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "told" });

        await estate.Admin.Windows.PauseWindowAsync(new() { Name = "windows/told" });
        var whilePaused = await StartsAsync("told", "2026-02-23T00:00:00Z", "2026-03-25T00:00:00Z");
        var resumed = await estate.Admin.Windows.ResumeWindowAsync(new() { Name = "windows/told" });
        var again = await Refusal.OfAsync(estate.Admin.Windows.ResumeWindowAsync(new() { Name = "windows/told" }));

        whilePaused.ShouldBe(["2026-02-24T21:00:00Z"]);
        resumed.State.ShouldBe(Window.Types.State.Active);
        (await StartsAsync("told", "2026-03-03T00:00:00Z", "2026-03-11T00:00:00Z")).Count.ShouldBe(2);
        again.Reason.ShouldBe("WINDOW_NOT_PAUSED");
    }

    [Fact]
    public async Task PauseWindow_UntilThePast_NamesTheField()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "past-pause" });

        var refusal = await Refusal.OfAsync(
            estate.Admin.Windows.PauseWindowAsync(new() { Name = "windows/past-pause", Until = At("2020-01-01T00:00:00Z") }));

        refusal.Fields.ShouldBe(["until"]);
    }

    private async Task<IReadOnlyList<string>> StartsAsync(string window, string from, string until)
    {
        var listed = await estate.Admin.Occurrences.ListOccurrencesAsync(new() { Window = window, From = At(from), Until = At(until) });
        return [.. listed.Occurrences.Select(occurrence => Text(occurrence.Start))];
    }
}
