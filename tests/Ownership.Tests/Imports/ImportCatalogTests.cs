using System.IO.Compression;
using System.Text;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.Imports.Catalogs;

namespace Governance.Ownership.Tests.Imports;

public sealed class ImportCatalogTests : IAsyncLifetime
{
    private OwnershipEstate _estate = null!;

    private OwnershipClients Admin => _estate.Admin;

    public async Task InitializeAsync() => _estate = await OwnershipEstate.StartAsync();

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Import_AWholeCatalogue_KeepsEveryKindAndReportsTheRest()
    {
        var answer = await Admin.Catalogs.ImportYamlAsync(Shop);

        (answer.Created, answer.RejectedCount, answer.NotedCount, answer.ImpliedParties).ShouldBe((6, 1, 1, 1));
        answer.Rejected.ShouldHaveSingleItem().Id.ShouldBe("Component broken");
        answer.Noted.ShouldHaveSingleItem().Id.ShouldBe("Location elsewhere");
        answer.Dangling.Select(one => (one.Component, one.Field, one.Target)).ShouldBe(
            [("components/checkout", "dependsOn", "components/missing"), ("components/checkout", "consumesApi", "apis/stock")]);
        answer.DanglingCount.ShouldBe(2);
        var checkout = await ComponentAsync("checkout");
        (checkout.Tier, checkout.Owner, checkout.System, checkout.Source).ShouldBe((2, "parties/payments", "systems/shop", "backstage"));
        checkout.Dangling.ShouldBe(["components/missing", "apis/stock"], ignoreOrder: true);
        (await Admin.Systems.GetSystemAsync(new GetSystemRequest { Name = "systems/shop" })).Domain.ShouldBe("retail");
        (await Admin.Apis.ListApisAsync(new ListApisRequest())).Apis.ShouldHaveSingleItem().Owner.ShouldBe("parties/payments");
        (await PartiesAsync()).ShouldBe([("payments", "users/ann users/jane"), ("shop-team", "")]);
    }

    [Fact]
    public async Task Import_TheSameAgain_ChangesNothing()
    {
        await Admin.Catalogs.ImportYamlAsync(Shop);
        var before = await ComponentAsync("checkout");

        var answer = await Admin.Catalogs.ImportYamlAsync(Shop);

        (answer.Created, answer.Updated, answer.Unchanged, answer.Removed, answer.ImpliedParties).ShouldBe((0, 0, 6, 0, 0));
        (await ComponentAsync("checkout")).ShouldBe(before);
    }

    [Fact]
    public async Task Import_OfOneSource_RemovesOnlyWhatThatSourceNoLongerListsAndBringsItBack()
    {
        await Admin.Catalogs.ImportCsvAsync("name,owner\na,team\nb,team\nc,other\n", "one");
        await Admin.Catalogs.ImportCsvAsync("name,owner\nd,team\n", "two");
        await _estate.ComponentAsync("by-hand");

        var answer = await Admin.Catalogs.ImportCsvAsync("name,owner\nb,team\n,broken row\n\"c\",other,too many\n", "one");

        (answer.Unchanged, answer.RejectedCount, answer.Removed).ShouldBe((1, 2, 1));
        (await ComponentAsync("a")).DeleteTime.ShouldNotBeNull();
        foreach (var kept in (string[])["b", "c", "d", "by-hand"]) (await ComponentAsync(kept)).DeleteTime.ShouldBeNull(kept);

        (await Admin.Catalogs.ImportCsvAsync("name,owner\na,team\nb,team\n", "one")).Removed.ShouldBe(2);
        (await ComponentAsync("a")).DeleteTime.ShouldBeNull();
        (await ComponentAsync("c")).DeleteTime.ShouldNotBeNull();
        (await PartiesAsync()).Select(party => party.Id).ShouldBe(["team"]);
    }

    [Fact]
    public async Task Import_WhatBelongsToOthers_IsRefusedAndNotStolen()
    {
        await Admin.Catalogs.ImportCsvAsync("name,tier\nshared,2\n", "one");
        await _estate.ComponentAsync("by-hand", tier: 3);

        var answer = await Admin.Catalogs.ImportCsvAsync("name,tier\nshared,4\nby-hand,4\nnew,4\n", "two");

        answer.Created.ShouldBe(1);
        answer.Rejected.Select(one => one.Reason).ShouldBe(
        [
            "components/shared comes from the source 'one', not from 'two': it is left as it is",
            "components/by-hand was entered here, not from 'two': it is left as it is",
        ]);
        ((await ComponentAsync("shared")).Tier, (await ComponentAsync("by-hand")).Tier).ShouldBe((2, 3));
    }

