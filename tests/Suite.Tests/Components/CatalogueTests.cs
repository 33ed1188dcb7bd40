using Governance.Ownership.V1;
using Governance.Suite.Components;
using Governance.Suite.Demo;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Components;

public sealed class CatalogueTests
{
    [Fact]
    public void Backstage_WithSeveralDocuments_GivesComponentsAndParties()
    {
        var catalogue = Backstage("""
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: Checkout-API
              title: Checkout
              labels: { country: at }
              annotations: { acme.example/tier: "2", acme.example/environments: "staging, production", acme.example/exposure: internal }
            spec: { type: service, lifecycle: production, owner: group:default/shop-team, system: shop, dependsOn: [component:orders, "resource:default/db", api:x] }
            ---
            kind: System
            metadata: { name: shop }
            ---
            kind: Group
            metadata: { name: agency }
            spec: { type: vendor }
            """);

        var component = catalogue.Components.ShouldHaveSingleItem();
        component.Name.ShouldBe("components/checkout-api");
        component.Tier.ShouldBe(2);
        component.Environments.ShouldBe(["staging", "production"]);
        component.Exposure.ShouldBe(Component.Types.Exposure.Internal);
        component.System.ShouldBe("systems/shop");
        component.DependsOn.ShouldBe(["components/orders", "components/db"]);
        component.Labels["country"].ShouldBe("at");
        catalogue.Parties.Select(p => (p.Name, p.Kind)).ShouldBe(
            [("parties/agency", Party.Types.Kind.Vendor), ("parties/shop-team", Party.Types.Kind.Team)]);
    }

    [Theory]
    [InlineData("kind: Component\nmetadata: {}", "line 1: metadata.name is missing")]
    [InlineData("- a\n- b", "line 1: the document is no mapping")]
    [InlineData("kind: [", "column")]
    [InlineData("kind: Component\nmetadata: { name: x, labels: { tier: high } }", "tier 'high' is not 1, 2, 3 or 4")]
    public void Backstage_ThatIsBroken_SaysWhereAndWhy(string yaml, string fault) =>
        Should.Throw<CatalogueException>(() => Backstage(yaml)).Faults.ShouldContain(f => f.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Csv_WithoutATier_IsTreatedAsWhatStopsOrders()
    {
        using var text = new StringReader("component;name\n");
        Should.Throw<CatalogueException>(() => CsvCatalogue.Read(text));
        using var good = new StringReader("Name,Depends On,Labels\ncheckout,\"orders;db\",country=at|pci=yes\n");

        var component = CsvCatalogue.Read(good).Components.ShouldHaveSingleItem();

        component.Tier.ShouldBe(1);
        component.DependsOn.ShouldBe(["components/orders", "components/db"]);
        component.Labels.ShouldContainKeyAndValue("pci", "yes");
        component.Environments.ShouldBe(["staging", "production"]);
    }

    [Fact]
    public void Demo_Catalogue_IsWhole()
    {
        var catalogue = DemoData.Catalogue();

        catalogue.Components.SelectMany(c => c.DependsOn).ShouldBeSubsetOf(catalogue.Components.Select(c => c.Name));
        catalogue.Components.Select(c => c.Owner).ShouldBeSubsetOf(catalogue.Parties.Select(p => p.Name));
        DemoData.Inventories().Select(i => $"components/{i.Component}").ShouldBeSubsetOf(catalogue.Components.Select(c => c.Name));
        DemoData.Advisories(DateTimeOffset.UnixEpoch).ShouldNotContain("{{");
    }

    private static Catalogue Backstage(string yaml)
    {
        using var reader = new StringReader(yaml);
        return BackstageCatalogue.Read(reader);
    }
}
