using Governance.Ownership.Imports.Records;
using Governance.Ownership.V1;
using NodaTime;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.Imports.Catalogs;

namespace Governance.Ownership.Tests.Imports;

public sealed class BackstageReaderTests
{
    [Fact]
    public async Task Read_SeveralDocuments_GivesComponentsSystemsPartiesAndUsers()
    {
        var records = await BackstageAsync("""
            # A comment before the first document
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: Checkout-API
              title: Checkout
              description: Takes the money.
              labels: { country: at }
              annotations:
                acme.example/tier: "2"
                acme.example/environments: "staging, production"
                acme.example/exposure: internal
                acme.example/size-lines: 12000
                acme.example/rto: 4h
                acme.example/accountable.security-patching: group:payments
                backstage.io/source-location: url:https://user:pass@git.example/shop/checkout/tree/main/api/
                github.com/project-slug: acme/checkout
            spec:
              type: service
              lifecycle: experimental
              owner: payments
              system: shop
              dependsOn: [component:orders, "resource:default/db", orders, api:x]
              providesApis: [checkout]
              consumesApis: [api:other/stock]
            ---
            apiVersion: backstage.io/v1beta1
            kind: System
            metadata: { name: shop }
            spec: { owner: user:jane, domain: retail }
            ---
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: agency, annotations: { github.com/team-slug: acme/agency } }
            spec: { type: vendor, children: [], profile: { displayName: The agency, email: hello@agency.example } }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: User
            metadata: { name: jane }
            spec: { memberOf: [payments, group:ops/night] }
            """);

        records[0].ShouldBe(records.OfType<ComponentRecord>().ShouldHaveSingleItem());
        var component = (ComponentRecord)records[0];
        (component.Name, component.Subject, component.Position).ShouldBe(
            ("components/checkout-api", "Component Checkout-API", "line 2, document 0"));
        (component.DisplayName, component.Description, component.Tier, component.Exposure).ShouldBe(
            ("Checkout", "Takes the money.", 2, Component.Types.Exposure.Internal));
        (component.Lifecycle, component.System, component.Owner).ShouldBe(
            (Component.Types.Lifecycle.Experimental, "systems/shop", "parties/payments"));
        (component.SizeInLines, component.RecoveryTime).ShouldBe((12000, Duration.FromHours(4)));
        component.Environments.ShouldBe(["staging", "production"]);
        component.DependsOn.ShouldBe(["components/orders", "components/db"]);
        component.ProvidesApis.ShouldBe(["apis/checkout"]);
        component.ConsumesApis.ShouldBe(["apis/other..stock"]);
        component.Repositories.ShouldBe(["https://git.example/shop/checkout", "https://github.com/acme/checkout"]);
        component.Labels["country"].ShouldBe("at");
        component.Assignments.ShouldBe(
            [new AssignmentRecord("security-patching", Responsibility.Types.Duty.Accountable, "parties/payments")]);
        records.OfType<NotedRecord>().ShouldHaveSingleItem().Reason.ShouldContain("spec.dependsOn[3]");
        var system = records.OfType<SystemRecord>().ShouldHaveSingleItem();
        (system.Name, system.Owner, system.Domain, system.Position).ShouldBe(
            ("systems/shop", "parties/user.jane", "retail", "line 27, document 1"));
        var party = records.OfType<PartyRecord>().ShouldHaveSingleItem();
        (party.Kind, party.DisplayName, party.Email).ShouldBe((Party.Types.Kind.Vendor, "The agency", "hello@agency.example"));
        party.CodeownersAliases.ShouldBe(["acme/agency"]);
        records.OfType<UserRecord>().ShouldHaveSingleItem().MemberOf.ShouldBe(["parties/payments", "parties/ops..night"]);
    }

    [Fact]
    public async Task Read_WithoutFacts_TakesTheStrictestDefaults()
    {
        var component = (await BackstageAsync(Written("x"))).ShouldHaveSingleItem().ShouldBeOfType<ComponentRecord>();

        (component.Tier, component.Exposure, component.Kind).ShouldBe(
            (1, Component.Types.Exposure.Unspecified, Component.Types.Kind.Service));
        component.Environments.ShouldBe(["staging", "production"]);
    }

