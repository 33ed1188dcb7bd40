using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Hosting;

/// <summary>A host that is taken down abruptly disposes its databases while workers use them.</summary>
public sealed class StoppingWorkerTests
{
    private readonly LogGuard _logs = new();

    [Fact]
    public async Task PollingWorker_WhoseDatabaseGoesAsItStops_EndsWithoutAWord()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        var databases = new VanishingDatabases();
        using var worker = new Poller(async ct => await databases.CreateDbContextAsync(ct), factory.CreateLogger("poller"));

        await EndAsync(worker, databases);

        _logs.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task PollingWorker_WhoseLookFails_SaysSoAndLooksAgain()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        var looks = 0;
        using var worker =
            new Poller(_ => ++looks < 3 ? throw new TimeoutException("too slow") : Task.CompletedTask, factory.CreateLogger("poller"));

        await worker.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(looks >= 3), "it looked a third time");
        await worker.StopAsync(CancellationToken.None);

        _logs.Warnings.Count.ShouldBe(2);
        _logs.Warnings.ShouldAllBe(warning => warning.Contains("too slow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NeighbourWatch_WhoseDatabaseGoesAsItStops_EndsWithoutAFault()
    {
        var databases = new VanishingDatabases();
        using var watch = new NeighbourWatch<SampleDb>(databases, null!, null!, NullLogger<NeighbourWatch<SampleDb>>.Instance);

        await EndAsync(watch, databases);
    }

    private static async Task EndAsync(BackgroundService worker, VanishingDatabases databases)
    {
        await worker.StartAsync(CancellationToken.None);
        await databases.Asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await worker.StopAsync(CancellationToken.None);
        worker.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);
    }

    private sealed class Poller(Func<CancellationToken, Task> look, ILogger log) : PollingWorker(TimeSpan.FromMilliseconds(1), log)
    {
        protected override Task LookAsync(CancellationToken ct) => look(ct);
    }

    /// <summary>Answers only when the caller has given up, as one that is disposed.</summary>
    private sealed class VanishingDatabases : IDbContextFactory<SampleDb>
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SampleDb CreateDbContext() => throw new NotSupportedException();

        public async Task<SampleDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            Asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new ObjectDisposedException(nameof(SampleDb));
        }
    }
}
