using System.Collections.Concurrent;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Outcome = Governance.Patching.V1.FeedRun.Types.Outcome;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Feeds;

/// <summary>Fetches a feed's document and imports it while it comes, by the same way as what a caller sends.</summary>
internal sealed partial class FeedRunner(
    Writes<PatchingDb> writes, AdvisoryImporter importer, FeedClient client, IOptions<FeedOptions> options, BusinessClock clock,
    IHostApplicationLifetime lifetime, ILogger<FeedRunner> log)
{
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>A run that has not ended by then never will.</summary>
    public Duration Longest => Duration.FromTimeSpan(options.Value.Timeout) * 2;

    /// <summary>Runs a feed that was begun. It goes on when whoever asked for it has gone, and ends with the service.</summary>
    public Task Start(FeedOrder order)
    {
        var run = Task.Run(() => RunAsync(order));
        _running[order.Id] = run;
        return run;
    }

    /// <summary>Waits for what is under way.</summary>
    public Task DrainAsync() => Task.WhenAll(_running.Values);

    private async Task RunAsync(FeedOrder order)
    {
        var run = new Proto.FeedRun { Outcome = Outcome.Succeeded, StartTime = clock.Now.ToTimestamp() };
        var import = importer.Begin(new Proto.ImportAdvisoriesRequest { Format = order.Format }, null);
        var answer = FeedAnswer.None;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        limit.CancelAfter(options.Value.Timeout);
        try
        {
            answer = await client.GetAsync(order, limit.Token);
            if (answer.Body is null) run.Outcome = Outcome.NotModified;
            else await importer.RunAsync(import, answer.Body, limit.Token);
            if (answer.Body is not null && NothingRead(import.ToResponse()) is { } nothing) throw new FeedFailure(nothing);
        }
        catch (Exception fault)
        {
            (run.Outcome, run.Error) = (Outcome.Failed, Tell(fault));
            Failed(log, order.Id, run.Error);
        }
        finally
        {
            answer.Dispose();
        }

        await EndAsync(order, run.With(import.ToResponse()), answer);
    }

    /// <summary>A page of HTML is no feed, though each of its lines can be refused one by one.</summary>
    private static string? NothingRead(Proto.ImportAdvisoriesResponse counts)
    {
        if (counts.Created + counts.Updated + counts.Unchanged + counts.Retracted > 0) return null;
        return counts.RejectedCount == 0
            ? "The document holds no record."
            : $"None of its {counts.RejectedCount} records could be read; the first: {counts.Rejected[0].Reason}";
    }

    private async Task EndAsync(FeedOrder order, Proto.FeedRun run, FeedAnswer answer)
    {
        try
        {
            await writes.RunAsync(
                "EndFeedRun",
                async (unit, ct) =>
                {
                    if (await unit.Db.Feeds.AsTracking().SingleOrDefaultAsync(one => one.Id == order.Id, ct) is not { } feed) return;
                    var ended = run.Clone();
                    ended.EndTime = unit.Now.ToTimestamp();
                    var isSame = feed.Terms.Url == order.Url && feed.Terms.Format == order.Format;
                    feed.End(ended, isSame ? answer.EntityTag : "", isSame ? answer.LastModified : "", unit.Now);
                },
                CancellationToken.None);
        }
        catch (Exception fault)
        {
            NotKept(log, fault, order.Id);
        }
    }

    private string Tell(Exception fault) => fault switch
    {
        FeedFailure or InvalidRequest or RuleViolation => fault.Message,
        OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested => "The service was stopped.",
        OperationCanceledException => $"It took longer than {options.Value.Timeout}.",
        HttpRequestException { InnerException: FeedFailure inner } => inner.Message,
        HttpRequestException or IOException => $"The connection failed: {fault.GetBaseException().Message}",
        _ => $"An internal error; the log tells more ({fault.GetType().Name}).",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed {Feed} could not be read: {Reason}")]
    private static partial void Failed(ILogger log, string feed, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How the run of the feed {Feed} ended could not be kept")]
    private static partial void NotKept(ILogger log, Exception fault, string feed);
}
