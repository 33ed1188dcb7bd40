using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

/// <summary>Whoever changes a resource may do so before and after, and knows what it was.</summary>
public sealed class ChangeAsyncTests : IAsyncLifetime
{
    private readonly List<string> _steps = [];
    private TestEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync(SampleServices.Depot);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 5));
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Change_AllowedAndCurrent_DemandsBeforeAndAfter()
    {
        await ChangeAsync("lots/north-yard", etag: "1");

        _steps.ShouldBe(["demand 0", "change", "demand 1"]);
        (await ReservedAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("lots/none")]
    [InlineData("copies/north-yard")]
    [InlineData("north-yard")]
    [InlineData("lots/lots/north-yard")]
    [InlineData("")]
    public async Task Change_OfWhatIsNotThere_IsMissing(string name)
    {
        await Should.ThrowAsync<Missing>(() => ChangeAsync(name, etag: ""));

        _steps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_WithAStaleEtag_IsRefusedAfterTheDemand()
    {
        await Should.ThrowAsync<StaleEtag>(() => ChangeAsync("lots/north-yard", etag: "7"));

        _steps.ShouldBe(["demand 0"]);
        (await ReservedAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Change_NotAllowedBeforeOrAfter_KeepsNothing(int refusedAt)
    {
        await Should.ThrowAsync<PermissionDenied>(() => ChangeAsync("lots/north-yard", etag: "", refusedAt));

        (await ReservedAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("users/ines", "users/ines")]
    [InlineData("", "apiKeys/k1")]
    public void Responsible_IsThePersonElseTheCredential(string person, string responsible) =>
        new Caller("apiKeys/k1", person, []).Responsible.ShouldBe(responsible);

    private Task ChangeAsync(string name, string etag, int? refusedAt = null) =>
        _estate[SampleServices.DepotEntry].Services.GetRequiredService<Writes<SampleDb>>().RunAsync(
            "Test",
            (unit, ct) => unit.ChangeAsync<StoredLot>(
                name,
                etag,
                lot =>
                {
                    _steps.Add($"demand {lot.Reserved}");
                    return lot.Reserved == refusedAt
                        ? throw new PermissionDenied("depot.write", "Not there.", "OUT_OF_SCOPE")
                        : Task.CompletedTask;
                },
                lot =>
                {
                    _steps.Add("change");
                    lot.Reserve(unit.Now);
                    return Task.CompletedTask;
                },
                ct),
            CancellationToken.None);

    private async Task<int> ReservedAsync() => (await _estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/north-yard" })).Reserved;
}
