using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Governance.Benchmarks.Suite;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Windows;
using Governance.Ownership.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Booking = Governance.MaintenanceWindows.Bookings.Booking;
using Calendar = Governance.MaintenanceWindows.Planning.Calendar;
using Client = Governance.Windows.V1.Changes.ChangesClient;
using Duration = NodaTime.Duration;
using Freeze = Governance.MaintenanceWindows.Freezes.Freeze;
using Window = Governance.MaintenanceWindows.Windows.Window;

namespace Governance.Benchmarks.Checks;

/// <summary>CheckChange on a large calendar in SQLite: the verdict alone, with the look at the stamp, and over gRPC.</summary>
internal sealed class CheckChangeBenchmark(WindowsDb db, Random random, Instant now)
{
    private const int Components = 2_000;
    private const int Windows = 10_000;
    private const int Freezes = 200;
    private const int Bookings = 100_000;
    private const int Questions = 20_000;

    public static int Run(string[] args) => RunAsync().GetAwaiter().GetResult();

    private static async Task<int> RunAsync()
    {
        await using var suite = await RunningSuite.StartAsync();
        var services = suite.Host.ServicesOf(ServiceCatalog.Windows.Name);
        var now = SystemClock.Instance.GetCurrentInstant();
        using var catalogue = new MemoryStream(Encoding.UTF8.GetBytes(
            $"name,tier,system,environments,dependsOn\n{string.Concat(Enumerable.Range(0, Components).Select(NewComponent))}"));
        await suite.Host.TakeAsync(catalogue, ImportCatalogRequest.Types.Format.Csv, "benchmark", default);
        await using (var db = await services.GetRequiredService<IDbContextFactory<WindowsDb>>().CreateDbContextAsync())
        {
            await Eventually.HoldsAsync(
                async () => await db.Components.CountAsync() == Components, "the components are known", TimeSpan.FromMinutes(2));
            await new CheckChangeBenchmark(db, new Random(1), now).FillAsync();
        }

        var calendar = services.GetRequiredService<Calendar>();
        var watch = Stopwatch.StartNew();
        var seen = await calendar.NowAsync(default);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"first load: {watch.ElapsedMilliseconds} ms, {seen.Bookings.Count} bookings held"));
        await MeasureAsync("verdict alone", now, question => Task.FromResult(Verdicts.Check(seen, question)));
        await MeasureAsync("with the look at the stamp", now, async question => Verdicts.Check(await calendar.NowAsync(default), question));
        await MeasureOverGrpcAsync(
            "over gRPC at the service",
            suite.Host.PortOf(ServiceCatalog.Windows.Name).Grpc,
            suite.InternalToken(ServiceCatalog.Windows.Name),
            now);
        await MeasureOverGrpcAsync("over gRPC through the gateway, API key checked", suite.Host.GrpcPort, suite.Token, now);
        return 0;
    }

    private static async Task MeasureOverGrpcAsync(string what, int port, string token, Instant now)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new Client(channel);
        var headers = new Metadata { { "authorization", "Bearer " + token } };
        await MeasureAsync(what, now, async question => await client.CheckChangeAsync(Message(question), headers));
    }

    private static string NewComponent(int i) => string.Create(
        CultureInfo.InvariantCulture, $"{Name(i)},{1 + (i % 4)},s{i / 20},production,{(i % 20 > 0 ? Name(i - 1) : "")}\n");

    private static async Task MeasureAsync(string what, Instant now, Func<ChangeQuestion, Task<CheckChangeResponse>> ask)
    {
        var random = new Random(2);
        ChangeQuestion[] questions = [.. Enumerable.Range(0, Questions).Select(_ => Question(random, now))];
        foreach (var question in questions) await ask(question); // warm: code and the occurrences around now
        var (times, allowed) = (new double[Questions], 0);
        for (var i = 0; i < Questions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await ask(questions[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (answer.Verdict == CheckChangeResponse.Types.Verdict.Allowed) allowed++;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[Questions / 2]:F0} µs, p95 "
            + $"{times[Questions * 95 / 100]:F0} µs, p99 {times[Questions * 99 / 100]:F0} µs; {allowed * 100 / Questions} % allowed"));
    }

    private static ChangeQuestion Question(Random random, Instant now) => new(
        new ChangeDemand
        {
            Components = [Name(random.Next(Components))],
            Environment = "production",
            Kind = ChangeKind.Patch,
            Duration = Duration.FromMinutes(30),
        },
        now + Duration.FromMinutes(random.Next(7 * 24 * 60)),
        now);

    private static CheckChangeRequest Message(ChangeQuestion question) => new()
    {
        Component = question.Demand.Components[0],
        Environment = question.Demand.Environment,
        Kind = question.Demand.Kind,
        Duration = new() { Seconds = (long)question.Demand.Duration.TotalSeconds },
        At = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(question.At.ToDateTimeOffset()),
    };

    private async Task FillAsync()
    {
        await SaveAsync(Enumerable.Range(0, Windows).Select(NewWindow));
        await SaveAsync(Enumerable.Range(0, Freezes).Select(NewFreeze));
        await SaveAsync(Enumerable.Range(0, Bookings).Select(NewBooking));
        var last = await db.CalendarChanges.MaxAsync(row => row.Stamp);
        await db.CalendarChanges.ExecuteDeleteAsync(); // as for a replica that was away for more than a day: it loads the whole
        db.CalendarChanges.Add(new CalendarChangeRow { Stamp = last + 2, Name = "filled/all", CommitTime = now });
        await db.SaveChangesAsync();
    }

    /// <summary>Straight into the tables: a hundred thousand bookings by call would measure something else.</summary>
    private async Task SaveAsync<T>(IEnumerable<T> items)
        where T : class
    {
        foreach (var some in items.Chunk(5_000))
        {
            db.AddRange(some);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private Window NewWindow(int i) => Window.Create($"w{i}", new WindowTerms
    {
        TimeZone = i % 3 == 0 ? "America/New_York" : "Europe/Vienna",
        Start = string.Create(CultureInfo.InvariantCulture, $"2026-01-{1 + (i % 28):00}T{i % 24:00}:00:00"),
        Duration = Duration.FromHours(2 + (i % 5)),
        Recurrence = i % 2 == 0 ? "FREQ=WEEKLY" : "FREQ=DAILY;INTERVAL=3",
        Capacity = 1 + (i % 6),
        Scope = new Scope
        {
            Components = { Name(random.Next(Components)), Name(random.Next(Components)) },
            Environments = { "production" },
        },
    }, "", now);

    private Freeze NewFreeze(int i) => Freeze.Create($"f{i}", new FreezeTerms
    {
        TimeZone = "Europe/Vienna",
        Start = string.Create(CultureInfo.InvariantCulture, $"2026-{1 + (i % 12):00}-{1 + (i % 28):00}"),
        Duration = Duration.FromDays(1 + (i % 5)),
        Reason = "Trading",
        Recurrence = i % 4 == 0 ? "FREQ=MONTHLY" : "",
        Scope = new Scope { Systems = { $"systems/s{random.Next(Components / 20)}" } },
    }, now);

    private Booking NewBooking(int i)
    {
        var start = now + Duration.FromMinutes(random.Next(90 * 24 * 60));
        var booking = Booking.Ask($"b{i}", new BookingTerms
        {
            Change = $"CHG-{i}",
            Components = [Name(random.Next(Components))],
            Environment = "production",
            Kind = ChangeKind.Patch,
            Duration = Duration.FromMinutes(15 + random.Next(90)),
        }, "users/bench");
        ImmutableArray<PlaceInWindow> places = [new($"windows/w{random.Next(Windows)}", start)];
        booking.Confirm(new FoundSlot(start, start, places, DateTimeZone.Utc, null), now);
        return booking;
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"components/c{i}");
}
