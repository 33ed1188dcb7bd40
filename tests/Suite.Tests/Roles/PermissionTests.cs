using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Roles;

/// <summary>Whether what an RPC asks for fits what it does.</summary>
public sealed class PermissionTests
{
    /// <summary>By what a call's name begins with; the longest that fits counts.</summary>
    private static readonly Dictionary<string, string> Verbs = new()
    {
        ["Get"] = "read",
        ["List"] = "read",
        ["Preview"] = "read",
        ["Score"] = "read",
        ["Simulate"] = "read",
        ["Assess"] = "read",
        ["ResolveOwner"] = "read",
        ["OwnerOfPath"] = "read",
        ["OwnershipMap"] = "read",
        ["CoverageForecast"] = "read",
        ["CheckChange"] = "check",
        ["FindSlots"] = "check",
        ["Create"] = "write",
        ["Update"] = "write",
        ["Delete"] = "write",
        ["Pause"] = "write",
        ["Resume"] = "write",
        ["Start"] = "write",
        ["Complete"] = "write",
        ["Cancel"] = "write",
        ["Withdraw"] = "write",
        ["Set"] = "write",
        ["Submit"] = "write",
        ["Hold"] = "write",
        ["Verify"] = "write",
        ["Advance"] = "write",
        ["RollBack"] = "write",
        ["Propose"] = "write",
        ["Reopen"] = "write",
        ["Fulfil"] = "write",
        ["ResolveRemediation"] = "write",
        ["RevokeOverride"] = "write",
        ["RecordChange"] = "record",
        ["AcknowledgeNotification"] = "record",
        ["Import"] = "import",
        ["RunFeed"] = "import",
        ["Approve"] = "approve",
        ["Reject"] = "approve",
        ["Review"] = "approve",
        ["RevokeException"] = "approve",
        ["MarkNotAffected"] = "approve",
        ["ActivatePolicy"] = "configure",
        ["ResendNotification"] = "configure",
        ["RotateWebhookSecret"] = "configure",
        ["GetWebhookEndpoint"] = "configure",
        ["ListWebhookEndpoints"] = "configure",
        ["ListAuditEntries"] = "audit",
        ["ExportAudit"] = "audit",
        ["VerifyAudit"] = "audit",
        ["ListApprovalRecords"] = "audit",
        ["GetEventStatus"] = "operate",
        ["ResendDeadLetters"] = "operate",
        ["Republish"] = "operate",
        ["GetCaller"] = "authenticated",
        ["CreateUser"] = "manage",
        ["UpdateUser"] = "manage",
        ["DeleteUser"] = "manage",
        ["IssueToken"] = "manage",
        ["RotateApiKey"] = "write",
    };

    /// <summary>What decides for everybody's components: changing it is the architects'.</summary>
    private static readonly HashSet<string> Settings =
    [
        "Area", "HolidayCalendar", "EscalationPolicy", "NotificationRule", "WebhookEndpoint", "Policy", "Calendar", "Feed", "ChangePolicy",
    ];

    public static TheoryData<string> Rpcs => [.. Rpc.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rpcs))]
    public void Permission_OfEveryRpc_FitsWhatItDoes(string name)
    {
        var rpc = Rpc.All[name];
        var word = Verbs.Keys.Where(word => rpc.Method.Name.StartsWith(word, StringComparison.Ordinal)).MaxBy(word => word.Length);
        word.ShouldNotBeNull($"{name}: say above what it does");
        var verb =
            word is "Create" or "Update" or "Delete" && Settings.Contains(rpc.Method.Name[word.Length..]) ? "configure" : Verbs[word];

        rpc.Permission.ShouldBe(verb == "authenticated" ? verb : $"{rpc.Service}.{verb}");
    }
}