    [Fact]
    public async Task Import_ThatCannotBeReadToItsEnd_RemovesNothing()
    {
        await Admin.Catalogs.ImportCsvAsync("name\na\nb\n");

        var refusal = await Refusal.OfAsync(() => Admin.Catalogs.ImportCsvAsync("name\na\n\"never closed\n"));

        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe(["document"]);
        (await ComponentAsync("b")).DeleteTime.ShouldBeNull();
        (await Admin.Catalogs.ImportCsvAsync("name\n")).Removed.ShouldBe(0);
    }

    [Fact]
    public async Task Import_ValidateOnly_TellsAndChangesNothing()
    {
        await Admin.Catalogs.ImportCsvAsync("name,tier\na,1\nb,1\n");

        var answer = await Admin.Catalogs.ImportCsvAsync("name,tier\nb,2\nc,1\n", validateOnly: true);

        (answer.Created, answer.Updated, answer.Removed).ShouldBe((1, 1, 1));
        (await ComponentAsync("b")).Tier.ShouldBe(1);
        (await Admin.Components.ListComponentsAsync(new ListComponentsRequest())).Components
            .Select(one => one.Name)
            .ShouldBe(["components/a", "components/b"]);
    }

    [Fact]
    public async Task Import_DependencyOf_CompletesTheOtherComponentAndGoesWhenNobodyDeclaresIt()
    {
        var with =
            $"{Written("a", $"{Base}, dependsOn: [component:b]")}\n---\n{Written("b")}\n---\n{Written("c", $"{Base}, dependencyOf: [component:a, component:gone]")}";
        (await Admin.Catalogs.ImportYamlAsync(with)).Noted.ShouldHaveSingleItem().Reason.ShouldContain("components/gone is not there");
        (await ComponentAsync("a")).DependsOn.ShouldBe(["components/b", "components/c"]);

        (await Admin.Catalogs.ImportYamlAsync(with)).Updated.ShouldBe(0);
        (await ComponentAsync("a")).DependsOn.ShouldBe(["components/b", "components/c"]);

        await Admin.Catalogs.ImportYamlAsync(with.Replace(", dependencyOf: [component:a, component:gone]", "", StringComparison.Ordinal));
        (await ComponentAsync("a")).DependsOn.ShouldBe(["components/b"]);
    }

    [Fact]
    public async Task Import_Assignments_BeginAndEndWithTheDocumentAndKeepTheirHistory()
    {
        await Admin.Catalogs.ImportCsvAsync("name,owner,accountable.security-patching,responsible.hosting\na,team,first,ops|night\n");
        _estate.Estate.Clock.Advance(TimeSpan.FromHours(1));
        await _estate.AssignAsync("components/a", "incident-response", "parties/first", Responsibility.Types.Duty.Accountable);

        var answer = await Admin.Catalogs.ImportCsvAsync(
            "name,owner,accountable.security-patching,responsible.hosting,accountable.incident-response\na,team,second,night,second\n");

        answer.Noted.ShouldHaveSingleItem().Reason
            .ShouldContain("parties/second is not made accountable for incident-response: parties/first is");
        var now = await DutiesAsync(_estate.Now);
        now.ShouldBe([
            "hosting Responsible parties/night",
            "incident-response Accountable parties/first",
            "security-patching Accountable parties/second",
        ]);
        (await DutiesAsync(_estate.Now - NodaTime.Duration.FromMinutes(30))).ShouldContain("security-patching Accountable parties/first");
        (await Admin.Catalogs.ImportCsvAsync("name,owner,accountable.no-such-area\na,team,x\n")).Rejected
            .ShouldHaveSingleItem().Reason
            .ShouldBe("there is no area 'no-such-area'");
    }

    [Fact]
    public async Task Import_AChange_KeepsWhatHeldBeforeAndWhatTheCatalogueDoesNotKnow()
    {
        await Admin.Catalogs.ImportCsvAsync("name,tier\na,3\n");
        _estate.Estate.Clock.Advance(TimeSpan.FromHours(1));
        var imported = await ComponentAsync("a");
        imported.EscalationPolicy = "escalationPolicies/night";
        await Admin.Components.UpdateComponentAsync(new UpdateComponentRequest { Component = imported });
        _estate.Estate.Clock.Advance(TimeSpan.FromHours(1));

        (await Admin.Catalogs.ImportCsvAsync("name,tier\na,1\n")).Updated.ShouldBe(1);

        ((await ComponentAsync("a")).Tier, (await ComponentAsync("a")).EscalationPolicy).ShouldBe((1, "escalationPolicies/night"));
        var before = new GetComponentRequest { Name = "components/a", At = (_estate.Now - NodaTime.Duration.FromMinutes(90)).ToStamp() };
        (await Admin.Components.GetComponentAsync(before)).Tier.ShouldBe(3);
    }

