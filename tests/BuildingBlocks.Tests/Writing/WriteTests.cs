using Governance.BuildingBlocks.Tests.Sample;
using Governance.Sample.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

public sealed class WriteTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(SampleServices.Depot);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Create_Valid_CommitsStateEventAndAuditTogether()
    {
        var lot = await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));

        lot.Etag.ShouldBe("1");
        await Eventually.HoldsAsync(() => _estate.PubSub.Published.Count > 0, "the event was published");
        var published = _estate.PubSub.Published.Single();
        published.Topic.ShouldBe("governance.depot");
        published.Type.ShouldBe("governance.sample.v1.LotChanged");
        published.Subject.ShouldBe("lots/north-yard");
        var changed = published.As<LotChanged>();
        changed.Meta.Change.ShouldBe("CREATED");
        changed.Meta.Version.ShouldBe(1);
        changed.Meta.Actor.Principal.ShouldBe("users/engineer");
        changed.Lot.DisplayName.ShouldBe("Lot north-yard");
        var entry = (await _estate.Operations().ListAuditEntriesAsync(new())).Entries.ShouldHaveSingleItem();
        (entry.Action, entry.Resource, entry.Duty).ShouldBe(("CreateLot", "lots/north-yard", "REQUESTED"));
        entry.BeforeDigest.ShouldBeEmpty();
        entry.AfterDigest.Length.ShouldBe(64);
        entry.Roles.ShouldBe(["engineer"]);
    }

    [Fact]
    public async Task Create_SeveralBadFields_ReportsAllAtOnce()
    {
        var request = new CreateLotRequest { LotId = "No", Lot = new Lot { Capacity = -1, Component = "components/checkout" } };

        var refusal = await Refusal.OfAsync(_estate.Lots().CreateLotAsync(request));

        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe(["lot_id", "lot.display_name", "lot.capacity"]);
    }

    [Fact]
    public async Task Create_NameTaken_IsAlreadyExists()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));

        var refusal = await Refusal.OfAsync(_estate.Lots().CreateLotAsync(Depot.NewLot("north-yard")));

        refusal.Code.ShouldBe(StatusCode.AlreadyExists);
        refusal.Facts["resource"].ShouldBe("lots/north-yard");
    }

    [Fact]
    public async Task Get_Unknown_IsNotFound()
    {
        var refusal = await Refusal.OfAsync(_estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/none" }));

        refusal.Code.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task ValidateOnly_Valid_AnswersAndLeavesNothing()
    {
        var request = Depot.NewLot("north-yard");
        request.ValidateOnly = true;

        var lot = await _estate.Lots().CreateLotAsync(request);

        lot.Name.ShouldBe("lots/north-yard");
        (await Refusal.OfAsync(_estate.Lots().GetLotAsync(new GetLotRequest { Name = lot.Name }))).Code.ShouldBe(StatusCode.NotFound);
        (await _estate.Operations().ListAuditEntriesAsync(new())).Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Update_StaleEtag_IsAborted()
    {
        var lot = await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));
        lot.DisplayName = "Changed";
        var changed = await _estate.Lots().UpdateLotAsync(new UpdateLotRequest { Lot = lot, Reason = "It was renamed." });

        var refusal = await Refusal.OfAsync(_estate.Lots().UpdateLotAsync(new UpdateLotRequest { Lot = lot }));

        changed.Etag.ShouldBe("2");
        refusal.Code.ShouldBe(StatusCode.Aborted);
        refusal.Facts["current"].ShouldBe("2");
        (await _estate.Operations().ListAuditEntriesAsync(new())).Entries[0].Reason.ShouldBe("It was renamed.");
    }

    [Fact]
    public async Task Reserve_EightWritersRaceForOnePlace_ExactlyOneWins()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 1));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OutcomeAsync(
            _estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard" }))));

        outcomes.Count(reason => reason == "OK").ShouldBe(1);
        outcomes.Count(reason => reason == "LOT_FULL").ShouldBe(7);
        (await _estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/north-yard" })).Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task Verb_WithoutChanged_IsInternalAndChangesNothing()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));
        _estate.Logs.Expect("was changed by a verb that does not call Changed");

        var refusal = await Refusal.OfAsync(_estate.Lots().BreakAsync(new GetLotRequest { Name = "lots/north-yard" }));

        refusal.Code.ShouldBe(StatusCode.Internal);
        refusal.Message.ShouldNotContain("Changed");
        (await _estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/north-yard" })).DisplayName.ShouldBe("Lot north-yard");
    }

    [Fact]
    public async Task Erase_ThenCreateAgain_ContinuesTheVersions()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));
        await _estate.Lots(Callers.Admin).EraseLotAsync(new DeleteLotRequest { Name = "lots/north-yard" });

        var again = await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));

        again.Etag.ShouldBe("3");
        await Eventually.HoldsAsync(() => _estate.PubSub.Published.Count == 3, "all events were published");
        _estate.PubSub.Of<LotChanged>().Select(changed => (changed.Meta.Version, changed.Meta.Deleted))
            .ShouldBe([(1, false), (2, true), (3, false)], ignoreOrder: true);
    }

    [Fact]
    public async Task Sqlite_Opened_IsDurableAndEnforcesForeignKeys()
    {
        var pragmas = await _estate[SampleServices.DepotEntry].ReadAsync(async db =>
        {
            var values = new List<string>();
            values.AddRange(await db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").ToListAsync());
            values.AddRange(
                await db.Database.SqlQuery<string>($"SELECT CAST(synchronous AS TEXT) AS Value FROM pragma_synchronous").ToListAsync());
            values.AddRange(
                await db.Database.SqlQuery<string>($"SELECT CAST(foreign_keys AS TEXT) AS Value FROM pragma_foreign_keys").ToListAsync());
            return values;
        });

        pragmas.ShouldBe(["wal", "2", "1"]);
    }

    internal static async Task<string> OutcomeAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return "OK";
        }
        catch (RpcException fault)
        {
            return Refusal.From(fault).Reason;
        }
    }
}
