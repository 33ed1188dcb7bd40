using Governance.Patching.Deadlines;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Policies;

public class RecalculationTests
{
    private static readonly DateTimeOffset Early = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Late = Early.AddDays(10);
    private static readonly DateTimeOffset?[] Instants = [null, Early, Late];

    public static TheoryData<int> AllCauses => [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(AllCauses))]
    public void Recalculate_Always_TakesTheDecision(int causes) => ForAll((before, decided) =>
        Recalculation.Recalculate.Takes(before, decided, (DueCauses)causes).ShouldBeTrue());

    [Theory]
    [MemberData(nameof(AllCauses))]
    public void Keep_OnceThereIsADueDate_NeverMovesIt(int causes) => ForAll((before, decided) =>
        Recalculation.Keep.Takes(before, decided, (DueCauses)causes).ShouldBe(before is null));

    [Theory]
    [MemberData(nameof(AllCauses))]
    public void Earliest_Always_IsTheEarlierOfBoth(int causes) => ForAll((before, decided) =>
        After(Recalculation.Earliest, before, decided, (DueCauses)causes).ShouldBe(Min(before, decided)));

    [Theory]
    [MemberData(nameof(AllCauses))]
    public void EarliestIfRaised_WithoutARaise_KeepsAndElseIsTheEarlier(int causes) => ForAll((before, decided) =>
    {
        var isRaised = ((DueCauses)causes & (DueCauses.Raised | DueCauses.Policy)) != 0;
        After(Recalculation.EarliestIfRaised, before, decided, (DueCauses)causes).ShouldBe(isRaised ? Min(before, decided) : before);
    });

    private static DateTimeOffset? After(Recalculation setting, DateTimeOffset? before, DateTimeOffset? decided, DueCauses causes) =>
        setting.Takes(before, decided, causes) ? decided : before;

    private static DateTimeOffset? Min(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static void ForAll(Action<DateTimeOffset?, DateTimeOffset?> check)
    {
        foreach (var before in Instants)
        {
            foreach (var decided in Instants) check(before, decided);
        }
    }
}
