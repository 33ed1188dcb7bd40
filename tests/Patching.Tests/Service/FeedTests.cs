using System.IO.Compression;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Governance.Patching.Feeds;
using Governance.Patching.Tests.Feeds;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using Feed = Governance.Patching.V1.Feed;
using Outcome = Governance.Patching.V1.FeedRun.Types.Outcome;

namespace Governance.Patching.Tests.Service;

public class FeedTests
{
    [Fact]
    public async Task Run_Feed_ImportsItsDocumentAndAsksNextTimeWhetherItChanged()
    {
        await using var server = await FeedServer.StartAsync();
        await using var patching = await StartAsync();
        var feed = await CreateAsync(patching, server.Url);
        (feed.Enabled, feed.Stale, feed.NextRun, feed.MaximumAge.Seconds).ShouldBe((false, false, null, 3 * 3600L));
        server.Answer = async context =>
        {
            if (context.Request.Headers.IfNoneMatch == "\"1\"")
            {
                context.Response.StatusCode = 304;
                return;
            }

            (context.Response.Headers.ETag, context.Response.Headers.ContentEncoding) = ("\"1\"", "gzip");
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Documents.Osv("CVE-2026-1") + "\nnonsense\n" + Documents.Osv("CVE-2026-2")));
        };
        var first = await RunAsync(patching, feed);
        (first.LastRun.Outcome, first.LastRun.Created, first.LastRun.RejectedCount, first.LastRun.Rejected
            .ShouldHaveSingleItem().Position, first.LastSuccess is not null)
            .ShouldBe((Outcome.Succeeded, 2, 1, "line 2", true));
        var second = await RunAsync(patching, feed);
        (second.LastRun.Outcome, second.LastRun.Created).ShouldBe((Outcome.NotModified, 0));
        server.Asked.Select(one => one.IfNoneMatch).ShouldBe(["", "\"1\""]);

        var moved = await patching.Admin.Feeds.UpdateFeedAsync(new UpdateFeedRequest
        {
            Feed = new Feed { Name = feed.Name, Url = server.Url + "2" },
            UpdateMask = FieldMask.FromString("url"),
        });
        (moved.DisplayName, moved.Url).ShouldBe(("Test", server.Url + "2"));
        (await RunAsync(patching, feed)).LastRun.Unchanged.ShouldBe(2);
        await patching.Admin.Feeds.DeleteFeedAsync(new DeleteFeedRequest { Name = feed.Name });
        (await Refusal.OfAsync(patching.Admin.Feeds.GetFeedAsync(new GetFeedRequest { Name = feed.Name }))).Code.ShouldBe(
            StatusCode.NotFound);
        (await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest())).TotalSize.ShouldBe(2);
    }

    [Fact]
    public async Task Clock_RunsEnabledFeedsWhenDue_AndSaysOnceThatOneIsStale()
    {
        await using var server = await FeedServer.StartAsync();
        await using var patching = await StartAsync();
        server.Answer = context => context.Response.WriteAsync(Documents.Osv("CVE-2026-1"));
        var feed = await CreateAsync(patching, server.Url, enabled: true);
        var ran = await EndedAsync(patching, feed, Outcome.Succeeded);
        ran.NextRun.ToDateTimeOffset().ShouldBe(patching.Estate.Clock.GetUtcNow().AddHours(1));

        server.Answer = context => Status(context, 503);
        patching.Estate.Clock.Advance(TimeSpan.FromHours(1));
        var failed = await EndedAsync(patching, feed, Outcome.Failed);
        (failed.LastRun.Error.Contains("answered 503", StringComparison.Ordinal), failed.Stale, failed.LastSuccess).ShouldBe(
            (true, false, ran.LastSuccess));

        patching.Estate.Clock.Advance(TimeSpan.FromHours(3));
        await Eventually.HoldsAsync(
            () => patching.Estate.PubSub.Of<FeedChanged>().Any(changed => changed is { Meta.Change: "STALE", Feed.Stale: true }),
            "it is said to be stale");
        await EndedAsync(patching, feed, Outcome.Failed);
        server.Answer = context => context.Response.WriteAsync(Documents.Osv("CVE-2026-1"));
        patching.Estate.Clock.Advance(TimeSpan.FromHours(1));
        (await EndedAsync(patching, feed, Outcome.Succeeded)).Stale.ShouldBeFalse();
        patching.Estate.PubSub.Of<FeedChanged>().Count(changed => changed.Meta.Change == "STALE").ShouldBe(1);
    }

    [Theory]
    [InlineData("https://evil.example/feed", "evil.example is not among the hosts")]
    [InlineData("http://evil.example/feed", "Must be https")]
    [InlineData("/feed", "more than 5 times")]
    public async Task Run_RedirectedToWhereFeedsMayNotBe_FailsAndGoesThereNever(string location, string reason)
    {
        await using var server = await FeedServer.StartAsync();
        await using var patching = await StartAsync();
        server.Answer = context =>
        {
            context.Response.Headers.Location = location;
            return Status(context, 302);
        };
        var run = (await RunAsync(patching, await CreateAsync(patching, server.Url))).LastRun;
        (run.Outcome, run.Error.Contains(reason, StringComparison.Ordinal)).ShouldBe((Outcome.Failed, true), run.Error);
    }

    [Fact]
    public async Task Run_CutOffInTheMiddle_KeepsWholeBatchesAndTheNextRunGoesOn()
    {
        await using var server = await FeedServer.StartAsync();
        await using var patching = await StartAsync();
        var records = Enumerable.Range(1, 520).Select(i => Documents.Osv($"CVE-2026-{i:0000}") + "\n").ToList();
        server.Answer = async context =>
        {
            await context.Response.WriteAsync(string.Concat(records.Take(510)));
            await context.Response.Body.FlushAsync();
            await Eventually.HoldsAsync(
                async () => (await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest { PageSize = 1 })).TotalSize
                    == 500, "a batch is kept", TimeSpan.FromMinutes(2));
            context.Abort();
        };
        var feed = await CreateAsync(patching, server.Url);
        var cut = (await RunAsync(patching, feed)).LastRun;
        (cut.Outcome, cut.Created, cut.Error.Contains("connection failed", StringComparison.Ordinal)).ShouldBe(
            (Outcome.Failed, 500, true), cut.Error);
        server.Answer = context => context.Response.WriteAsync(string.Concat(records));
        var whole = (await RunAsync(patching, feed)).LastRun;
        (whole.Outcome, whole.Created, whole.Unchanged).ShouldBe((Outcome.Succeeded, 20, 500));
    }

    [Fact]
    public async Task Run_OfWhatIsNoFeed_FailsWithTheReason()
    {
        await using var server = await FeedServer.StartAsync();
        await using var patching = await StartAsync(maxBytes: 10_000);
        var osv = await CreateAsync(patching, server.Url);
        server.Answer = context => context.Response.WriteAsync("<html>\nSign in\n</html>\n");
        (await RunAsync(patching, osv)).LastRun.Error.ShouldContain("None of its 3 records");
        server.Answer = context => context.Response.WriteAsync("");
        (await RunAsync(patching, osv)).LastRun.Error.ShouldContain("no record");
        server.Answer = context => context.Response.WriteAsync(string.Concat(Enumerable.Repeat(Documents.Osv("CVE-2026-1") + "\n", 100)));
        (await RunAsync(patching, osv)).LastRun.Error.ShouldContain("more than 10000 bytes");
        var kev = await CreateAsync(patching, server.Url, format: AdvisoryFormat.Kev);
        server.Answer = context => context.Response.WriteAsync("""{"catalogVersion":"1"}""");
        (await RunAsync(patching, kev)).LastRun.Error.ShouldContain("vulnerabilities");
    }

    [Fact]
    public async Task Create_WhereOrAsItMayNotBe_NamesEveryFault()
    {
        await using var patching = await StartAsync();
        var feed = new Feed
        {
            Url = "https://10.0.0.1/x",
            Interval = Duration.FromTimeSpan(TimeSpan.FromMinutes(14)),
            MaximumAge = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        };
        var refused = await Refusal.OfAsync(patching.Admin.Feeds.CreateFeedAsync(new CreateFeedRequest { Feed = feed }));
        refused.Fields.ShouldBe(["feed.display_name", "feed.url", "feed.format", "feed.interval", "feed.maximum_age"]);
        var denied = await Refusal.OfAsync(
            patching.As(Callers.Person("ed", "engineer")).Feeds.CreateFeedAsync(new CreateFeedRequest { Feed = new Feed() }));
        denied.Code.ShouldBe(StatusCode.PermissionDenied);
        (await patching.Admin.Feeds.ListFeedsAsync(new ListFeedsRequest())).Feeds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhileOneIsUnderWay_IsRefused()
    {
        await using var server = await FeedServer.StartAsync();
        await using var patching = await StartAsync();
        var gate = new TaskCompletionSource();
        server.Answer = async context =>
        {
            await gate.Task;
            await context.Response.WriteAsync(Documents.Osv("CVE-2026-1"));
        };
        var feed = await CreateAsync(patching, server.Url);
        var first = RunAsync(patching, feed);
        await Eventually.HoldsAsync(() => !server.Asked.IsEmpty, "the server is asked");
        (await patching.Admin.Feeds.GetFeedAsync(new GetFeedRequest { Name = feed.Name })).LastRun.Outcome.ShouldBe(Outcome.Running);
        (await Refusal.OfAsync(patching.Admin.Feeds.RunFeedAsync(new RunFeedRequest { Name = feed.Name }))).Reason.ShouldBe("FEED_RUNNING");
        gate.SetResult();
        (await first).LastRun.Outcome.ShouldBe(Outcome.Succeeded);
    }

    private static Task<PatchingEstate> StartAsync(long maxBytes = 100_000_000) => PatchingEstate.StartAsync(services =>
        services.Configure<FeedOptions>(options => (options.Loopback, options.MaxBytes) = (true, maxBytes)));

    private static async Task<Feed> CreateAsync(
        PatchingEstate patching, string url, bool enabled = false, AdvisoryFormat format = AdvisoryFormat.Osv) =>
        await patching.Admin.Feeds.CreateFeedAsync(new CreateFeedRequest
        {
            Feed = new Feed
            {
                DisplayName = "Test",
                Url = url,
                Format = format,
                Interval = Duration.FromTimeSpan(
                TimeSpan.FromHours(1)),
                Enabled = enabled
            },
        });

    private static async Task<Feed> RunAsync(PatchingEstate patching, Feed feed)
    {
        var answered = await patching.Admin.Feeds.RunFeedAsync(new RunFeedRequest { Name = feed.Name });
        return answered.LastRun.Outcome != Outcome.Running ? answered : await Eventually.GetAsync(
            async () => await patching.Admin.Feeds.GetFeedAsync(
                new GetFeedRequest { Name = feed.Name }) is { LastRun.Outcome: not Outcome.Running } ended ? ended : null,
            "the run ends",
            TimeSpan.FromMinutes(2));
    }

    /// <summary>Once the run that the clock's present brings has ended.</summary>
    private static Task<Feed> EndedAsync(PatchingEstate patching, Feed feed, Outcome outcome)
    {
        var now = Timestamp.FromDateTimeOffset(patching.Estate.Clock.GetUtcNow());
        return Eventually.GetAsync(
            async () => await patching.Admin.Feeds.GetFeedAsync(new GetFeedRequest { Name = feed.Name }) is var found
                && found.LastRun?.Outcome == outcome
                && found.LastRun.EndTime == now ? found : null,
            $"a run ends {outcome}");
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
