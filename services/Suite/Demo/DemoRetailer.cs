using System.Globalization;
using System.Text.Json.Nodes;

namespace Governance.Suite.Demo;

/// <summary>
/// Fills an installation with the worked example: people, who owns what, windows, a freeze, advisories, inventories, a rollout.
/// </summary>
internal sealed class DemoRetailer(Uri gateway, string adminToken, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = gateway };

    private DemoClient Admin => new(_http, adminToken);

    public async Task FillAsync(CancellationToken ct)
    {
        await AddPeopleAsync(ct);
        await AddOwnershipAsync(ct);
        await AddCalendarAsync(ct);
        await UntilAsync(
            "the components",
            async () => (await Admin.PostAsync("/v1/changes:check", Question("reporting"), ct))["verdict"]!.GetValue<string>() == "ALLOWED",
            ct);
        await AddRisksAsync(ct);
        await AddRolloutAsync(ct);
    }

    public void Dispose() => _http.Dispose();

    private async Task AddPeopleAsync(CancellationToken ct)
    {
        foreach (var (id, role) in new[]
                 {
                     ("engineer", "engineer"), ("architect", "architect"), ("approver", "approver"), ("duty-manager", "approver"),
                     ("leadership", "leadership"), ("auditor", "auditor"),
                 })
        {
            await Admin.PostAsync("/v1/users", new JsonObject { ["userId"] = id, ["roles"] = new JsonArray(role) }, ct);
        }
    }

    /// <summary>On duty in three zones, two vendors under contract, and gaps such as every company has.</summary>
    private async Task AddOwnershipAsync(CancellationToken ct)
    {
        foreach (var (method, path, body) in DemoData.Ownership(clock.GetUtcNow()))
        {
            await Admin.CallAsync(new HttpMethod(method), path, body, ct);
        }
    }

    private async Task AddCalendarAsync(CancellationToken ct)
    {
        await AddWindowAsync("tuesday-night", "Tuesday night", "FREQ=WEEKLY;BYDAY=TU", "22:00:00", "14400s", 3, ct);
        await AddWindowAsync("sunday-early", "Sunday early morning", "FREQ=WEEKLY;BYDAY=SU", "04:00:00", "7200s", 2, ct);
        await AddWindowAsync(
            "weekday-morning", "Weekday mornings, one change at a time", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", "06:00:00", "5400s", 1, ct);
        await Admin.PostAsync(
            "/v1/freezes?freezeId=trading-peak",
            new JsonObject
            {
                ["displayName"] = "Trading peak",
                ["timeZone"] = "Europe/Vienna",
                ["start"] = Day(10),
                ["end"] = Day(15),
                ["reason"] = "The busiest days of the year: nothing changes that customers can see.",
                ["scope"] = new JsonObject { ["environments"] = new JsonArray("production"), ["tiers"] = new JsonArray(1, 2) },
                ["exemptions"] = new JsonArray(new JsonObject { ["kinds"] = new JsonArray("PATCH"), ["minimumSeverity"] = "CRITICAL" }),
                ["overridePolicy"] = new JsonObject { ["roles"] = new JsonArray("engineer", "architect"), ["approvalsNeeded"] = 1 },
            },
            ct);
    }

    private Task AddWindowAsync(
        string id, string displayName, string recurrence, string time, string duration, int capacity, CancellationToken ct) =>
        Admin.PostAsync(
            $"/v1/windows?windowId={id}",
            new JsonObject
            {
                ["displayName"] = displayName,
                ["timeZone"] = "Europe/Vienna",
                ["start"] = $"{FirstDay(recurrence)}T{time}",
                ["duration"] = duration,
                ["recurrence"] = recurrence,
                ["capacity"] = capacity,
                ["cutoff"] = "1800s",
                ["scope"] = new JsonObject { ["environments"] = new JsonArray("production") },
            },
            ct);

    private async Task AddRisksAsync(CancellationToken ct)
    {
        await Admin.UploadAsync("/v1/advisories:import?format=OSV", DemoData.Advisories(clock.GetUtcNow()), ct);
        foreach (var (component, sbom) in DemoData.Inventories())
        {
            foreach (var environment in new[] { "staging", "production" })
            {
                await Admin.UploadAsync(
                    $"/v1/components/{component}/inventory:import?format=CYCLONEDX&environment={environment}", sbom.ToJsonString(), ct);
            }
        }
    }

    /// <summary>One rollout, asked for by the engineer and approved by two others, as tier 1 in production asks.</summary>
    private async Task AddRolloutAsync(CancellationToken ct)
    {
        var open = await Admin.GetAsync("/v1/remediations?component=components/checkout-api", ct);
        var names = open["remediations"]!.AsArray().Select(r => (JsonNode)r!["name"]!.GetValue<string>()).ToArray();
        var engineer = Admin.As(await TokenOfAsync("engineer", ct));
        await engineer.PostAsync("/v1/rollouts?rolloutId=checkout-patches", Rollout(names), ct);
        await engineer.PostAsync("/v1/rollouts/checkout-patches:submit", [], ct);
        foreach (var approver in new[] { "approver", "duty-manager" })
        {
            var client = Admin.As(await TokenOfAsync(approver, ct));
            await client.PostAsync("/v1/rollouts/checkout-patches:approve", new JsonObject { ["comment"] = "As planned." }, ct);
        }
    }

    private static JsonObject Rollout(JsonNode[] remediations) => new()
    {
        ["displayName"] = "Patch the checkout API's libraries",
        ["remediations"] = new JsonArray(remediations),
        ["backOut"] = new JsonObject { ["plan"] = "Deploy the previous image and purge the cache.", ["duration"] = "900s" },
        ["stages"] = new JsonArray(
            Stage("staging", "STAGING", "staging", "checkout-api", "1800s", "3600s"),
            Stage("wave-1", "PRODUCTION", "production", "checkout-api", "1800s", "3600s")),
    };

    private static JsonObject Stage(string id, string kind, string environment, string component, string duration, string soak) => new()
    {
        ["id"] = id,
        ["kind"] = kind,
        ["environment"] = environment,
        ["components"] = new JsonArray($"components/{component}"),
        ["duration"] = duration,
        ["soak"] = soak,
    };

    private async Task<string> TokenOfAsync(string user, CancellationToken ct) =>
        (await Admin.PostAsync($"/v1/users/{user}:issueToken", [], ct))["token"]!.GetValue<string>();

    private static JsonObject Question(string component) =>
        new() { ["component"] = component, ["environment"] = "production", ["kind"] = "RELEASE" };

    private string Day(int fromToday) => clock.GetUtcNow().AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day before today that the weekly rule holds, so that the series is under way.</summary>
    private string FirstDay(string recurrence)
    {
        var days = recurrence[(recurrence.IndexOf("BYDAY=", StringComparison.Ordinal) + 6)..].Split(',');
        var today = clock.GetUtcNow().UtcDateTime.Date;
        return Enumerable.Range(1, 7)
            .Select(back => today.AddDays(-back))
            .First(day => days.Contains(day.DayOfWeek.ToString()[..2].ToUpperInvariant()))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Events take a moment: asks until it is so.</summary>
    private static async Task UntilAsync(string what, Func<Task<bool>> holds, CancellationToken ct)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!await holds())
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new SuiteFault($"demo: {what} did not arrive within {Patience.TotalSeconds} seconds");
            }

            await Task.Delay(50, ct);
        }
    }
}
