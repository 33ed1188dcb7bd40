using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Notifications.Delivery;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>Webhooks are signed as Standard Webhooks says, tried again, and kept out of inner networks.</summary>
public sealed class WebhookTests
{
    [Fact]
    public void Signature_OfTheSpecificationsExample_IsTheOneThatItGives()
    {
        var key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        WebhookSignature.Sign([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public async Task Delivery_WithASecretThatWasRotated_IsSignedByBothForAWhile()
    {
        await using var estate = await StartAsync();
        var created = await estate.EndpointAsync("team-hook", "parties/shop");
        (await estate.Admin.WebhookEndpoints.GetWebhookEndpointAsync(new GetWebhookEndpointRequest { Name = created.Name })).Secret
            .ShouldBeEmpty();
        var rotated = await estate.Admin.WebhookEndpoints.RotateWebhookSecretAsync(new RotateWebhookSecretRequest { Name = created.Name });
        rotated.Secret.ShouldNotBe(created.Secret);
        (rotated.PreviousSecretUntil.ToDateTimeOffset() - DateTimeOffset.UtcNow).TotalHours.ShouldBeInRange(23.9, 24.1);

        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        await estate.ToldAsync("rollouts/r1", 1, State.Sent);
        var first = estate.Hooks.All.ShouldHaveSingleItem();
        (first.IsSignedBy(created.Secret), first.IsSignedBy(rotated.Secret)).ShouldBe((true, true));

        var last = await estate.Admin.WebhookEndpoints.RotateWebhookSecretAsync(
            new RotateWebhookSecretRequest { Name = created.Name, Overlap = new Duration() });
        last.PreviousSecretUntil.ShouldBeNull();
        await estate.DeliverAsync(NotifyingEstate.Waiting("r2"));
        await estate.ToldAsync("rollouts/r2", 1, State.Sent);
        var second = estate.Hooks.All.Last();
        (second.IsSignedBy(rotated.Secret), second.IsSignedBy(last.Secret)).ShouldBe((false, true));
    }

    [Fact]
    public async Task Secret_InTheDatabase_IsReadableWithTheKeyFileOnly()
    {
        await using var estate = await StartAsync();
        var created = await estate.EndpointAsync("team-hook", "parties/shop");
        var key = Convert.FromBase64String(created.Secret["whsec_".Length..]);
        await using var db =
            await estate.Estate.Host.Services.GetRequiredService<IDbContextFactory<Persistence.OwnershipDb>>().CreateDbContextAsync();
        var kept = (await db.WebhookEndpoints.SingleAsync()).Secret;

        kept.AsSpan().IndexOf(key).ShouldBe(-1);
        var box = estate.Estate.Host.Services.GetRequiredService<SecretBox>();
        box.Open(kept, created.Name).ShouldBe(key);
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => box.Open(kept, "webhookEndpoints/another"));
        Directory.GetFiles(Path.Combine(estate.Estate.Estate.Folder, "keys"), "notification-secrets.key").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Delivery_ThatFails_IsTriedAgainWithTheSameId_ThenGivenUp_ThenResentWhenAsked()
    {
        await using var estate = await StartAsync(options => options with { Attempts = 3 });
        await estate.EndpointAsync("team-hook", "parties/shop");
        estate.Hooks.Answer = _ => 500;
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        var failed = (await estate.ToldAsync("rollouts/r1", 1, State.Failed))[0];
        (failed.Attempts, failed.LastError.Contains("answered 500", StringComparison.Ordinal), failed.NextAttemptTime).ShouldBe(
            (3, true, null));
        estate.Hooks.All.Select(one => one.Id).ShouldBe(Enumerable.Repeat(failed.Name["notifications/".Length..], 3));
        estate.Hooks.Answer = _ => 200;
        (await estate.Admin.Notifications.ResendNotificationAsync(new ResendNotificationRequest { Name = failed.Name })).State.ShouldBe(
            State.Pending);
        (await estate.ToldAsync("rollouts/r1", 1, State.Sent))[0].SendTime.ShouldNotBeNull();
    }

    [Fact]
    public async Task Delivery_ThatIsRedirected_GoesNoFurther()
    {
        await using var estate = await StartAsync(options => options with { Attempts = 1 });
        await estate.EndpointAsync("team-hook", "parties/shop");
        estate.Hooks.Answer = context =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return 307;
        };
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        (await estate.ToldAsync("rollouts/r1", 1, State.Failed))[0].LastError.ShouldContain("redirects are not followed");
        estate.Hooks.All.ShouldHaveSingleItem().Path.ShouldBe("/hook");
    }

    [Fact]
    public async Task Endpoint_TurnedOffOrAnswersGone_GetsNothingMore()
    {
        await using var estate = await StartAsync();
        var endpoint = await estate.EndpointAsync("team-hook", "parties/shop");
        estate.Hooks.Answer = _ => 410;
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        (await estate.ToldAsync("rollouts/r1", 1, State.Failed))[0].Attempts.ShouldBe(1);
        estate.Hooks.Answer = _ => 503;
        await estate.DeliverAsync(NotifyingEstate.Waiting("r2"));
        await Eventually.HoldsAsync(() => estate.Hooks.All.Count == 2, "the first attempt");

        await estate.Admin.WebhookEndpoints.UpdateWebhookEndpointAsync(new UpdateWebhookEndpointRequest
        {
            WebhookEndpoint = new WebhookEndpoint { Name = endpoint.Name, Enabled = false },
            UpdateMask = FieldMask.FromString("enabled"),
        });
        (await estate.ToldAsync("rollouts/r2", 1, State.Suppressed))[0].Reason.ShouldContain("turned off");
    }

    [Theory]
    [InlineData("http://hooks.example.com/x", "https")]
    [InlineData("https://10.1.2.3/x", "no public address")]
    [InlineData("https://[::1]/x", "no public address")]
    [InlineData("https://169.254.169.254/latest/meta-data", "no public address")]
    [InlineData("https://user:secret@hooks.example.com/", "name or password")]
    [InlineData("nonsense", "no link")]
    public async Task CreateEndpoint_WhereNoneMayBe_IsRefusedNamingTheField(string url, string why)
    {
        await using var estate = await StartAsync(options => options with { Loopback = false });

        var refusal = await Refusal.OfAsync(estate.Admin.WebhookEndpoints.CreateWebhookEndpointAsync(
            new CreateWebhookEndpointRequest { WebhookEndpoint = new WebhookEndpoint { Party = "no name", Url = url } }));

        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe(["webhook_endpoint.display_name", "webhook_endpoint.party", "webhook_endpoint.url"]);
        refusal.Message.ShouldContain(why);
    }

    [Fact]
    public async Task Delivery_ToANameThatStandsForAnInnerAddress_IsRefusedUnlessTheHostIsAllowed()
    {
        await using var estate = await StartAsync(options => options with { Loopback = false, Attempts = 1 });
        await estate.Admin.WebhookEndpoints.CreateWebhookEndpointAsync(new CreateWebhookEndpointRequest
        {
            WebhookEndpointId = "inner",
            WebhookEndpoint = new WebhookEndpoint { DisplayName = "Inner", Party = "parties/shop", Url = "https://localhost:1/x" },
        });
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        (await estate.ToldAsync("rollouts/r1", 1, State.Failed))[0].LastError.ShouldContain("localhost has no public address");
        var allowing = new WebhookAddress(
            new NotificationOptions { AllowedHosts = new HashSet<string> { "hooks.corp:8443" } }, estate.Estate.Host.Host.Settings);
        var inner = System.Net.IPAddress.Parse("10.1.2.3");
        (allowing.MayConnect("hooks.corp", 8443, inner), allowing.MayConnect(
            "hooks.corp", 443, inner), allowing.MayConnect("hooks.example.com", 443, System.Net.IPAddress.Parse("8.8.8.8")))
            .ShouldBe((true, false, true));
    }

    private static async Task<NotifyingEstate> StartAsync(Func<NotificationOptions, NotificationOptions>? change = null)
    {
        var estate = await NotifyingEstate.StartAsync(change);
        await estate.Estate.PartyAsync("shop");
        await estate.Estate.ComponentAsync("checkout", owner: "parties/shop", tier: 1);
        return estate;
    }
}
