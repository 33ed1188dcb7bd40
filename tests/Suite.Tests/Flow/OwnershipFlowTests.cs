using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Flow;

/// <summary>What Ownership knows is followed by its neighbours, by events alone.</summary>
public sealed class OwnershipFlowTests
{
    [Fact]
    public async Task Component_OfAnotherTier_HasOtherDueDatesAndOtherVerdicts()
    {
        using var suite = await Estate.StartAsync();
        var estate = new Estate(suite);
        await estate.PrepareAsync();
        await suite.PostAsync("/v1/policies?policyId=by-tier", new
        {
            displayName = "By tier",
            source = "The test",
            rules = new object[]
            {
                new { id = "tier-1", tiers = new[] { 1 }, severities = new[]
                {
                    "CRITICAL",
                }, dueAfter = 24, unit = "HOURS", clockStart = "FIX_RELEASE" },
                new { id = "others", tiers = new[] { 2, 3, 4 }, severities = new[]
                {
                    "CRITICAL",
                }, dueAfter = 30, unit = "CALENDAR_DAYS", clockStart = "FIX_RELEASE" },
            },
        });
        await suite.PostAsync("/v1/policies/by-tier:activate", new { });
        await estate.StepAsync("sbom reporting", _ => suite.CallAsync(
            HttpMethod.Post, "/v1/components/reporting/inventory:import?format=CYCLONEDX&environment=production", Estate.Sbom("1.2.5")));
        var before = await DueOfAsync(suite, _ => true);
        (await VerdictAsync(suite)).ShouldBe("ALLOWED");

        await suite.PatchAsync("/v1/components/reporting", new { tier = 1, exposure = "INTERNET" });

        await Estate.UntilAsync("a verdict that asks for a window", async () => await VerdictAsync(suite) == "ALLOWED" ? null : "asks");
        var after = await DueOfAsync(suite, due => due != before);
        string.CompareOrdinal(after, before).ShouldBeLessThan(0);
        (await suite.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Neighbour_WhoseDatabaseIsDeleted_LearnsEverythingAgain()
    {
        using var suite = await Estate.StartAsync();
        await Estate.UntilAsync("the components", async () => await VerdictAsync(suite) == "ALLOWED" ? "known" : null);
        (await suite.StopAsync()).ShouldBe(0);
        foreach (var file in Directory.GetFiles(suite.PathOf("data"), "windows.db*")) File.Delete(file);

        await suite.StartAsync();

        await Estate.UntilAsync("the components again", async () => await VerdictAsync(suite) == "ALLOWED" ? "known" : null);
        (await suite.StopAsync()).ShouldBe(0);
    }

    /// <summary>On a change that is longer than any window: where one is asked for, the hour of the day does not matter.</summary>
    private static async Task<string> VerdictAsync(SuiteProcess suite)
    {
        var answer = await suite.PostAsync(
            "/v1/changes:check",
            new { component = "components/reporting", environment = "production", kind = "RELEASE", duration = "10800s" });
        return answer["verdict"]!.GetValue<string>();
    }

    private static Task<string> DueOfAsync(
        SuiteProcess suite, Func<string, bool> passes) => Estate.UntilAsync("the remediation's due date", async () =>
    {
        var remediations = (await suite.GetAsync("/v1/remediations?component=components/reporting"))["remediations"]!.AsArray();
        return remediations.FirstOrDefault()?["due"]?.GetValue<string>() is { } due && passes(due) ? due : null;
    });
}
