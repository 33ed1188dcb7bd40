using System.Diagnostics;
using System.Globalization;
using Governance.BuildingBlocks.Hosting;
using Governance.MaintenanceWindows.Persistence;
using Governance.Ownership.V1;
using Governance.Suite.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Benchmarks.Suite;

/// <summary>
/// From the commit at the publisher to the copy at the consumer (outbox, pub/sub, inbox, all durable): the time of single events, and
/// the events a second of a large import.
/// </summary>
internal static class EventsBenchmark
{
    private const int Singles = 200;

    public static int Run(string[] arguments)
    {
        var many = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000;
        return RunAsync(many).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(int many)
    {
        await using var suite = await RunningSuite.StartAsync();
        var databases = suite.Host.ServicesOf(ServiceCatalog.Windows.Name).GetRequiredService<IDbContextFactory<WindowsDb>>();
        var times = new List<double>();
        for (var i = 0; i < Singles; i++)
        {
            var name = $"components/single-{i}";
            await suite.Host.TakeAsync(new Catalogue([Component(name)], []), CancellationToken.None);
            var committed = Stopwatch.GetTimestamp();
            await UntilAsync(databases, db => db.Components.AsNoTracking().AnyAsync(copy => copy.Name == name));
            times.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        times.Sort();
        var began = Stopwatch.GetTimestamp();
        var components = Enumerable.Range(0, many).Select(i => Component($"components/many-{i}")).ToList();
        await suite.Host.TakeAsync(new Catalogue(components, []), CancellationToken.None);
        await UntilAsync(databases, async db => await db.Components.AsNoTracking().CountAsync() == many + Singles);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"commit to copy: median {times[Singles / 2]:F1} ms, 99th percentile {times[Singles * 99 / 100]:F1} ms; {many} events to each of two consumers: {many / seconds:F0} a second"));
        return 0;
    }

    private static async Task UntilAsync(IDbContextFactory<WindowsDb> databases, Func<WindowsDb, Task<bool>> holds)
    {
        while (true)
        {
            await using (var db = await databases.CreateDbContextAsync())
            {
                if (await holds(db)) return;
            }

            await Task.Delay(1);
        }
    }

    private static Component Component(string name) => new()
    {
        Name = name,
        DisplayName = name,
        Tier = 2,
        Environments = { "staging", "production" },
    };
}
