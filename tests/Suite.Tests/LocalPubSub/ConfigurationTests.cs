using Governance.Suite.LocalPubSub;
using Governance.Suite.LocalPubSub.Resources;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class ConfigurationTests
{
    [Fact]
    public void Read_OfFaultyFiles_NamesEveryFaultWithFileLineAndPath()
    {
        var faults = Should.Throw<LocalPubSubConfigurationException>(() => DaprConfiguration.Read(
        [
            new DaprResource("a.yaml",
                """
                apiVersion: dapr.io/v2alpha1
                kind: Subscription
                metadata:
                  name: one
                spec:
                  pubsubname: nowhere
                  topic: news
                  bulkSubscribe:
                    enabled: true
                  routes:
                    rules:
                      - match: event.data.amount > 5
                        path: /x
                """),
            new DaprResource("b.yaml",
                """
                apiVersion: dapr.io/v1alpha1
                kind: Resiliency
                metadata:
                  name: r
                spec:
                  policies:
                    retries:
                      quick: { policy: sometimes, duration: 5 minutes, maxRetries: many }
                  targets:
                    components:
                      bus: { inbound: { retry: slow, circuitBreaker: c } }
                """),
            new DaprResource("c.yaml", "a: [1"),
        ])).Faults;

        faults.ShouldContain(fault =>
            fault.StartsWith("a.yaml, line 12: spec.routes.rules[0] has the match 'event.data.amount > 5'", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("a.yaml, line 9: spec.bulkSubscribe", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("'nowhere'", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("quick.policy is 'sometimes'", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("quick.duration is '5 minutes'", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("quick.maxRetries is 'many'", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("'slow', which is not defined", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("circuitBreaker", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("c.yaml, line ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithFaultyOptions_NamesThemAll()
    {
        var options = new LocalPubSubOptions
        {
            DatabasePath = "",
            Apps = [new LocalPubSubApp("a", "same"), new LocalPubSubApp("b", "same"), new LocalPubSubApp("c", "")],
            Concurrency = 0,
        };

        var faults = (await Should.ThrowAsync<LocalPubSubConfigurationException>(() =>
            LocalPubSubHost.StartAsync(options, new Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory()))).Faults;

        faults.Count.ShouldBe(4);
        faults.ShouldContain("apps a, b share an ApiToken, so a caller could not be told from another");
    }

    [Theory]
    [InlineData("listed", "a", true)]
    [InlineData("listed", "b", false)]
    [InlineData("denied", "a", false)]
    [InlineData("unlisted", "a", true)]
    [InlineData("unlisted", "guarded", false)]
    [InlineData("guard", "guarded", true)]
    [InlineData("unlisted", "unknown", false)]
    public void MayPublish_ByScopes_FollowsAllowedProtectedAndGranted(string app, string topic, bool allowed)
    {
        var component = Component(
            ("allowedTopics", "a, b,guarded"), ("protectedTopics", "guarded"), ("publishingScopes", "listed=a; denied=;guard=guarded"));

        component.MayPublish(app, topic).ShouldBe(allowed);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5s", 1500)]
    [InlineData("2h", 7_200_000)]
    [InlineData("5", null)]
    [InlineData("s", null)]
    [InlineData("-1s", null)]
    [InlineData("", null)]
    public void Parse_OfADuration_ReadsGosNotation(string text, int? milliseconds) =>
        GoDuration.Parse(text).ShouldBe(milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null);

    [Fact]
    public void DelayAfter_OfAnExponentialPolicy_GrowsByHalfUpToTheLongest()
    {
        var policy = new RetryPolicy(Exponential: true, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2), 10);

        Enumerable.Range(1, 6).Select(failures => policy.DelayAfter(failures, 0.5).TotalMilliseconds)
            .ShouldBe([500, 750, 1125, 1687.5, 2000, 2000]);
        policy.DelayAfter(1, 0).TotalMilliseconds.ShouldBe(250);
        policy.DelayAfter(10_000, 0.5).ShouldBe(TimeSpan.FromSeconds(2));
        (policy.Allows(10), policy.Allows(11)).ShouldBe((true, false));
        (policy with { MaxRetries = -1 }).Allows(1_000_000).ShouldBeTrue();
        (policy with { MaxRetries = 0 }).Allows(1).ShouldBeFalse();
    }

    private static PubSubComponent Component(params (string Name, string Value)[] metadata) => DaprConfiguration.Read(
    [
        new DaprResource("component.yaml",
            $"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: bus
            spec:
              type: pubsub.redis
              version: v1
              metadata:
            {string.Join("\n", metadata.Select(pair => $"    - {{ name: {pair.Name}, value: \"{pair.Value}\" }}"))}
            """),
    ]).Components.Single();
}