    [Theory]
    [InlineData("- a\n- b", "line 1, document 0", "no mapping")]
    [InlineData("kind: [", "line 1, document 0", "no YAML")]
    [InlineData("a: 1\na: 2", "line 2, document 0", "twice")]
    [InlineData("a: *nobody", "line 1, document 0", "no anchor")]
    [InlineData("apiVersion: v1\nkind: Component\nmetadata: {}", "line 1, document 0", "metadata.name: is missing")]
    [InlineData(
        "\n\napiVersion: backstage.io/v2\nkind: System\nmetadata: { name: x }\nspec: { owner: a }",
        "line 3, document 0",
        "apiVersion: 'backstage.io/v2' is not")]
    public async Task Read_ABrokenDocument_IsRefusedWithItsPlaceAndTheOthersAreTaken(string broken, string position, string reason)
    {
        var records = await BackstageAsync($"{broken}\n---\n{Written("good")}\n---\n{broken}\n--- # another\n{Written("better")}");

        records.OfType<ComponentRecord>().Select(one => one.Name).ShouldBe(["components/good", "components/better"]);
        var refused = records.OfType<RefusedRecord>().ToList();
        refused.Count.ShouldBe(2);
        refused[0].Position.ShouldBe(position);
        refused.ShouldAllBe(one => one.Reason.Contains(reason));
        refused[1].Position.ShouldEndWith("document 2");
    }

    [Theory]
    [InlineData("name: -x", "metadata.name")]
    [InlineData("name: x, namespace: Ops", "metadata.namespace")]
    [InlineData("name: x, title: 7", "metadata.title: must be string, and 7 is number")]
    [InlineData("name: x, labels: { a: true }", "metadata.labels.a: must be string, and true is boolean")]
    [InlineData("name: x, labels: { _a: b }", "metadata.labels._a")]
    [InlineData("name: x, annotations: { a/b/c: b }", "metadata.annotations.a/b/c")]
    [InlineData("name: x, tags: [Upper]", "metadata.tags")]
    [InlineData("name: x, tags: java", "metadata.tags: must be array")]
    [InlineData("name: x, links: [{ title: a }]", "metadata.links[0].url: is missing")]
    [InlineData("name: x, labels: { tier: high }", "tier 'high' is not 1, 2, 3 or 4")]
    [InlineData("name: x, annotations: { acme/exposure: maybe }", "exposure 'maybe' is none of internet, internal")]
    [InlineData("name: x, annotations: { acme/rto: soon }", "'soon' is no duration")]
    [InlineData("name: self, annotations: { acme/rto: 4h }", "depends on itself")]
    [InlineData("name: x, annotations: { acme/accountable.hosting: 'component:y' }", "'component:default/y' is no Group")]
    public async Task Read_AFieldOfTheWrongForm_IsRefusedNamingIt(string metadata, string fault)
    {
        var records = await BackstageAsync($$"""
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { {{metadata}} }
            spec: { type: service, lifecycle: production, owner: shop, dependsOn: [component:self] }
            """);

        records.ShouldHaveSingleItem().ShouldBeOfType<RefusedRecord>().Reason.ShouldContain(fault);
    }

    [Fact]
    public async Task Read_OtherKinds_AreReportedAndNotDropped()
    {
        var records = await BackstageAsync("""
            { apiVersion: backstage.io/v1alpha1, kind: Location, metadata: { name: here }, spec: { targets: [./a.yaml] } }
            ---
            { apiVersion: scaffolder.backstage.io/v1beta3, kind: Template, metadata: { name: start }, spec: {} }
            ---
            { apiVersion: acme.example/v1, kind: Gadget, metadata: { name: g } }
            """);

        records.ShouldAllBe(one => one is NotedRecord);
        records.Select(one => one.Subject).ShouldBe(["Location here", "Template start", "Gadget g"]);
    }

    [Fact]
    public async Task Read_NamesInSeveralNamespaces_StayApart()
    {
        var records = await BackstageAsync($"""
            {Written("pay", metadata: "namespace: ops")}
            ---
            {Written("pay")}
            ---
            {Written("PAY")}
            ---
            {Written("ops..pay")}
            ---
            {Written(new string('n', 60), metadata: "namespace: ops")}
            """);

        var names = records.OfType<ComponentRecord>().Select(one => one.Name["components/".Length..]).ToList();
        names[..2].ShouldBe(["ops..pay", "pay"]);
        names.Count.ShouldBe(4);
        names.ShouldBeUnique();
        names.ShouldAllBe(name => name.Length <= 63);
        records.OfType<RefusedRecord>().ShouldHaveSingleItem().Reason.ShouldBe("components/pay was given before, line 6, document 1");
    }

    [Fact]
    public async Task Read_ABombOfAliasesOrOfDepth_IsRefusedAtOnce()
    {
        var bomb = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n"));
        var records = await BackstageAsync($"{bomb}\n---\na: {new string('[', 20_000)}\n---\n{Written("good")}");

        records.Count.ShouldBe(3);
        ((RefusedRecord)records[0]).Reason.ShouldContain("aliases written out");
        ((RefusedRecord)records[1]).Reason.ShouldContain("nested deeper");
        records[2].ShouldBeOfType<ComponentRecord>();
    }
}
