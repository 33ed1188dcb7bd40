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
        using var suite = await Estate.StartAsync();
        var estate = new Estate(suite);
        await estate.PrepareAsync();
        await estate.SubmitRolloutAsync();
        await RemediationsAreDueAsync(suite);
        await NobodyApprovesTheirOwnAsync(suite, estate);

        await estate.ApproveAsync("first");
        await estate.ApproveAsync("second");
        var stages = await estate.StagesAsync("three booked stages", stage => stage["state"]!.GetValue<string>() == "SCHEDULED");
        Estate.StagesFollowEachOther(stages);

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
        await Estate.AuditIsIntactAsync(suite);
        suite.Log.ShouldNotContain(" fail: ");
        (await suite.StopAsync()).ShouldBe(0);
    }

    private static async Task RemediationsAreDueAsync(SuiteProcess suite)
    {
        var remediations = (await suite.GetAsync("/v1/remediations"))["remediations"]!.AsArray();
        foreach (var remediation in remediations)
        {
            Estate.Instant(remediation!["due"]!).ShouldBe(Estate.Published.AddHours(72), TimeSpan.FromSeconds(1));
            remediation["rule"]!.GetValue<string>().ShouldContain("critical");
        }
    }

    private static async Task NobodyApprovesTheirOwnAsync(SuiteProcess suite, Estate estate)
    {
        await suite.CallAsync(HttpMethod.Patch, "/v1/users/engineer", new { roles = new[] { "engineer", "approver" } });
        var (own, _) = await suite.CallAsync(HttpMethod.Post, "/v1/rollouts/minimist:approve", new { }, estate.TokenOf("engineer"));
        own.ShouldNotBe(HttpStatusCode.OK);
        var key = await suite.PostAsync(
            "/v1/apiKeys", new { displayName = "by the back door", accountable = "users/engineer", roles = new[] { "approver" } });
        var (byKey, _) =
            await suite.CallAsync(HttpMethod.Post, "/v1/rollouts/minimist:approve", new { }, key["secret"]!.GetValue<string>());
        byKey.ShouldNotBe(HttpStatusCode.OK);
    }

    private static bool IsElsewhere(JsonNode stage, JsonNode frozen) =>
        stage["id"]!.GetValue<string>() != "wave-2"
        || stage["state"]!.GetValue<string>() == "UNSCHEDULED"
        || (stage["state"]!.GetValue<string>() == "SCHEDULED"
            && stage["booking"]!["plannedStart"]!.ToString() != frozen["plannedStart"]!.ToString());

    private static string Local(JsonNode node, int minutes) =>
        Estate.Instant(node).AddMinutes(minutes).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
