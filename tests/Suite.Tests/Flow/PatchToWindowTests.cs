using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Flow;

/// <summary>From a software bill of materials to a booked patch, through the gateway, with a real process in between.</summary>
public sealed class PatchToWindowTests
{
    [Fact]
    public async Task Rollout_Approved_IsBooked_AndMovesWhenAFreezeComes()
    {
        using var suite = await StartAsync();
        var estate = new Estate(suite);
        await estate.PrepareAsync();
        await estate.SubmitRolloutAsync();
        await RemediationsAreDueAsync(suite);
        await NobodyApprovesTheirOwnAsync(suite, estate);

        await estate.ApproveAsync("first");
        await estate.ApproveAsync("second");
        var stages = await estate.StagesAsync("three booked stages", stage => stage["state"]!.GetValue<string>() == "SCHEDULED");
        StagesFollowEachOther(stages);

        var wave = stages[2]!["booking"]!;
        await suite.PostAsync("/v1/freezes?freezeId=payment-outage", new
        {
            timeZone = "UTC",
            start = Local(wave["plannedStart"]!, -60),
            end = Local(wave["plannedEnd"]!, 60),
            reason = "The payment provider works on its systems.",
            scope = new { components = new[] { "components/checkout-api" }, environments = new[] { "production" } },
        });

        var moved = await estate.StagesAsync("the last wave out of the freeze", stage => IsElsewhere(stage, wave));
        var text = moved[2]!["booking"]!.ToJsonString();
        text.ShouldContain("freezes/payment-outage");
        await AuditIsIntactAsync(suite);
        suite.Log.ShouldNotContain(" fail: ");
        (await suite.StopAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Suite_KilledAtRandomMoments_EndsTheSame_WithNothingLostOrDoubled(int seed)
    {
        using var suite = await StartAsync();
        var estate = new Estate(suite);
        using var stop = new CancellationTokenSource();
        var killer = KillAgainAndAgainAsync(suite, new Random(seed), kills: 3, stop.Token);

        await estate.PrepareAsync();
        await estate.SubmitRolloutAsync();
        await estate.ApproveAsync("first");
        await estate.ApproveAsync("second");
        await killer;
        var stages = await estate.StagesAsync("three booked stages", stage => stage["state"]!.GetValue<string>() == "SCHEDULED");

        StagesFollowEachOther(stages);
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

        await AuditIsIntactAsync(suite);
    }

    private static async Task<SuiteProcess> StartAsync()
    {
        var suite = new SuiteProcess();
        await File.WriteAllTextAsync(suite.PathOf("components.csv"), Estate.Catalogue);
        await suite.StartAsync("--components", suite.PathOf("components.csv"));
        return suite;
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

    private static async Task RemediationsAreDueAsync(SuiteProcess suite)
    {
        var remediations = (await suite.GetAsync("/v1/remediations"))["remediations"]!.AsArray();
        foreach (var remediation in remediations)
        {
            Instant(remediation!["due"]!).ShouldBe(Estate.Published.AddHours(72), TimeSpan.FromSeconds(1));
            remediation["rule"]!.GetValue<string>().ShouldContain("critical");
        }
    }

    private static async Task NobodyApprovesTheirOwnAsync(SuiteProcess suite, Estate estate)
    {
        await suite.CallAsync(HttpMethod.Patch, "/v1/users/engineer", new { roles = new[] { "engineer", "approver" } });
        var (own, _) = await suite.CallAsync(HttpMethod.Post, "/v1/rollouts/minimist:approve", new { }, estate.TokenOf("engineer"));
        own.ShouldNotBe(HttpStatusCode.OK);
        var key = await suite.PostAsync("/v1/apiKeys", new { displayName = "by the back door", accountable = "users/engineer", roles = new[] { "approver" } });
        var (byKey, _) = await suite.CallAsync(HttpMethod.Post, "/v1/rollouts/minimist:approve", new { }, key["secret"]!.GetValue<string>());
        byKey.ShouldNotBe(HttpStatusCode.OK);
    }

    private static void StagesFollowEachOther(JsonArray stages)
    {
        for (var i = 1; i < stages.Count; i++)
        {
            var before = Instant(stages[i - 1]!["booking"]!["plannedEnd"]!).AddSeconds(600);
            Instant(stages[i]!["booking"]!["plannedStart"]!).ShouldBeGreaterThanOrEqualTo(before);
        }
    }

    private static bool IsElsewhere(JsonNode stage, JsonNode frozen) =>
        stage["id"]!.GetValue<string>() != "wave-2"
        || stage["state"]!.GetValue<string>() == "UNSCHEDULED"
        || (stage["state"]!.GetValue<string>() == "SCHEDULED" && stage["booking"]!["plannedStart"]!.ToString() != frozen["plannedStart"]!.ToString());

    private static async Task AuditIsIntactAsync(SuiteProcess suite)
    {
        foreach (var service in new[] { "windows", "patching", "gateway" })
        {
            var verified = await suite.PostAsync($"/v1/audit/{service}:verify", new { });
            verified["intact"]!.GetValue<bool>().ShouldBeTrue(verified.ToJsonString());
        }
    }

    private static DateTimeOffset Instant(JsonNode node) => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);

    private static string Local(JsonNode node, int minutes) =>
        Instant(node).AddMinutes(minutes).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
