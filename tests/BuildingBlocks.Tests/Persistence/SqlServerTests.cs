using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Tests.Writing;
using Governance.Common.V1;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Persistence;

/// <summary>What differs on SQL Server: the lock is a row, there are several replicas, and one of them publishes.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public void Migrations_OfBothProviders_MatchTheModel()
    {
        using var sqlite = new SqliteDesign().CreateDbContext([]);
        using var sqlServer = new SqlServerDesign().CreateDbContext([]);

        sqlite.Database.HasPendingModelChanges().ShouldBeFalse();
        sqlServer.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public void Migrations_Scripted_CreateTheLedgerAndItsRow()
    {
        using var db = new SqlServerDesign().CreateDbContext([]);

        var script = db.GetService<IMigrator>().GenerateScript();

        script.ShouldContain("CREATE TABLE [Ledger]");
        script.ShouldContain("INSERT INTO [Ledger]");
        script.ShouldContain("[CommitTime] bigint NOT NULL");
    }

    [Fact]
    public async Task Keyset_OnSqlServer_ComparesInTheDatabase()
    {
        await using var db = new SqlServerDesign().CreateDbContext([]);
        var page = new PageToken(10, ["2", "16000000000000000", "lots/a"], "");

        // There is no server: the query is translated, and then fails to connect.
        var keyset = new Keyset<Governance.BuildingBlocks.Audit.ApprovalRow>()
            .By(row => row.Violations, descending: true)
            .By(row => row.UpdateTime)
            .By(row => row.Resource);
        var sql = keyset.Query(db.ApprovalRecords, page).ToQueryString();

        sql.ShouldContain("[a].[Violations] <");
        sql.ShouldContain("[a].[UpdateTime] >");
        sql.ShouldContain("ORDER BY [a].[Violations] DESC, [a].[UpdateTime], [a].[Resource]");
    }

    [Fact]
    public async Task Start_WhereNoServerListens_SaysSoInOneSentence()
    {
        await using var estate = await TestEstate.StartAsync();
        var nowhere = DatabaseSettings.SqlServer(
            "Server=127.0.0.1,1;Database=depot;User Id=sa;Password=of-nobody;Connect Timeout=1;ConnectRetryCount=0");

        // Under the runtime's invariant mode the client would refuse every connection with another exception.
        var fault = await Should.ThrowAsync<DatabaseFault>(() =>
            estate.StartAsync(SampleServices.Depot, settings => settings with { Database = nowhere }));

        fault.Message.ShouldStartWith("The database depot on 127.0.0.1,1 cannot be used: ");
        fault.Message.ShouldNotContain("of-nobody");
        fault.Message.ShouldNotContain("\n");
        await Should.ThrowAsync<SqlException>(() => new SqlConnection(nowhere.ConnectionString).OpenAsync());
    }

    [Theory]
    [InlineData("Latin1_General_100_BIN2", true)]
    [InlineData("latin1_general_bin2", true)]
    [InlineData("SQL_Latin1_General_CP1_CI_AS", false)]
    [InlineData("Latin1_General_BIN", false)]
    [InlineData("Latin1_General_100_BIN2_UTF8", false)]
    public void Collation_ThatTellsNamesApart_EndsInBin2(string collation, bool isBinary) =>
        SqlServerGround.IsBinary(collation).ShouldBe(isBinary);

    [SqlServerFact]
    public async Task Replicas_RacingForOnePlace_NeverOverbookAndKeepOneChain()
    {
        await using var estate = await TestEstate.StartAsync();
        var database = DatabaseSettings.SqlServer(await SqlServer.NewDatabaseAsync());
        var first = await estate.StartAsync(SampleServices.Depot, settings => settings with { Database = database });
        var second = await estate.StartAsync(SampleServices.Depot, settings => settings with { Database = database });
        await estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 3));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => WriteTests.OutcomeAsync(
            new Lots.LotsClient((i % 2 == 0 ? first : second).As(Depot.Engineer)).ReserveAsync(
                new ReserveRequest { Name = "lots/north-yard" }))));

        outcomes.Count(outcome => outcome == "OK").ShouldBe(3);
        (await estate.Operations().VerifyAuditAsync(new VerifyAuditRequest())).Intact.ShouldBeTrue();
        await Eventually.HoldsAsync(
            () => estate.PubSub.Published.Select(published => published.Id).Distinct().Count() == 4, "one of them published");
        await first.StopAsync();
    }

    [SqlServerFact]
    public async Task Repeats_AcrossReplicas_ReturnTheFirstResult()
    {
        await using var estate = await TestEstate.StartAsync();
        var database = DatabaseSettings.SqlServer(await SqlServer.NewDatabaseAsync());
        var first = await estate.StartAsync(SampleServices.Depot, settings => settings with { Database = database });
        var second = await estate.StartAsync(SampleServices.Depot, settings => settings with { Database = database });
        await estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 30));
        var request = new ReserveRequest { Name = "lots/north-yard", RequestId = Guid.NewGuid().ToString() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            new Lots.LotsClient((i % 2 == 0 ? first : second).As(Depot.Engineer)).ReserveAsync(request).ResponseAsync));

        answers.Distinct().Count().ShouldBe(1);
        answers[0].Reserved.ShouldBe(1);
        await first.StopAsync();
    }
}
