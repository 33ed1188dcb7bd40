using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Setting = Governance.Patching.V1.Policy.Types.Recalculation;
using Unit = Governance.Patching.V1.PolicyRule.Types.Unit;

namespace Governance.Patching.Tests.Service;

/// <summary>Policies of few rules, put in force over one component's remediation.</summary>
internal static class PolicyScene
{
    public const string Affected = "pkg:composer/acme/shop-core@1.4.0";

    public static readonly DateTimeOffset Published = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static Calendar Office() => new()
    {
        DisplayName = "Office",
        TimeZone = "Europe/Berlin",
        WorkingDays =
        {
            Calendar.Types.Weekday.Monday,
            Calendar.Types.Weekday.Tuesday,
            Calendar.Types.Weekday.Wednesday,
            Calendar.Types.Weekday.Thursday,
        },
    };

    public static Policy Policy(
        Setting setting, params PolicyRule[] rules) => new() { DisplayName = "Test", Recalculation = setting, Rules = { rules } };

    public static PolicyRule Rule(string id, int days, Action<PolicyRule>? change = null, params Common.V1.Severity[] severities)
    {
        var rule = new PolicyRule
        {
            Id = id,
            DueAfter = days,
            Unit = Unit.CalendarDays,
            ClockStart = ClockStart.Publication,
            Severities = { severities },
        };
        change?.Invoke(rule);
        return rule;
    }

    public static void Exposed(PolicyRule rule) => rule.InternetExposed = true;

    public static async Task InForceAsync(PatchingEstate patching, Policy policy, string id = "test")
    {
        var created = await patching.Admin.Policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = policy, PolicyId = id });
        (await patching.Admin.Policies.ActivatePolicyAsync(new ActivatePolicyRequest { Name = created.Name, Etag = created.Etag })).Active
            .ShouldBeTrue();
    }

    /// <summary>Until nothing open was assessed by another policy: then a simulation of this one finds no policy's reason.</summary>
    public static Task SettledAsync(PatchingEstate patching, string policy) => Eventually.HoldsAsync(
        async () => (await SimulateAsync(patching, new SimulatePolicyRequest { Name = $"policies/{policy}" })).Changes.Count == 0,
        $"{policy} has assessed all");

    public static async Task<double> DaysAsync(PatchingEstate patching) =>
        ((await patching.OnlyAsync()).Due.ToDateTimeOffset() - Published).TotalDays;

    public static async Task<SimulatePolicyResponse> SimulateAsync(PatchingEstate patching, SimulatePolicyRequest request)
    {
        var all = await patching.Admin.Policies.SimulatePolicyAsync(request);
        for (var page = all; page.NextPageToken.Length > 0;)
        {
            page = await patching.Admin.Policies.SimulatePolicyAsync(new SimulatePolicyRequest(request) { PageToken = page.NextPageToken });
            all.Changes.AddRange(page.Changes);
        }

        return all;
    }
}
