using System.Security.Cryptography;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Sample.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Security;

public sealed class AccessTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public static TheoryData<string> EveryRole => [.. Roles.Names];

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync(SampleServices.Depot);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 5));
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryRole))]
    public async Task EveryRpc_ByEveryRole_IsAllowedAsTheTableSaysAndNamesWhatIsMissing(string role)
    {
        var caller = Callers.Person("someone", role);
        foreach (var (permission, call) in Calls(_estate[SampleServices.DepotEntry].As(caller)))
        {
            var refusal = await CodeOfAsync(call);
            if (Roles.Grants(role, permission)) refusal?.Code.ShouldNotBe(StatusCode.PermissionDenied, permission);
            else (refusal?.Code, refusal?.Facts["permission"]).ShouldBe((StatusCode.PermissionDenied, permission));
        }
    }

    [Fact]
    public async Task EveryRpc_WithoutToken_IsUnauthenticated()
    {
        foreach (var (permission, call) in Calls(_estate[SampleServices.DepotEntry].Anonymous))
        {
            (await CodeOfAsync(call))?.Code.ShouldBe(StatusCode.Unauthenticated, permission);
        }
    }

    [Fact]
    public async Task Token_ForAnotherService_IsUnauthenticated() =>
        await RefusedAsync(_estate.Tokens.Issue(Callers.Admin, "windows").Token, "another service");

    [Fact]
    public async Task Token_Expired_IsUnauthenticated()
    {
        var past = new FakeClock(DateTimeOffset.UtcNow - TimeSpan.FromMinutes(6));

        await RefusedAsync(Issuer(past).Issue(Callers.Admin, "depot").Token, "expired");
    }

    [Fact]
    public async Task Token_WithinTheSkew_IsAccepted()
    {
        var past = new FakeClock(DateTimeOffset.UtcNow - TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(10));

        (await ReadAsync(Issuer(past).Issue(Callers.Admin, "depot").Token)).Name.ShouldBe("lots/north-yard");
    }

    [Fact]
    public async Task Token_OfAForeignKey_IsUnauthenticated()
    {
        var folder = Path.Combine(_estate.Folder, "foreign");
        var foreign = new InternalTokenIssuer(new SigningKeyRing(folder, TimeProvider.System), TimeProvider.System);

        await RefusedAsync(foreign.Issue(Callers.Admin, "depot").Token, "unknown key");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Token_Changed_IsUnauthenticated(int part)
    {
        var parts = _estate.Tokens.Issue(Callers.Person("someone", "viewer"), "depot").Token.Split('.');
        parts[part] = part == 1
            ? _estate.Tokens.Issue(Callers.Admin, "depot").Token.Split('.')[1]
            : Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        await RefusedAsync(string.Join('.', parts), "signature");
    }

    [Fact]
    public async Task Token_Unsigned_IsUnauthenticated()
    {
        var payload = _estate.Tokens.Issue(Callers.Admin, "depot").Token.Split('.')[1];
        var header = Convert.ToBase64String("""{"alg":"none","typ":"JWT"}"""u8).TrimEnd('=');

        await RefusedAsync($"{header}.{payload}.", "");
    }

    [Fact]
    public async Task ScopedRole_ReadsAndWritesOnlyItsComponent()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("south-yard", capacity: 5, component: "components/search"));
        var scoped = _estate.Lots(Callers.Person("scoped", "engineer@components/search"));

        var list = await scoped.ListLotsAsync(new ListLotsRequest());
        var refusal = await Refusal.OfAsync(scoped.ReserveAsync(new ReserveRequest { Name = "lots/north-yard" }));

        list.Lots.Select(lot => lot.Name).ShouldBe(["lots/south-yard"]);
        refusal.Code.ShouldBe(StatusCode.PermissionDenied);
        refusal.Facts["permission"].ShouldBe("depot.write");
        (await scoped.ReserveAsync(new ReserveRequest { Name = "lots/south-yard" })).Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task ScopedRole_OnTheLogAndTheQueuesOfAll_IsRefused()
    {
        var part = _estate[SampleServices.DepotEntry].As(
            Callers.Person("part", "admin@components/search", "auditor@parties/yard", "admin@systems/yard"));

        foreach (var (permission, call) in Calls(part).Where(one => one.Permission is "depot.audit" or "depot.operate"))
        {
            var refusal = await Refusal.OfAsync(call);
            (refusal.Code, refusal.Reason, refusal.Facts["permission"]).ShouldBe((StatusCode.PermissionDenied, "OUT_OF_SCOPE", permission));
        }
    }

    [Fact]
    public async Task Permissions_OfAToken_CapItsRoles()
    {
        var capped = Callers.Key("k1", "engineer", "admin") with { Permissions = ["depot.read"] };

        var refusal = await Refusal.OfAsync(_estate.Lots(capped).ReserveAsync(new ReserveRequest { Name = "lots/north-yard" }));

        refusal.Facts["permission"].ShouldBe("depot.write");
    }

    [Fact]
    public async Task Approval_ByRequesterOrKeyOrTwice_IsRefusedAndByAnotherPersonListed()
    {
        var name = new ApproveLotRequest { Name = "lots/north-yard" };
        var own = Callers.Person("engineer", "approver");
        var key = Callers.Key("k1", "another", "approver");
        var ownKey = Callers.Key("k2", "engineer", "admin");
        var another = Callers.Person("another", "approver");

        (await Refusal.OfAsync(_estate.Lots(own).ApproveLotAsync(name))).Reason.ShouldBe("SELF_APPROVAL");
        (await Refusal.OfAsync(_estate.Lots(key).ApproveLotAsync(name))).Reason.ShouldBe("KEYS_CANNOT_APPROVE");
        (await Refusal.OfAsync(_estate.Lots(ownKey).ApproveLotAsync(name))).Reason.ShouldBe("KEYS_CANNOT_APPROVE");
        await _estate.Lots(another).ApproveLotAsync(name);
        (await Refusal.OfAsync(_estate.Lots(another).ApproveLotAsync(name))).Reason.ShouldBe("ALREADY_APPROVED");

        var record = (await _estate.Operations().ListApprovalRecordsAsync(new())).Records.ShouldHaveSingleItem();
        (record.Resource, record.Requester).ShouldBe(("lots/north-yard", "users/engineer"));
        record.Approvals.ShouldHaveSingleItem().Approver.ShouldBe("users/another");
        record.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stream_WhenItsTokenEnds_EndsUnauthenticated()
    {
        var nearlyPast = new FakeClock(DateTimeOffset.UtcNow - InternalToken.Lifetime - InternalToken.Skew + TimeSpan.FromSeconds(3));
        var token = Issuer(nearlyPast).Issue(Callers.Admin, "depot").Token;
        var lots = new Lots.LotsClient(_estate[SampleServices.DepotEntry].WithToken(() => token));

        using var watch = lots.WatchLot(new GetLotRequest { Name = "lots/north-yard" });
        (await watch.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        var refusal = await Refusal.OfAsync(() => watch.ResponseStream.MoveNext(CancellationToken.None));

        refusal.Code.ShouldBe(StatusCode.Unauthenticated);
    }

    /// <summary>One call for every RPC, with the permission that it declares.</summary>
    private static IEnumerable<(string Permission, Func<Task> Call)> Calls(CallInvoker invoker)
    {
        var lots = new Lots.LotsClient(invoker);
        var operations = new Operations.OperationsClient(invoker);
        yield return ("depot.read", () => lots.GetLotAsync(new GetLotRequest { Name = "lots/none" }).ResponseAsync);
        yield return ("depot.read", () => lots.ListLotsAsync(new()).ResponseAsync);
        yield return ("depot.read", () =>
            lots.WatchLot(new GetLotRequest { Name = "lots/none" }).ResponseStream.MoveNext(CancellationToken.None));
        yield return ("depot.write", () => lots.CreateLotAsync(new()).ResponseAsync);
        yield return ("depot.write", () =>
            lots.UpdateLotAsync(new UpdateLotRequest { Lot = new Lot { Name = "lots/none" } }).ResponseAsync);
        yield return ("depot.write", () => lots.DeleteLotAsync(new DeleteLotRequest { Name = "lots/none" }).ResponseAsync);
        yield return ("depot.write", () => lots.ReserveAsync(new ReserveRequest { Name = "lots/none" }).ResponseAsync);
        yield return ("depot.write", () => lots.BreakAsync(new GetLotRequest { Name = "lots/none" }).ResponseAsync);
        yield return ("depot.manage", () => lots.EraseLotAsync(new DeleteLotRequest { Name = "lots/none" }).ResponseAsync);
        yield return ("depot.approve", () => lots.ApproveLotAsync(new ApproveLotRequest { Name = "lots/none" }).ResponseAsync);
        yield return ("depot.import", () => ImportNothingAsync(lots));
        yield return ("depot.audit", () => operations.ListAuditEntriesAsync(new()).ResponseAsync);
        yield return ("depot.audit", () => operations.VerifyAuditAsync(new()).ResponseAsync);
        yield return ("depot.audit", () => operations.ExportAudit(new()).ResponseStream.MoveNext(CancellationToken.None));
        yield return ("depot.audit", () => operations.ListApprovalRecordsAsync(new()).ResponseAsync);
        yield return ("depot.operate", () => operations.GetEventStatusAsync(new()).ResponseAsync);
        yield return ("depot.operate", () => operations.ResendDeadLettersAsync(new()).ResponseAsync);
        yield return ("depot.operate", () => operations.RepublishAsync(new()).ResponseAsync);
    }

    private static async Task ImportNothingAsync(Lots.LotsClient lots)
    {
        using var call = lots.ImportLots();
        await call.RequestStream.CompleteAsync();
        await call;
    }

    private static async Task<Refusal?> CodeOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException fault)
        {
            return Refusal.From(fault);
        }
    }

    private InternalTokenIssuer Issuer(TimeProvider clock) =>
        new(new SigningKeyRing(Path.Combine(_estate.Folder, "keys"), TimeProvider.System), clock);

    private async Task<Lot> ReadAsync(string token) =>
        await new Lots.LotsClient(_estate[SampleServices.DepotEntry].WithToken(() => token)).GetLotAsync(
            new GetLotRequest { Name = "lots/north-yard" });

    private async Task RefusedAsync(string token, string because)
    {
        var refusal = await Refusal.OfAsync(() => ReadAsync(token));
        refusal.Code.ShouldBe(StatusCode.Unauthenticated);
        refusal.Message.ShouldContain(because);
    }
}
