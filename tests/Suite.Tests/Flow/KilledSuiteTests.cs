using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Flow;

/// <summary>The way from a software bill of materials to a booked patch, on a Suite that is killed on it again and again.</summary>
public sealed class KilledSuiteTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Suite_KilledAtRandomMoments_EndsTheSame_WithNothingLostOrDoubled(int seed)
    {
        using var suite = await Estate.StartAsync();
        var estate = new Estate(suite);
        using var stop = new CancellationTokenSource();
        var killer = KillAgainAndAgainAsync(suite, new Random(seed), kills: 3, stop.Token);

        await estate.PrepareAsync();
        await estate.SubmitRolloutAsync();
        await estate.ApproveAsync("first");
        await estate.ApproveAsync("second");
        await killer;
        var stages = await estate.StagesAsync("three booked stages", stage => stage["state"]!.GetValue<string>() == "SCHEDULED");

        Estate.StagesFollowEachOther(stages);
        var bookings = (await suite.GetAsync("/v1/bookings?states=CONFIRMED"))["bookings"]!.AsArray();
        bookings.Select(b => b!["change"]!.GetValue<string>()).Order().ShouldBe(
            ["rollouts/minimist/stages/staging", "rollouts/minimist/stages/wave-1", "rollouts/minimist/stages/wave-2"]);
        (await suite.GetAsync("/v1/remediations"))["remediations"]!.AsArray().Count.ShouldBe(2);
        foreach (var service in new[] { "windows", "patching" })
        {
            var events = await suite.GetAsync($"/v1/events/{service}");
            events["deadLetters"]!.ToString().ShouldBe("0");
            events["parked"]!.ToString().ShouldBe("0");
        }

        await Estate.AuditIsIntactAsync(suite);
    }

    private static async Task KillAgainAndAgainAsync(SuiteProcess suite, Random random, int kills, CancellationToken ct)
    {
        for (var i = 0; i < kills; i++)
        {
            await Task.Delay(random.Next(50, 2500), ct);
            await suite.KillAsync();
            await suite.StartAsync("--components", suite.PathOf("components.csv"));
        }
    }
}
