using Governance.BuildingBlocks.Tests.Sample;
using Governance.Common.V1;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Eventing;

public sealed class DeadLetterTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    private TestHost Front => _estate[SampleServices.FrontEntry];

    private Operations.OperationsClient Operations => new(Front.As(Callers.Admin));

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(SampleServices.Front);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Letter_ThatStillFails_StaysUntilItsCauseIsGone()
    {
        var envelope = Envelopes.Write("depot", "lots/poison", DeliveryTests.Event("lots/poison", 1));
        (await Front.DeliverAsync("governance.depot", envelope)).ShouldBe("RETRY");
        await LetterAsync(envelope);
        await LetterAsync(envelope);

        var status = await Operations.GetEventStatusAsync(new());
        var first = await Operations.ResendDeadLettersAsync(new ResendDeadLettersRequest());
        Front.Services.GetRequiredService<CountDeliveries>().PoisonAllowed = true;
        var second = await Operations.ResendDeadLettersAsync(new ResendDeadLettersRequest());

        status.DeadLetters.ShouldBe(1);
        var letter = status.Letters.ShouldHaveSingleItem();
        (letter.Subject, letter.Type).ShouldBe(("lots/poison", "governance.sample.v1.LotChanged"));
        letter.Reason.ShouldBe("Poison cannot be handled.");
        (first.Handled, first.Failed).ShouldBe((0, 1));
        (second.Handled, second.Failed).ShouldBe((1, 0));
        (await Operations.GetEventStatusAsync(new())).DeadLetters.ShouldBe(0);
        (await _estate.AppliedAsync("lots/poison")).ShouldBe(1);
    }

    [Fact]
    public async Task Letter_ThatCannotBeRead_IsKeptAndShown()
    {
        await LetterAsync("no json at all"u8.ToArray());

        var letter = (await Operations.GetEventStatusAsync(new())).Letters.ShouldHaveSingleItem();

        letter.EventId.ShouldStartWith("unreadable-");
        letter.Reason.ShouldContain("no CloudEvent");
    }

    private async Task LetterAsync(byte[] envelope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dapr/dead") { Content = new ByteArrayContent(envelope) };
        request.Headers.Add("dapr-api-token", Front.Host.Settings.AppToken);
        using var response = await Front.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
