using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Settings;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Sample.V1;
using Governance.Testing;
using Grpc.Health.V1;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Hosting;

public sealed class HostTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync();

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Start_WithAnRpcThatDeclaresNoPermission_IsRefusedAndNamesIt()
    {
        var fault = await Should.ThrowAsync<SettingsFault>(() => _estate.StartAsync(SampleServices.CarelessDepot));

        fault.Faults.ShouldHaveSingleItem().ShouldContain("/governance.sample.v1.Careless/Peek declares no permission");
    }

    [Fact]
    public void Build_OutsideDevelopmentWithoutAppToken_IsRefused()
    {
        var settings = _estate.Settings(SampleServices.DepotEntry) with { AppToken = "" };

        Should.Throw<SettingsFault>(() => GovernanceHost.Build(SampleServices.Depot, settings)).Message.ShouldContain("APP_API_TOKEN");
        Should.NotThrow(() => GovernanceHost.Build(SampleServices.Depot, settings with { Environment = "Development" }));
    }

    [Fact]
    public async Task Start_OnADatabaseThatIsNotMigrated_IsRefused()
    {
        var fault = await Should.ThrowAsync<DatabaseFault>(
            () => _estate.StartAsync(SampleServices.Depot, settings => settings with { Migrate = MigrationMode.Check }));

        fault.Message.ShouldContain("--migrate");
    }

    [Fact]
    public async Task Start_OnADatabaseOfAnotherInitialMigration_SaysToStartAfresh()
    {
        var host = await _estate.StartAsync(SampleServices.Depot);
        await host.ReadAsync(db => db.Database.ExecuteSqlAsync($"UPDATE __EFMigrationsHistory SET MigrationId = '20200101000000_Initial'"));
        await _estate.StopAsync(SampleServices.DepotEntry);

        var fault = await Should.ThrowAsync<DatabaseFault>(() => _estate.StartAsync(SampleServices.Depot));

        fault.Message.ShouldContain("20200101000000_Initial");
        fault.Message.ShouldContain("start afresh");
        await Should.ThrowAsync<DatabaseFault>(
            () => _estate.StartAsync(SampleServices.Depot, settings => settings with { Migrate = MigrationMode.Check }));
    }

    [Fact]
    public async Task Migration_AfterACrashLeftItsLock_ClearsItAndStarts()
    {
        await _estate.StartAsync(SampleServices.Depot);
        await _estate[SampleServices.DepotEntry].ReadAsync(db => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO \"__EFMigrationsLock\" (\"Id\", \"Timestamp\") VALUES (1, '2026-01-01')"));

        await _estate.RestartAsync(SampleServices.DepotEntry).WaitAsync(TimeSpan.FromSeconds(30));

        _estate.Logs.Warnings.ShouldContain(warning => warning.Contains("migration lock"));
    }

    [Fact]
    public async Task Health_OfAHostThatServes_IsReadyOnBothPorts()
    {
        var host = await _estate.StartAsync(SampleServices.Depot);

        (await host.Http.GetStringAsync("/healthz/live")).ShouldBe("live");
        (await host.Http.GetStringAsync("/healthz/ready")).ShouldBe("ready");
        var health = await new Health.HealthClient(host.Anonymous).CheckAsync(new HealthCheckRequest());
        health.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
    }

    [Fact]
    public async Task Clock_Shifted_IsSeenByBusinessRulesAndNotByTokens()
    {
        _estate.Clock.Set(new DateTimeOffset(2031, 11, 28, 0, 0, 0, TimeSpan.Zero));
        await _estate.StartAsync(SampleServices.Depot);

        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));

        var created = await _estate[SampleServices.DepotEntry].ReadAsync(db => db.Lots.Select(lot => lot.CreateTime).SingleAsync());
        created.ShouldBe(NodaTime.Instant.FromUtc(2031, 11, 28, 0, 0));
    }

    [Fact]
    public async Task HoldWrites_DuringABackup_LetsWritesWaitAndReadsThrough()
    {
        var host = await _estate.StartAsync(SampleServices.Depot);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));
        Task<Lot> waiting;
        using (await host.Host.HoldWritesAsync(CancellationToken.None))
        {
            waiting = _estate.Lots().CreateLotAsync(Depot.NewLot("south-yard")).ResponseAsync;
            (await _estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/north-yard" })).Name.ShouldBe("lots/north-yard");
            waiting.IsCompleted.ShouldBeFalse();
        }

        (await waiting).Name.ShouldBe("lots/south-yard");
    }

    [Fact]
    public void Settings_Wrong_AreAllReportedAtOnce()
    {
        var fault = Should.Throw<SettingsFault>(() => ServiceSettings.Read(
            ServiceCatalog.Windows,
            ["--grpc-port", "many", "--listen=nowhere", "--database-provider", "oracle", "--clock", "noon", "--unknown", "--keys"]));

        fault.Faults.Count.ShouldBe(7);
        foreach (var part in new[] { "'many'", "'nowhere'", "'oracle'", "'noon'", "--unknown", "--keys needs", "APP_API_TOKEN" })
        {
            fault.Faults.ShouldContain(one => one.Contains(part), part);
        }
    }

    [Fact]
    public void Settings_Unset_AreTheDocumentedDefaults()
    {
        var settings = ServiceSettings.Read(ServiceCatalog.Windows, ["--environment", "Development"]);

        (settings.GrpcPort, settings.HttpPort, settings.Listen).ShouldBe((5101, 5201, System.Net.IPAddress.Loopback));
        settings.Database.ShouldBe(DatabaseSettings.Sqlite(Path.Combine("data", "windows.db")));
        settings.KeysFile.ShouldBe(Path.Combine("data", "keys", "public-keys.json"));
        settings.AuditKeyFile.ShouldBe(Path.Combine("data", "keys", "audit-windows.pem"));
        settings.DaprEndpoint.ShouldBe(new Uri("http://127.0.0.1:50001"));
        settings.Migrate.ShouldBe(MigrationMode.Check);
    }
}
