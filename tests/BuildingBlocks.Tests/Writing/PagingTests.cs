using Governance.BuildingBlocks.Tests.Sample;
using Governance.Sample.V1;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

public sealed class PagingTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync(SampleServices.Depot);
        for (var i = 0; i < 25; i++)
        {
            if (i % 5 == 0) _estate.Clock.Advance(TimeSpan.FromSeconds(1.5));
            await _estate.Lots().CreateLotAsync(Depot.NewLot($"yard-{i:d2}"));
        }
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(50)]
    public async Task Pages_Followed_HoldEveryRowOnceInOrder(int size)
    {
        var names = await AllAsync(size);

        // Newest group of five first; within a group, that was created at one instant, by id.
        names.ShouldBe(
            Enumerable.Range(0, 5).Reverse().SelectMany(group => Enumerable.Range(group * 5, 5)).Select(i => $"lots/yard-{i:d2}"));
    }

    [Fact]
    public async Task Rows_ThatComeAndGoMeanwhile_ShiftNothing()
    {
        var first = await _estate.Lots().ListLotsAsync(new ListLotsRequest { PageSize = 10 });
        _estate.Clock.Advance(TimeSpan.FromSeconds(1));
        await _estate.Lots().CreateLotAsync(Depot.NewLot("newest-yard"));
        await _estate.Lots(Callers.Admin).EraseLotAsync(new DeleteLotRequest { Name = first.Lots[^1].Name });

        var second = await _estate.Lots().ListLotsAsync(new ListLotsRequest { PageSize = 10, PageToken = first.NextPageToken });

        second.Lots.Select(lot => lot.Name)
            .ShouldBe(Enumerable.Range(10, 5).Concat(Enumerable.Range(5, 5)).Select(i => $"lots/yard-{i:d2}"));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(51, 25)]
    [InlineData(int.MaxValue, 25)]
    public async Task PageSize_UnsetOrTooLarge_IsTheDefaultOrTheMost(int size, int expected)
    {
        var page = await _estate.Lots().ListLotsAsync(new ListLotsRequest { PageSize = size });

        page.Lots.Count.ShouldBe(expected);
    }

    [Theory]
    [InlineData(-1, "", "page_size")]
    [InlineData(10, "nonsense", "page_token")]
    [InlineData(10, "bnVsbA", "page_token")]
    [InlineData(10, "WyJhIiwiYiJd", "page_token")]
    public async Task Page_Malformed_IsInvalidAndNamesTheField(int size, string token, string field)
    {
        var refusal = await Refusal.OfAsync(_estate.Lots().ListLotsAsync(new ListLotsRequest { PageSize = size, PageToken = token }));

        refusal.Code.ShouldBe(Grpc.Core.StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task Token_WithAnotherFilter_IsInvalid()
    {
        var first = await _estate.Lots().ListLotsAsync(new ListLotsRequest { PageSize = 5 });
        var other = new ListLotsRequest { PageSize = 7, PageToken = first.NextPageToken, Component = "components/checkout" };

        var refusal = await Refusal.OfAsync(_estate.Lots().ListLotsAsync(other));

        refusal.Reason.ShouldBeEmpty();
        refusal.Fields.ShouldBe(["page_token"]);
    }

    [Fact]
    public async Task AuditEntries_Paged_ComeNewestFirstWithoutGaps()
    {
        var sequences = new List<long>();
        var request = new Governance.Common.V1.ListAuditEntriesRequest { PageSize = 7, Action = "CreateLot" };
        do
        {
            var page = await _estate.Operations().ListAuditEntriesAsync(request);
            sequences.AddRange(page.Entries.Select(entry => entry.Sequence));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        sequences.ShouldBe(Enumerable.Range(1, 25).Reverse().Select(i => (long)i));
    }

    private async Task<List<string>> AllAsync(int size)
    {
        var names = new List<string>();
        var request = new ListLotsRequest { PageSize = size };
        do
        {
            var page = await _estate.Lots().ListLotsAsync(request);
            page.Lots.Count.ShouldBeLessThanOrEqualTo(size);
            names.AddRange(page.Lots.Select(lot => lot.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return names;
    }
}
