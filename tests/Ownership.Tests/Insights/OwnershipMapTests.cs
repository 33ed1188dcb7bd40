using System.Xml.Linq;
using Google.Protobuf;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using Format = Governance.Ownership.V1.OwnershipMapRequest.Types.Format;
using Place = Governance.Ownership.V1.OwnershipGraph.Types.Place;
using Relation = Governance.Ownership.V1.OwnershipGraph.Types.Relation;

namespace Governance.Ownership.Tests.Insights;

/// <summary>The map of a part of the catalogue.</summary>
public sealed class OwnershipMapTests : IAsyncLifetime
{
    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await OwnershipEstate.StartAsync();
        await _estate.PartyAsync("team-a");
        await _estate.ComponentAsync("checkout", "parties/team-a", tier: 1, more: one =>
        {
            (one.System, one.DisplayName) = ("systems/shop", "Checkout & \"Basket\" <v2>");
            one.DependsOn.Add(["components/payments", "components/ghost"]);
            one.ConsumesApi.Add(["apis/tax", "apis/lost"]);
        });
        await _estate.ComponentAsync("basket", more: one => (one.System, one.SubcomponentOf) = ("systems/shop", "components/checkout"));
        await _estate.ComponentAsync("payments", "parties/acme");
        await _estate.ComponentAsync("tax", "parties/acme", more: one => one.ProvidesApi.Add("apis/tax"));
        await _estate.ComponentAsync("far-away", more: one => one.DependsOn.Add("components/payments"));
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task OwnershipMap_OfASystem_HasItsComponentsTheirNeighboursAndWhatIsMissing()
    {
        var graph = JsonParser.Default.Parse<OwnershipGraph>(await MapAsync("systems/shop", Format.Unspecified, "application/json"));

        graph.Nodes.Select(node => (node.Name, node.Place)).ShouldBe(
        [
            ("apis/lost", Place.Dangling), (
                "components/basket", Place.Inside), ("components/checkout", Place.Inside), ("components/ghost", Place.Dangling),
            ("components/payments", Place.Outside), ("components/tax", Place.Outside),
        ]);
        graph.Edges.Select(edge => (edge.From, edge.To, edge.Relation, edge.Api)).ShouldBe(
        [
            ("components/basket", "components/checkout", Relation.SubcomponentOf, ""), (
                "components/checkout", "apis/lost", Relation.ConsumesApi, "apis/lost"),
            ("components/checkout", "components/ghost", Relation.DependsOn, ""), (
                "components/checkout", "components/payments", Relation.DependsOn, ""),
            ("components/checkout", "components/tax", Relation.ConsumesApi, "apis/tax"),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task OwnershipMap_AsSvg_IsValidXmlThatSaysWhatItShowsAndIsTheSameEachTime()
    {
        var first = await MapAsync("systems/shop", Format.Svg, "image/svg+xml");

        (await MapAsync("systems/shop", Format.Svg, "image/svg+xml")).ShouldBe(first);
        var svg = XDocument.Parse(first).Root!;
        svg.Attribute("role")!.Value.ShouldBe("img");
        var texts = svg.Descendants().Where(one => one.Name.LocalName is "text" or "title" or "desc").Select(one => one.Value).ToList();
        texts.ShouldContain("Checkout & \"Basket\" <v2>");
        texts.ShouldContain("tier 1 · team-a");
        texts.ShouldContain("not in the catalogue");
        texts.ShouldContain("components/checkout uses apis/tax of components/tax");
        texts.ShouldContain(text => text.StartsWith("2 components, 1 of them without owner"));
    }

    [Fact]
    public async Task OwnershipMap_AsMermaid_NamesEachNodeAndArrowOnceAndEscapesText()
    {
        var lines = (await MapAsync("systems/shop", Format.Mermaid, "text/vnd.mermaid")).Split('\n', StringSplitOptions.TrimEntries);

        lines[0].ShouldBe("flowchart TD");
        lines.ShouldContain("n2[\"Checkout #38; #34;Basket#34; #60;v2#62;<br/>tier 1 · team-a\"]:::o1");
        lines.ShouldContain("n2 --> n4");
        lines.ShouldContain("n2 -. \"tax\" .-> n5");
        lines.ShouldContain("n1 --o n2");
    }

    [Fact]
    public async Task OwnershipMap_OfAComponentOrAParty_IsThatWithItsNeighbours()
    {
        (await NamesAsync("components/payments")).ShouldBe(["components/checkout", "components/far-away", "components/payments"]);
        (await NamesAsync("parties/acme")).ShouldBe(
            ["components/checkout", "components/far-away", "components/payments", "components/tax"]);
        (await Refusal.OfAsync(() => NamesAsync("components/nothing"))).Code.ShouldBe(StatusCode.NotFound);
        (await Refusal.OfAsync(() => NamesAsync("nothing"))).Fields.ShouldBe(["scope"]);
    }

    [Fact]
    public async Task OwnershipMap_ByAScopedCaller_ShowsOfNeighboursTheNameAlone()
    {
        var answer = await _estate.As(Callers.Person("vee", "viewer@systems/shop")).Insights.OwnershipMapAsync(new OwnershipMapRequest());

        var payments =
            JsonParser.Default.Parse<OwnershipGraph>(answer.Data.ToStringUtf8()).Nodes.Single(node => node.Name == "components/payments");
        (payments.Place, payments.Owner, payments.Tier).ShouldBe((Place.Outside, "", 0));
    }

    [Fact]
    public async Task OwnershipMap_WithMoreNeighboursThanAskedFor_KeepsTheMostImportantAndSaysWhatIsLeftOut()
    {
        await _estate.ComponentAsync("till", tier: 1, more: one => one.DependsOn.Add("components/payments"));
        await _estate.ComponentAsync("bank", more: one => one.DependsOn.Add("components/payments"));
        var request = new OwnershipMapRequest { Scope = "components/payments", MaxNeighbours = 2 };

        var graph = JsonParser.Default.Parse<OwnershipGraph>((await _estate.Admin.Insights.OwnershipMapAsync(request)).Data.ToStringUtf8());
        graph.Nodes.Select(node => node.Name).ShouldBe(["components/checkout", "components/payments", "components/till"]);
        graph.Edges.Select(edge => edge.From).ShouldBe(["components/checkout", "components/till"]);
        (graph.NeighboursLeftOut, graph.Nodes[1].NeighboursLeftOut, graph.Nodes[0].NeighboursLeftOut).ShouldBe((2, 2, 0));

        request.Format = Format.Mermaid;
        var mermaid = (await _estate.Admin.Insights.OwnershipMapAsync(request)).Data.ToStringUtf8();
        mermaid.ShouldContain("2 of 4 neighbours are shown");
        mermaid.ShouldContain("+2 more\"]");
        request.Format = Format.Svg;
        var svg = XDocument.Parse((await _estate.Admin.Insights.OwnershipMapAsync(request)).Data.ToStringUtf8())
            .Descendants()
            .Where(one => one.Name.LocalName == "text")
            .Select(one => one.Value)
            .ToList();
        svg.ShouldContain(text => text.StartsWith("2 of 4 neighbours are shown"));
        svg.ShouldContain("+2 more");

        request.MaxNeighbours = 2001;
        (await Refusal.OfAsync(_estate.Admin.Insights.OwnershipMapAsync(request))).Fields.ShouldBe(["max_neighbours"]);
    }

    [Fact]
    public async Task OwnershipMap_OfWhatThousandsDependOn_ShowsWhatItNeedsAndSomeOfThem()
    {
        await DependOnAsync("components/checkout", 3000);

        var graph = JsonParser.Default.Parse<OwnershipGraph>(await MapAsync("systems/shop", Format.Json, "application/json"));
        graph.Nodes.Count(node => node.Place == Place.Outside).ShouldBe(200);
        graph.Nodes.Select(node => node.Name).ShouldContain("components/payments");
        graph.Nodes.Where(node => node.Name.StartsWith("components/many-", StringComparison.Ordinal))
            .ShouldAllBe(node => node.Tier == 1 || node.Tier == 2);
        graph.NeighboursLeftOut.ShouldBe(graph.Nodes.Single(node => node.Name == "components/checkout").NeighboursLeftOut);
        graph.NeighboursLeftOut.ShouldBe(3004 - 200);
        XDocument.Parse(await MapAsync("systems/shop", Format.Svg, "image/svg+xml")).Root!.Name.LocalName.ShouldBe("svg");
    }

    /// <summary>Many components of all tiers, in one write.</summary>
    private Task DependOnAsync(string name, int count) =>
        _estate.Host.Services.GetRequiredService<Writes<OwnershipDb>>().RunAsync(
            "Fill",
            (unit, _) =>
            {
                for (var i = 0; i < count; i++)
                {
                    var terms = new Component
                    {
                        DisplayName = $"Many {i}",
                        Tier = (i % 25) + 1 is <= 2 and var tier ? tier : 4,
                        DependsOn = { name },
                    };
                    unit.Insert(Governance.Ownership.Components.Component.Create($"many-{i}", terms, "", unit.Now));
                }

                return Task.CompletedTask;
            },
            CancellationToken.None);

    private async Task<IEnumerable<string>> NamesAsync(string scope) =>
        JsonParser.Default.Parse<OwnershipGraph>(await MapAsync(scope, Format.Json, "application/json")).Nodes.Select(node => node.Name);

    private async Task<string> MapAsync(string scope, Format format, string type)
    {
        var answer = await _estate.Admin.Insights.OwnershipMapAsync(new OwnershipMapRequest { Scope = scope, Format = format });
        answer.ContentType.ShouldBe(type);
        return answer.Data.ToStringUtf8();
    }
}
