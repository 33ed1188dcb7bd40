using System.Diagnostics;
using System.Globalization;
using System.Text;
using Google.Api;
using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.V1;
using Governance.Patching;
using Governance.Patching.Inventory;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Benchmarks.Advisories;

/// <summary>
/// 5,000 components of 200 packages each and 300,000 advisories: what one more advisory, and one more bill of materials, take.
/// </summary>
internal static class MatchingBenchmark
{
    private const int Components = 5_000;
    private const int PackagesEach = 200;
    private const int AtOnce = 25_000;
    private const int Tries = 100;

    public static int Run(string[] arguments)
    {
        var advisories = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 300_000;
        return RunAsync(advisories).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(int advisories)
    {
        await using var estate = await TestEstate.StartAsync(PatchingDefinition.Value);
        var host = estate[ServiceCatalog.Patching];
        await TimeAsync($"{Components} components told", () => TellComponentsAsync(host));
        await TimeAsync($"{PackagesEach} packages of each filled in", () => FillInventoryAsync(host));
        foreach (var some in Enumerable.Range(0, advisories).Chunk(AtOnce)) // a call ends with its token
        {
            var records = some.Select(i => SyntheticFeed.Osv(i, SyntheticFeed.PackageOf(i % SyntheticFeed.Packages)));
            await TimeAsync($"{some.Length} advisories imported", () => ImportAsync(host.As(Callers.Admin), records));
        }

        var admin = host.As(Callers.Admin);
        await MeasureAsync(
            "a new advisory that affects 5 components", i => ImportAsync(admin, [SyntheticFeed.Osv(advisories + i, $"rare-{i}")]));
        await MeasureAsync("a new bill of materials of 200 packages, 5 of them affected", i => ImportBillAsync(admin, i));
        return 0;
    }

    private static async Task TellComponentsAsync(TestHost host)
    {
        foreach (var some in Enumerable.Range(0, Components).Chunk(64))
        {
            await Task.WhenAll(some.Select(i => host.DeliverAsync(
                ServiceCatalog.Ownership,
                Name(i),
                new ComponentChanged { Meta = Envelopes.Meta(1), Component = new Component { Name = Name(i), Tier = 1 + (i % 4) } })));
        }
    }

    /// <summary>Straight into the table: a million packages by call would measure something else. `rare-i` is in five components.</summary>
    private static async Task FillInventoryAsync(TestHost host)
    {
        var random = new Random(2);
        var rare = Enumerable.Range(0, Tries * 2 * 5).ToLookup(_ => random.Next(Components), i => $"rare-{i / 5}");
        var writes = host.Services.GetRequiredService<Writes<PatchingDb>>();
        foreach (var some in Enumerable.Range(0, Components).Chunk(25))
        {
            var rows = some.SelectMany(i => Enumerable.Range(0, PackagesEach)
                .Select(_ => (Name: SyntheticFeed.PackageOf(random.Next(SyntheticFeed.Packages)), Version: "2.0.0"))
                .Concat(rare[i].Select(name => (Name: name, Version: "1.5.0")))
                .DistinctBy(one => one.Name)
                .Select(one => Row(Name(i), one.Name, one.Version))).ToList();
            await writes.RunAsync("FillInventory", (unit, _) =>
            {
                unit.InsertRange(rows);
                return Task.CompletedTask;
            }, CancellationToken.None);
        }
    }

    private static InventoryRow Row(string component, string package, string version) => new()
    {
        Component = component,
        Environment = "production",
        Package = $"pkg:npm/{package}",
        Version = version,
        Ecosystem = "npm",
        PackageName = package,
    };

    private static async Task<int> ImportAsync(CallInvoker admin, IEnumerable<string> records)
    {
        using var call = new Patching.V1.Advisories.AdvisoriesClient(admin).ImportAdvisories();
        await call.RequestStream.WriteAsync(new ImportAdvisoriesRequest { Format = AdvisoryFormat.Osv });
        foreach (var lines in records.Chunk(20))
        {
            await call.RequestStream.WriteAsync(new ImportAdvisoriesRequest
            {
                Document = new HttpBody { Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")) },
            });
        }
        await call.RequestStream.CompleteAsync();
        return (await call).RemediationsOpened;
    }

    private static async Task<int> ImportBillAsync(CallInvoker admin, int i)
    {
        var random = new Random(i);
        var names = Enumerable.Range(0, PackagesEach)
            .Select(_ => random.Next(SyntheticFeed.Packages))
            .Distinct()
            .Select(SyntheticFeed.PackageOf)
            .ToList();
        using var call = new Patching.V1.Inventory.InventoryClient(admin).ImportInventory();
        await call.RequestStream.WriteAsync(new ImportInventoryRequest
        {
            Parent = $"components/new-{i}",
            Format = InventoryFormat.Cyclonedx,
            Environment = "production",
            Document = new HttpBody { Data = ByteString.CopyFromUtf8(SyntheticFeed.Bill(names.Skip(5), names.Take(5))) },
        });
        await call.RequestStream.CompleteAsync();
        return (await call).RemediationsOpened;
    }

    /// <summary>So that whoever waits for the filling sees it go on.</summary>
    private static async Task TimeAsync(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} in {watch.Elapsed.TotalSeconds:F1} s"));
    }

    private static async Task MeasureAsync(string what, Func<int, Task<int>> work)
    {
        for (var i = 0; i < Tries; i++) await work(i); // warm
        var (times, opened) = (new double[Tries], 0);
        for (var i = 0; i < Tries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            opened += await work(Tries + i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: median {times[Tries / 2]:F1} ms, p95 {times[Tries * 95 / 100]:F1} ms; "
                + $"{(double)opened / Tries:F1} remediations opened each"));
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"components/c{i}");
}
