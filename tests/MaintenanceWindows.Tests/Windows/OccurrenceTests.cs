using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Windows;

public sealed class OccurrenceTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task ListOccurrences_AcrossADaylightSavingChange_KeepsTheLocalTime()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "over-dst" });

        var listed = await estate.Admin.Occurrences.ListOccurrencesAsync(
            new() { Window = "windows/over-dst", From = At("2026-03-23T00:00:00Z"), Until = At("2026-04-02T00:00:00Z") });

        listed.Occurrences.Select(occurrence => Text(occurrence.Start)).ShouldBe(["2026-03-24T21:00:00Z", "2026-03-31T20:00:00Z"]);
        listed.Occurrences.ShouldAllBe(occurrence => occurrence.LocalStart.EndsWith("T22:00:00"));
        listed.Occurrences[0].LocalEnd.ShouldBe("2026-03-25T01:00:00");
        listed.TzdbVersion.ShouldContain("20");
    }

    [Fact]
    public async Task ListOccurrences_WithEffectiveDatesAndCutoff_ShowsOnlyWhatIsHeldAndItsLastStart()
    {
        var window = TuesdayNights();
        (window.EffectiveFrom, window.EffectiveUntil, window.Cutoff) = ("2026-04-07", "2026-04-14", Seconds(3600));
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = window, WindowId = "effective" });

        var listed = await estate.Admin.Occurrences.ListOccurrencesAsync(
            new() { Window = "effective", From = At("2026-01-01T00:00:00Z"), Until = At("2027-01-01T00:00:00Z") });

        listed.Occurrences.Select(occurrence => occurrence.LocalStart).ShouldBe(["2026-04-07T22:00:00", "2026-04-14T22:00:00"]);
        Text(listed.Occurrences[0].LastStart).ShouldBe("2026-04-07T22:00:00Z");
    }

    [Fact]
    public async Task ListOccurrences_OfTwoWindowsInPages_GivesEachOnceInOrder()
    {
        await estate.ComponentAsync("merged", tier: 4);
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/merged"), WindowId = "merge-a" });
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/merged"), WindowId = "merge-b" });
        var request = new ListOccurrencesRequest
        {
            Component = "merged",
            PageSize = 3,
            From = At("2026-05-01T00:00:00Z"),
            Until = At("2026-06-01T00:00:00Z"),
        };

        var found = new List<(string, string)>();
        do
        {
            var page = await estate.Admin.Occurrences.ListOccurrencesAsync(request);
            found.AddRange(page.Occurrences.Where(one => one.Window.StartsWith("windows/merge-", StringComparison.Ordinal))
                .Select(one => (Text(one.Start), one.Window)));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        found.Count.ShouldBe(8);
        found.ShouldBe(found.Distinct().Order());
    }

    [Fact]
    public async Task ListOccurrences_UnderAFreeze_NamesWhatItCuts()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/cut"), WindowId = "cut" });
        var freeze = PeakSeason("components/cut");
        (freeze.Start, freeze.End) = ("2026-06-02T23:00:00", "2026-06-09T23:00:00");
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = freeze, FreezeId = "cutting" });
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = PeakSeason("components/other"), FreezeId = "not-cutting" });

        var listed = await estate.Admin.Occurrences.ListOccurrencesAsync(
            new() { Window = "cut", From = At("2026-06-01T00:00:00Z"), Until = At("2026-06-20T00:00:00Z") });

        listed.Occurrences.Count.ShouldBe(3);
        var first = listed.Occurrences[0].Freezes.ShouldHaveSingleItem();
        (first.Freeze, Text(first.From), Text(first.Until), first.PartialScope).ShouldBe(
            ("freezes/cutting", "2026-06-02T21:00:00Z", "2026-06-02T23:00:00Z", false));
        Text(listed.Occurrences[1].Freezes.ShouldHaveSingleItem().Until).ShouldBe("2026-06-09T21:00:00Z");
        listed.Occurrences[2].Freezes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-02T00:00:00Z", "2033-01-01T00:00:00Z")]
    public async Task ListOccurrences_OfAnImpossibleInterval_NamesTheField(string from, string until)
    {
        var refusal = await Refusal.OfAsync(estate.Admin.Occurrences.ListOccurrencesAsync(new() { From = At(from), Until = At(until) }));

        (refusal.Code, refusal.Fields.Single()).ShouldBe((StatusCode.InvalidArgument, "until"));
    }
}
