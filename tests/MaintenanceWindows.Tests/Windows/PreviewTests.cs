using Governance.Testing;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Windows;

public sealed class PreviewTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task PreviewRecurrence_IntoAGap_ShowsTheShiftAndSaysSo()
    {
        var preview = await estate.Admin.Recurrences.PreviewRecurrenceAsync(new()
        {
            Recurrence = "FREQ=DAILY;COUNT=3",
            TimeZone = "Europe/Vienna",
            Start = "2026-03-28T02:30:00",
            Duration = Seconds(3600),
        });

        preview.Occurrences.Select(occurrence => Text(occurrence.Start))
            .ShouldBe(["2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"]);
        preview.Occurrences[1].LocalStart.ShouldBe("2026-03-29T03:30:00");
        preview.Findings.ShouldContain(finding => finding.Code == "SHIFTED_OUT_OF_GAP");
        preview.Truncated.ShouldBeFalse();
    }

    [Fact]
    public async Task PreviewRecurrence_WithManyFaults_NamesAllOfThem()
    {
        var refusal = await Refusal.OfAsync(estate.Admin.Recurrences.PreviewRecurrenceAsync(new()
        {
            Recurrence = "FREQ=WEEKLY;BYDAY=1MO;COUNT=2;UNTIL=20270101T000000Z",
            TimeZone = "Mars/Olympus",
            Start = "tomorrow",
            MaxOccurrences = 10_001,
        }));

        refusal.Fields.Distinct().ShouldBe(["recurrence", "time_zone", "start", "max_occurrences"], ignoreOrder: true);
        refusal.Message.ShouldContain("BYDAY");
        refusal.Message.ShouldContain("UNTIL");
    }

    [Fact]
    public async Task PreviewRecurrence_OfACenturyOfSeconds_AnswersWithTheFirstOnes()
    {
        var preview = await estate.Admin.Recurrences.PreviewRecurrenceAsync(
            new() { Recurrence = "FREQ=SECONDLY", Start = "1926-01-01T00:00:00", MaxOccurrences = 5 });

        preview.Occurrences.Count.ShouldBe(5);
        preview.Truncated.ShouldBeTrue();
    }
}
