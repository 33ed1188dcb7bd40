using System.Diagnostics;
using System.Globalization;
using Governance.Benchmarks.Suite;
using Governance.BuildingBlocks.Names;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Governance.Ownership.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Client = Governance.Ownership.V1.Owners.OwnersClient;

namespace Governance.Benchmarks.Ownership;

/// <summary>
/// ResolveOwner about random components, asked once to warm up and once to measure: the service's work alone, then by a client.
/// </summary>
internal sealed class OwnerQuestions(RunningSuite suite, int components)
{
    private const int Questions = 5_000;

    public async Task MeasureAsync()
    {
        var services = suite.Host.ServicesOf(ServiceCatalog.Ownership.Name);
        var (databases, resolver) =
            (services.GetRequiredService<IDbContextFactory<OwnershipDb>>(), services.GetRequiredService<OwnerResolver>());
        await MeasureAsync("service time", question => AnswerAsync(databases, resolver, question));

        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{suite.Host.PortOf(ServiceCatalog.Ownership.Name).Grpc}");
        var client = new Client(channel);
        var headers = new Metadata { { "authorization", "Bearer " + suite.InternalToken(ServiceCatalog.Ownership.Name) } };
        await MeasureAsync("over gRPC at the service", async question => await client.ResolveOwnerAsync(question, headers));
    }

    /// <summary>What the call does, from its own database context to the answer's message.</summary>
    private static async Task<ResolveOwnerResponse> AnswerAsync(
        IDbContextFactory<OwnershipDb> databases, OwnerResolver resolver, ResolveOwnerRequest question)
    {
        await using var db = await databases.CreateDbContextAsync();
        var reader = await resolver.OpenAsync(db, default);
        var component =
            await reader.ComponentAsync(question.Name, default) ?? throw new InvalidOperationException($"{question.Name} is not there.");
        return await resolver.ResolveAsync(
            reader, component, new OwnerQuestion(question.Name, question.Area, question.Severity, resolver.Now), _ => true, default);
    }

    private async Task MeasureAsync(string what, Func<ResolveOwnerRequest, Task<ResolveOwnerResponse>> ask)
    {
        var random = new Random(3);
        ResolveOwnerRequest[] questions = [.. Enumerable.Range(0, Questions).Select(_ => Question(random))];
        foreach (var question in questions) await ask(question);
        var (times, found) = (new double[Questions], 0);
        for (var i = 0; i < Questions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await ask(questions[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (answer.Reasons.Count > 0) found++;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ResolveOwner, {what}: median {times[Questions / 2]:F0} µs, p95 "
                + $"{times[Questions * 95 / 100]:F0} µs, p99 {times[Questions * 99 / 100]:F0} µs; {found} answered with reasons"));
    }

    private ResolveOwnerRequest Question(Random random) => new()
    {
        Name = $"components/c{random.Next(components)}",
        Area = random.Next(2) == 0 ? "security-patching" : "hosting",
        Severity = ServiceSeverity.S1,
    };
}