    [Fact]
    public async Task Import_ByACallerOfOneSystem_TakesOnlyWhatLiesInIt()
    {
        var engineer = _estate.As(Callers.Person("engineer", "engineer@systems/shop"));

        var answer = await engineer.Catalogs.ImportCsvAsync("name,system\na,shop\nb,office\n");

        answer.Created.ShouldBe(1);
        answer.Rejected.ShouldHaveSingleItem().Reason.ShouldBe("components/b lies outside the caller's roles");
        (await Refusal.OfAsync(() => _estate.As(Callers.Person("viewer", "viewer")).Catalogs.ImportCsvAsync("name\na\n"))).Code.ShouldBe(
            StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Import_PackedAndOfManyMegabytes_IsTakenInPieces()
    {
        var text = new StringBuilder("name,description,dependsOn\n");
        for (var i = 0; i < 600; i++) text.Append(FormattableString.Invariant($"c{i},{new string('x', 8000)},c{i + 1}\n"));
        var plain = Encoding.UTF8.GetBytes(text.ToString());
        plain.Length.ShouldBeGreaterThan(4 * 1024 * 1024);

        var answer = await Admin.Catalogs.ImportAsync(plain, ImportCatalogRequest.Types.Format.Csv);
        (answer.Created, answer.RejectedCount, answer.DanglingCount).ShouldBe((600, 0, 1));

        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) gzip.Write(plain);
        (await Admin.Catalogs.ImportAsync(packed.ToArray(), ImportCatalogRequest.Types.Format.Csv)).Unchanged.ShouldBe(600);
    }

    private const string Base = "type: service, lifecycle: production, owner: shop";

    private static string Shop => $$"""
        {{Written("checkout", "type: service, lifecycle: production, owner: payments, system: shop, dependsOn: [component:orders, component:missing], providesApis: [pay], consumesApis: [stock]", "annotations: { governance/tier: '2' }")}}
        ---
        {{Written("orders", "type: service, lifecycle: production, owner: shop-team, system: shop")}}
        ---
        { apiVersion: backstage.io/v1alpha1, kind: System, metadata: { name: shop }, spec: { owner: payments, domain: retail } }
        ---
        { apiVersion: backstage.io/v1alpha1, kind: API, metadata: { name: pay }, spec: { type: openapi, lifecycle: production, owner: payments, definition: x } }
        ---
        { apiVersion: backstage.io/v1alpha1, kind: Group, metadata: { name: payments }, spec: { type: team, children: [], members: [ann] } }
        ---
        { apiVersion: backstage.io/v1alpha1, kind: User, metadata: { name: jane }, spec: { memberOf: [payments] } }
        ---
        { apiVersion: backstage.io/v1alpha1, kind: Component, metadata: { name: broken }, spec: { type: service } }
        ---
        { apiVersion: backstage.io/v1alpha1, kind: Location, metadata: { name: elsewhere }, spec: { target: ./more.yaml } }
        ---
        { apiVersion: backstage.io/v1alpha1, kind: Resource, metadata: { name: db }, spec: { type: database, owner: payments } }
        """;

    private async Task<Component> ComponentAsync(string id) =>
        await Admin.Components.GetComponentAsync(new GetComponentRequest { Name = $"components/{id}" });

    private async Task<List<(string Id, string Members)>> PartiesAsync() =>
        await _estate.ReadAsync(db => db.Parties.Where(party => party.DeleteTime == null).OrderBy(party => party.Id).AsEnumerable()
            .Select(party => (party.Id, string.Join(' ', party.Terms.Members))).ToList());

    private async Task<List<string>> DutiesAsync(NodaTime.Instant at)
    {
        var listed = await Admin.Responsibilities.ListResponsibilitiesAsync(
            new ListResponsibilitiesRequest { Component = "components/a", At = at.ToStamp() });
        return [.. listed.Responsibilities.Select(one => $"{one.Area} {one.Duty} {one.Party}").Order(StringComparer.Ordinal)];
    }
}
