using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Governance.BuildingBlocks.Tests.Sample;

/// <summary>What two followers do in a test: by default nothing, and their passes are noted.</summary>
internal sealed class Script
{
    public delegate Task Step(WriteUnit<SampleDb> unit, Changes changes, CancellationToken ct);

    public Step First { get; set; } = (_, _, _) => Task.CompletedTask;

    public Step Second { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>In the order in which they passed.</summary>
    public List<string> Passes { get; } = [];

    public Task PassAsync(string follower, Step step, WriteUnit<SampleDb> unit, Changes changes, CancellationToken ct)
    {
        Passes.Add(follower);
        return step(unit, changes, ct);
    }

    /// <summary>Starts a service with this script.</summary>
    /// <param name="estate">Where.</param>
    /// <param name="service">One of <see cref="FollowingServices"/>.</param>
    /// <param name="twice">Whether each write's followers pass twice, as in every other test.</param>
    public Task<TestHost> StartAsync(TestEstate estate, ServiceDefinition service, bool twice = false) => estate.StartAsync(
        service,
        overrides: services =>
        {
            services.AddSingleton(this);
            if (!twice) services.RemoveAll<SecondPass>();
        });
}

internal sealed class FirstFollower(Script script) : IFollow<SampleDb>
{
    public Task FollowAsync(WriteUnit<SampleDb> unit, Changes changes, CancellationToken ct) =>
        script.PassAsync("first", script.First, unit, changes, ct);
}

internal sealed class SecondFollower(Script script) : IFollow<SampleDb>
{
    public Task FollowAsync(WriteUnit<SampleDb> unit, Changes changes, CancellationToken ct) =>
        script.PassAsync("second", script.Second, unit, changes, ct);
}

/// <summary>Depots and fronts whose followers a test writes.</summary>
internal static class FollowingServices
{
    /// <summary>The first follows lots, the second what is counted.</summary>
    public static ServiceDefinition Depot { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(SampleServices.DepotEntry, service => service
            .Grpc<LotsApi>()
            .Grpc<OperationsApi>()
            .Follow<FirstFollower>(typeof(StoredLot))
            .Follow<SecondFollower>(typeof(Applied)));

    /// <summary>The first follows lots and copies of lots.</summary>
    public static ServiceDefinition Both { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(SampleServices.DepotEntry, service => service
            .Grpc<LotsApi>()
            .Follow<FirstFollower>(typeof(ILot)));

    /// <summary>The first follows copies, the second what a handler counts.</summary>
    public static ServiceDefinition Front { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(SampleServices.FrontEntry, service => service
            .Copy<LotChanged, LotCopy>(from: SampleServices.DepotEntry)
            .Handle<LotChanged, CountDeliveries>(from: SampleServices.DepotEntry)
            .Follow<FirstFollower>(typeof(LotCopy))
            .Follow<SecondFollower>(typeof(Applied)));

    /// <summary>Follows what no table has.</summary>
    public static ServiceDefinition Careless { get; } =
        ServiceDefinition.Create<SampleDb, SqliteSampleDb, SqlServerSampleDb>(SampleServices.DepotEntry, service => service
            .Follow<FirstFollower>(typeof(StoredLot), typeof(Script)));
}
