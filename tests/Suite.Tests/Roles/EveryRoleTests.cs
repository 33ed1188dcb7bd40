using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Roles;

/// <summary>Every call of every service with every role, and without any.</summary>
public sealed class EveryRoleTests(RoleEstate estate) : IClassFixture<RoleEstate>
{
    /// <summary>What roles may do, written down apart from the table that services ask.</summary>
    private static readonly Dictionary<string, string> Table = new()
    {
        ["viewer"] = "read check",
        ["engineer"] = "read check write record import",
        ["architect"] = "read check write record import configure",
        ["approver"] = "read check approve",
        ["leadership"] = "read check publish",
        ["auditor"] = "read check audit",
        ["machine"] = "read check record import",
        ["admin"] = "read check write record import configure approve publish audit operate manage",
    };

    private static readonly byte[] Nothing = [];
    private static readonly StatusCode[] Defects =
        [StatusCode.Internal, StatusCode.Unknown, StatusCode.Unimplemented, StatusCode.Unauthenticated, StatusCode.DeadlineExceeded];

    public static TheoryData<string> Rpcs =>
        [.. Rpc.All.Values.Where(rpc => RoleEstate.Services.Contains(rpc.Service)).Select(rpc => rpc.Name).Order(StringComparer.Ordinal)];

    [Fact]
    public void Roles_AreThoseOfTheTable() => BuildingBlocks.Security.Roles.Names.Order().ShouldBe(Table.Keys.Order());

    [Fact]
    public void Services_OfTheProtos_AreAllHere() =>
        Rpc.All.Values.Select(rpc => rpc.Service).Distinct().Where(service => service != "gateway").Order().ShouldBe(
            RoleEstate.Services.Order());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Rpc_WithEveryRole_IsRefusedExactlyWhereTheRoleLacksItsPermission(string name)
    {
        var rpc = Rpc.All[name];
        var faults = new List<string>();

        foreach (var (role, verbs) in Table.Append(new("", "")))
        {
            var outcome =
                await estate.As(rpc, role.Length == 0 ? Callers.Person("nobody") : Callers.Person(role, role)).CallAsync(rpc, Nothing);
            var may = verbs.Split(' ').Any(verb => rpc.Permission == $"{rpc.Service}.{verb}");
            if (may ? outcome.Refusal?.Code is StatusCode.PermissionDenied || IsDefect(outcome) : !IsDenied(outcome, rpc))
            {
                faults.Add(
                    $"{(role.Length == 0 ? "no role" : role)} {(may ? "may" : "may not")} call {name} ({rpc.Permission}): {outcome.Words}");
            }
        }

        var anonymous = await estate.As(rpc, null).CallAsync(rpc, Nothing);
        if (anonymous.Refusal?.Code is not StatusCode.Unauthenticated) faults.Add($"anonymous: {anonymous.Words}");
        faults.ShouldBeEmpty();
        estate.DemandNoErrors();
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Rpc_WithRequestsThatNobodyWouldSend_IsAnsweredOrRefusedAndNeverADefect(string name)
    {
        var rpc = Rpc.All[name];
        var faults = new List<string>();

        foreach (var (shape, values) in Shapes.All)
        {
            var outcome = await estate.As(rpc, Callers.Admin).CallAsync(rpc, rpc.Method.InputType.Filled(values));
            if (IsDefect(outcome)) faults.Add($"{name}, {shape}: {outcome.Words}");
        }

        faults.ShouldBeEmpty();
        estate.DemandNoErrors();
    }

    private static bool IsDenied(Outcome outcome, Rpc rpc) =>
        outcome.Refusal is { Code: StatusCode.PermissionDenied, Reason: "PERMISSION_MISSING" } refusal
            && refusal.Facts.GetValueOrDefault("permission") == rpc.Permission;

    private static bool IsDefect(Outcome outcome) => outcome.Refusal is { } refusal && Defects.Contains(refusal.Code);
}
