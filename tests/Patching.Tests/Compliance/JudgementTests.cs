using Governance.BuildingBlocks.Names;
using Governance.Patching.Compliance;
using Governance.Patching.V1;
using NodaTime;
using Shouldly;
using Xunit;
using Period = Governance.Patching.Compliance.Period;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Tests.Compliance;

public class JudgementTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 0, 0);
    private static readonly Period Quarter = new(Start, Instant.FromUtc(2026, 7, 1, 0, 0));

    [Theory]
    [InlineData(State.Remediated, 10, 20, ComplianceFigure.Met)]
    [InlineData(State.Remediated, 20, 20, ComplianceFigure.Met)]
    [InlineData(State.Remediated, 21, 20, ComplianceFigure.Missed)]
    [InlineData(State.Excepted, 10, 20, ComplianceFigure.Excepted)]
    [InlineData(State.NotAffected, 30, 20, ComplianceFigure.NotAffected)]
    [InlineData(State.Withdrawn, 30, 20, ComplianceFigure.Withdrawn)]
    [InlineData(State.InProgress, 10, 20, ComplianceFigure.Overdue)]
    [InlineData(State.InProgress, 10, 91, ComplianceFigure.Open)]
    [InlineData(State.InProgress, 10, 90, ComplianceFigure.Overdue)]
    public void Judgement_AtTheEndOfAPeriod_CountsByStateAndDueDate(State state, int changedOnDay, int dueOnDay, ComplianceFigure figure) =>
        Judgement.Of(Opened(0, due: dueOnDay, (changedOnDay, state)), Quarter)!.Value.Figure.ShouldBe(figure);

    [Fact]
    public void Judgement_OfAPastPeriod_KnowsNothingOfWhatCameLater()
    {
        var remediation = Opened(0, due: 95, (100, State.Remediated));
        Judgement.Of(remediation, Quarter)!.Value.Figure.ShouldBe(ComplianceFigure.Open);
        Judgement.Of(remediation, new Period(Quarter.Until, Quarter.Until + Duration.FromDays(90)))!.Value.Figure
            .ShouldBe(ComplianceFigure.Missed);
    }

    [Fact]
    public void Judgement_AfterTheEndOrBeforeTheBeginning_DoesNotCount()
    {
        Judgement.Of(Opened(91, due: 99), Quarter).ShouldBeNull();
        Judgement.Of(Opened(-20, due: -5, (-1, State.Remediated)), Quarter).ShouldBeNull();
        Judgement.Of(Opened(-20, due: -5, (-1, State.Excepted)), Quarter)!.Value.Figure.ShouldBe(ComplianceFigure.Excepted);
        Judgement.Of(Opened(-20, due: -5, (0, State.Remediated)), Quarter)!.Value.DaysToRemediate.ShouldBe(20);
    }

    [Fact]
    public void Judgement_WhenTheDueDateMovedAfterTheMiss_StaysMissed()
    {
        var remediation = Opened(0, due: 5, (30, State.Remediated));
        remediation.MissedAt = Day(5);
        remediation.DueHistory.Add(new DueChange { At = Day(6), From = Day(5), To = Day(60) });
        Judgement.Of(remediation, Quarter)!.Value.Figure.ShouldBe(ComplianceFigure.Missed);
    }

    [Theory]
    [InlineData(State.Remediated, 15, 15, ComplianceFigure.Met)]
    [InlineData(State.Open, 30, 20, ComplianceFigure.Overdue)]
    [InlineData(State.Open, 9, 8, ComplianceFigure.Overdue)]
    public void Judgement_DueDuringAnException_IsSuspendedUntilItsEnd(State state, int onDay, int exceptedUntil, ComplianceFigure figure)
    {
        var remediation = Opened(0, due: 10, (5, State.Excepted), (onDay, state));
        remediation.ExceptedPeriods.Add(new ExceptedPeriod { From = Day(5), Until = Day(exceptedUntil) });
        Judgement.Of(remediation, Quarter)!.Value.Figure.ShouldBe(figure);
    }

    [Fact]
    public void ExposureDays_CountOpenAndExceptedTimeInThePeriodOnly()
    {
        var remediation = Opened(-10, due: 80, (10, State.Excepted), (20, State.Open), (25, State.Remediated), (40, State.Open));
        Judgement.Of(remediation, Quarter)!.Value.ExposureDays.ShouldBe(25 + 51, tolerance: 1e-9);
    }

    [Fact]
    public void Figures_OfAnyHistories_AddUpToAll_AndAdjacentPeriodsShareTheExposure()
    {
        var random = new Random(4711);
        var states = System.Enum.GetValues<State>().Where(state => state != State.Unspecified).ToArray();
        var all = new Tally();
        for (var i = 0; i < 2000; i++)
        {
            var changes = Enumerable.Range(0, random.Next(5))
                .Select(_ => random.Next(-30, 120))
                .Order()
                .Select(day => (day, states[random.Next(states.Length)]))
                .ToArray();
            var remediation = Opened(changes.Length > 0 ? changes[0].day - 1 : random.Next(-30, 120), due: random.Next(-40, 130), changes);
            if (Judgement.Of(remediation, Quarter) is { } judgement) all.Add($"remediations/{i}", judgement);
            var middle = Start + Duration.FromDays(random.Next(1, 90));
            Exposure(remediation, Quarter).ShouldBe(
                Exposure(remediation, Quarter with { Until = middle }) + Exposure(remediation, Quarter with { From = middle }),
                tolerance: 1e-6);
        }

        var sum = all.ToProto(figure => figure.ToString());
        (sum.Met + sum.Missed + sum.Open + sum.Overdue + sum.Excepted + sum.NotAffected + sum.Withdrawn).ShouldBe(sum.All);
        sum.All.ShouldBeGreaterThan(1000);
        sum.Lists.Where(list => list.Figure != ComplianceFigure.LateWhenFirstSeen).Sum(list => list.Count).ShouldBe(sum.All);
    }

    [Theory]
    [InlineData(new double[] { 7 }, 7, 7)]
    [InlineData(new double[] { 1, 2 }, 1.5, 1.9)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 6, 10)]
    [InlineData(new double[] { 1, 2, 3, 4 }, 2.5, 3.7)]
    public void Percentile_InterpolatesBetweenNeighbours(double[] sorted, double median, double ninetieth)
    {
        Tally.Percentile(sorted, 0.5).ShouldBe(median, tolerance: 1e-9);
        Tally.Percentile(sorted, 0.9).ShouldBe(ninetieth, tolerance: 1e-9);
    }

    private static double Exposure(Remediation remediation, Period period) => Judgement.Of(remediation, period)?.ExposureDays ?? 0;

    private static Google.Protobuf.WellKnownTypes.Timestamp Day(int day) => (Start + Duration.FromDays(day)).ToTimestamp();

    private static Remediation Opened(int day, int due, params (int Day, State State)[] changes) => new()
    {
        Name = "remediations/x",
        Opened = Day(day),
        DueHistory = { new DueChange { At = Day(day), To = Day(due) } },
        StateHistory = { changes.Select(change => new StateChange { At = Day(change.Day), State = change.State }) },
    };
}
