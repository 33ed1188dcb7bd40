using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Governance.Testing;
using Shouldly;

namespace Governance.Suite.Tests.Flow;

/// <summary>
/// A small retailer on a Suite that may be killed at any moment: every step carries a request id and is repeated until it is
/// answered, as a careful client does.
/// </summary>
internal sealed class Estate(SuiteProcess suite)
{
    public const string Catalogue = """
        name,tier,environments,exposure,system,dependsOn
        checkout-api,1,staging;production,internet,shop,orders
        orders,1,staging;production,internal,shop,
        reporting,4,staging;production,internal,office,
        """;

    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, Guid> _requestIds = [];

    public static DateTimeOffset Published { get; } = DateTimeOffset.UtcNow.AddHours(-10);

    /// <summary>A Suite that takes over the catalogue.</summary>
    public static async Task<SuiteProcess> StartAsync()
    {
        var suite = new SuiteProcess();
        await File.WriteAllTextAsync(suite.PathOf("components.csv"), Catalogue);
        await suite.StartAsync("--components", suite.PathOf("components.csv"));
        return suite;
    }

    /// <summary>The people, a window in every night, and a critical vulnerability in what two components run.</summary>
    public async Task PrepareAsync()
    {
        foreach (var (person, role) in new[] { ("engineer", "engineer"), ("first", "approver"), ("second", "approver") })
        {
            await StepAsync($"user {person}", id => suite.CallAsync(
                HttpMethod.Post, "/v1/users", new { userId = person, roles = new[] { role, "engineer" }.Distinct(), requestId = id }));
            await StepAsync(
                $"token {person}",
                async _ =>
                {
                    var answer = await suite.CallAsync(HttpMethod.Post, $"/v1/users/{person}:issueToken", new { });
                    if (answer.Status == HttpStatusCode.OK)
                    {
                        _tokens[person] = answer.Body["token"]!.GetValue<string>();
                    }

                    return answer;
                });
        }

        await StepAsync("window", id => suite.CallAsync(HttpMethod.Post, $"/v1/windows?windowId=nightly&requestId={id}", new
        {
            displayName = "Every hour of the day, for the tests",
            timeZone = "Europe/Vienna",
            start = DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM-ddT00:00:00", CultureInfo.InvariantCulture),
            duration = "7200s",
            recurrence = "FREQ=HOURLY;INTERVAL=3",
            scope = new { environments = new[] { "production" } },
        }));
        await StepAsync("advisories", _ => suite.CallAsync(HttpMethod.Post, "/v1/advisories:import?format=OSV", Osv()));
        foreach (var environment in new[] { "staging", "production" })
        {
            await StepAsync($"sbom {environment}", _ => suite.CallAsync(
                HttpMethod.Post,
                $"/v1/components/checkout-api/inventory:import?format=CYCLONEDX&environment={environment}",
                Sbom("1.2.5")));
        }
    }

    public string TokenOf(string person) => _tokens[person];

    /// <summary>A rollout through staging and two waves, submitted by the engineer.</summary>
    public async Task SubmitRolloutAsync()
    {
        var open = await UntilAsync("the remediations", async () =>
        {
            var (_, body) = await suite.CallAsync(HttpMethod.Get, "/v1/remediations?component=components/checkout-api");
            return body["remediations"]?.AsArray() is { Count: 2 } found ? found : null;
        });
        await StepAsync("rollout", id => suite.CallAsync(
            HttpMethod.Post,
            $"/v1/rollouts?rolloutId=minimist&requestId={id}",
            new
            {
                displayName = "Replace minimist",
                remediations = open.Select(r => r!["name"]!.GetValue<string>()),
                backOut = new { plan = "Deploy the previous image.", duration = "600s" },
                stages = new object[]
                {
                    Stage("staging", "STAGING", "staging"), Stage(
                        "wave-1", "PRODUCTION", "production"), Stage("wave-2", "PRODUCTION", "production"),
                },
            },
            TokenOf("engineer")));
        await StepAsync(
            "submit", id => suite.CallAsync(HttpMethod.Post, "/v1/rollouts/minimist:submit", new { requestId = id }, TokenOf("engineer")));
    }

    public Task ApproveAsync(string person) => StepAsync(
        $"approve {person}",
        id => suite.CallAsync(HttpMethod.Post, "/v1/rollouts/minimist:approve", new { requestId = id }, TokenOf(person)));

    /// <summary>The rollout's stages, once each of them is so.</summary>
    public Task<JsonArray> StagesAsync(string what, Func<JsonNode, bool> each) => UntilAsync(what, async () =>
    {
        var (status, rollout) = await suite.CallAsync(HttpMethod.Get, "/v1/rollouts/minimist");
        return status == HttpStatusCode.OK && rollout["stages"]!.AsArray().All(stage => each(stage!)) ? rollout["stages"]!.AsArray() : null;
    });

    /// <summary>Repeats a step until the gateway has answered it; an answer other than OK fails the test.</summary>
    public async Task<JsonNode> StepAsync(string name, Func<Guid, Task<(HttpStatusCode Status, JsonNode Body)>> step)
    {
        if (!_requestIds.TryGetValue(name, out var id))
        {
            _requestIds[name] = id = Guid.NewGuid();
        }

        return await UntilAsync(name, async () =>
        {
            var (status, body) = await step(id);
            if (status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized)
            {
                return null;
            }

            status.ShouldBe(HttpStatusCode.OK, $"{name}: {body.ToJsonString()}");
            return body;
        });
    }

    public static Task<T> UntilAsync<T>(string what, Func<Task<T?>> find)
        where T : class => Eventually.GetAsync(
        async () =>
        {
            try
            {
                return await find();
            }
            catch (Exception gone)
                when (gone is HttpRequestException or IOException or TaskCanceledException or System.Text.Json.JsonException)
            {
                return null;
            }
        },
        what,
        TimeSpan.FromSeconds(120));

    /// <summary>Each stage is planned to begin when the one before has ended and soaked.</summary>
    public static void StagesFollowEachOther(JsonArray stages)
    {
        for (var i = 1; i < stages.Count; i++)
        {
            var before = Instant(stages[i - 1]!["booking"]!["plannedEnd"]!).AddSeconds(600);
            Instant(stages[i]!["booking"]!["plannedStart"]!).ShouldBeGreaterThanOrEqualTo(before);
        }
    }

    public static async Task AuditIsIntactAsync(SuiteProcess suite)
    {
        foreach (var service in new[] { "windows", "patching", "gateway" })
        {
            var verified = await suite.PostAsync($"/v1/audit/{service}:verify", new { });
            verified["intact"]!.GetValue<bool>().ShouldBeTrue(verified.ToJsonString());
        }
    }

    public static DateTimeOffset Instant(JsonNode node) => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);

    private static object Stage(string id, string kind, string environment) => new
    {
        id,
        kind,
        environment,
        components = new[] { "components/checkout-api" },
        duration = "1800s",
        soak = "600s",
    };

    private static string Osv()
    {
        var published = Published.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $$"""
            {"id":"CVE-2021-44906","published":"{{published}}","modified":"{{published}}","summary":"Prototype pollution in minimist","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"affected":[{"package":{"ecosystem":"npm","name":"minimist"},"ranges":[{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"1.2.6"}]}]}]}
            """;
    }

    public static string Sbom(string version) => $$"""
        {"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[{"type":"library","name":"minimist","version":"{{version}}","purl":"pkg:npm/minimist@{{version}}"}]}
        """;
}
