using System.Text.RegularExpressions;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.MaintenanceWindows;
using Governance.Ownership;
using Governance.Patching;
using Governance.Suite.LocalPubSub.Delivery;
using Governance.Suite.LocalPubSub.Resources;
using Governance.Testing;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Governance.Suite.Tests.LocalPubSub;

/// <summary>Holds <c>dapr-components</c> and <c>dapr.yaml</c> to the names and ports of the code.</summary>
public sealed class ComponentFilesTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Reads = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["windows"] = ["patching", "ownership"],
        ["patching"] = ["windows", "ownership"],
        ["ownership"] = ["windows", "patching"],
    };

    private static readonly ServiceDefinition[] Programs = [WindowsDefinition.Value, PatchingDefinition.Value, OwnershipDefinition.Value];

    private static readonly DaprConfiguration Files = DaprConfiguration.Read(DaprResource.Embedded());

    public static TheoryData<string> Consumers => [.. Reads.Keys];

    [Fact]
    public void Component_ByItsScopes_LetsEachServicePublishOnlyItsOwnTopics()
    {
        var component = Files.Components.ShouldHaveSingleItem();
        component.Name.ShouldBe(ServiceCatalog.PubSub);
        component.Scopes.ShouldBe(ServiceCatalog.All.Append(ServiceCatalog.Gateway).Select(service => service.AppId), ignoreOrder: true);
        var topics = ServiceCatalog.All.SelectMany(service => new[] { service.Topic, service.DeadTopic })
            .Append(ServiceCatalog.ControlTopic)
            .ToList();
        component.AllowedTopics.ShouldBe(topics, ignoreOrder: true);
        component.ProtectedTopics.ShouldBe(topics, ignoreOrder: true);
        foreach (var service in ServiceCatalog.All)
        {
            topics.Where(topic => component.MayPublish(service.AppId, topic))
                .ShouldBe([service.Topic, service.DeadTopic, ServiceCatalog.ControlTopic], ignoreOrder: true);
        }

        topics.Where(topic => component.MayPublish(ServiceCatalog.Gateway.AppId, topic)).ShouldBe([ServiceCatalog.ControlTopic]);
        topics.ShouldAllBe(topic => !component.MaySubscribe(ServiceCatalog.Gateway.AppId, topic));
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public async Task Subscriptions_OfAProgram_AreWhatItMayReadEachWithDeadLettersAndRetries(string name)
    {
        var service = ServiceCatalog.All.Single(entry => entry.Name == name);
        var subscriptions = (await AskAsync(service)).ToDictionary(subscription => subscription.Topic, StringComparer.Ordinal);
        var events = Reads[name].Select(other => ServiceCatalog.All.Single(entry => entry.Name == other).Topic)
            .Append(ServiceCatalog.ControlTopic)
            .ToList();

        subscriptions.Keys.ShouldBe([.. events, service.DeadTopic], ignoreOrder: true);
        foreach (var topic in events)
        {
            subscriptions[topic].DeadLetterTopic.ShouldBe(service.DeadTopic);
            subscriptions[topic].Routes.ShouldBe(RouteTable.To($"/dapr/events/{topic}"), new RouteComparer());
        }

        subscriptions[service.DeadTopic].Routes.ShouldBe(RouteTable.To("/dapr/dead"), new RouteComparer());
        subscriptions[service.DeadTopic].DeadLetterTopic.ShouldBeNull();
        var allTopics = Files.Components[0].AllowedTopics;
        allTopics.Where(topic => Files.Components[0].MaySubscribe(service.AppId, topic)).ShouldBe(subscriptions.Keys, ignoreOrder: true);
        Files.InboundFor(service.AppId, ServiceCatalog.PubSub).Retry.ShouldNotBeNull().MaxRetries.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Declarations_OfSubscriptions_AreNotInTheFiles() =>
        // The programs tell theirs; a second source would have Dapr deliver everything twice.
        Files.Declarations.ShouldBeEmpty();

    [Fact]
    public void Redis_WhileDaprRetries_DoesNotHandTheMessageToAnotherWorker()
    {
        var retry = Files.InboundFor("windows", ServiceCatalog.PubSub).Retry.ShouldNotBeNull();
        var timeout = Files.InboundFor("windows", ServiceCatalog.PubSub).Timeout.ShouldNotBeNull();
        var longest =
            Enumerable.Range(1, retry.MaxRetries).Aggregate(timeout, (sum, failures) => sum + retry.DelayAfter(failures, 1) + timeout);

        var text = File.ReadAllText(RepositoryRoot.Path("dapr-components", "local", "pubsub.yaml"));
        var processing = GoDuration.Parse(Regex.Match(text, @"name: processingTimeout\s+value: (\S+)").Groups[1].Value).ShouldNotBeNull();

        processing.ShouldBeGreaterThan(longest);
    }

    [Fact]
    public void MultiAppRun_OfEachProgram_UsesTheCodesAppIdsAndPorts()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(RepositoryRoot.Path("dapr.yaml"))));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var apps = ((YamlSequenceNode)root["apps"]).Cast<YamlMappingNode>()
            .ToDictionary(app => Text(app, "appID"), app =>
                (Port: Text(app, "appPort"), Sidecar: Text(app, "daprGRPCPort"), Folder: Text(app, "appDirPath")));

        foreach (var (appId, app) in apps)
        {
            var expected =
                appId == "gateway" ? ServiceCatalog.GatewayHttpPort : ServiceCatalog.All.Single(service => service.AppId == appId).HttpPort;
            app.Port.ShouldBe(expected.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Directory.GetFiles(RepositoryRoot.Path(app.Folder), "*.csproj").ShouldHaveSingleItem();
        }

        apps.Keys.ShouldBe([.. Reads.Keys, "gateway"], ignoreOrder: true);
        apps.Values.Select(app => app.Sidecar).ShouldBeUnique();
        ((YamlSequenceNode)root["common"]["resourcesPaths"]).Select(folder => ((YamlScalarNode)folder).Value!)
            .ShouldAllBe(folder => Directory.Exists(RepositoryRoot.Path(folder)));
    }

    private static async Task<List<Subscription>> AskAsync(ServiceEntry service)
    {
        await using var estate = await TestEstate.StartAsync(Programs.Single(program => program.Service == service));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dapr/subscribe");
        request.Headers.Add("dapr-api-token", estate[service].Host.Settings.AppToken);
        using var answer = await estate[service].Http.SendAsync(request);
        var (usable, faults) = DiscoveredSubscriptions.Read(service.AppId, await answer.Content.ReadAsStringAsync());
        faults.ShouldBeEmpty();
        return [.. usable.Select(one => one.Subscription)];
    }

    private static string Text(YamlMappingNode map, string key) => ((YamlScalarNode)map[key]).Value!;

    private sealed class RouteComparer : IEqualityComparer<RouteTable>
    {
        public bool Equals(RouteTable? x, RouteTable? y) => x?.Default == y?.Default && x!.Rules.SequenceEqual(y!.Rules);

        public int GetHashCode(RouteTable routes) => routes.Default?.GetHashCode(StringComparison.Ordinal) ?? 0;
    }
}
