using System.Net;
using System.Text.Json.Nodes;
using Governance.BuildingBlocks.Names;
using Governance.Gateway.Identity;
using Grpc.Core;
using Grpc.Net.Client;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Identity;

public sealed class IdentityTests
{
    [Fact]
    public async Task Token_OfAPerson_CallsWithThatPersonsRoles()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var token = await gateway.PersonAsync("storefront.lead", "engineer");

        var (_, me) = await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: token);
        var (refused, error) = await gateway.CallAsync(HttpMethod.Post, "/v1/users", new { userId = "other" }, token);

        me["principal"]!.GetValue<string>().ShouldBe("users/storefront.lead");
        me["permissions"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldContain("windows.write");
        refused.ShouldBe(HttpStatusCode.Forbidden);
        error["error"]!["message"]!.GetValue<string>().ShouldContain("gateway.manage");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody-has-this")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2Vycy9hZG1pbiJ9.")]
    public async Task Call_WithoutAGoodSecret_IsUnauthenticated(string? token)
    {
        await using var gateway = await IdentityHost.StartAsync();

        var (status, error) = await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: token);

        status.ShouldBe(HttpStatusCode.Unauthorized);
        error["error"]!["status"]!.GetValue<string>().ShouldBe("UNAUTHENTICATED");
    }

    [Fact]
    public async Task InternalToken_ForgedForTheGateway_IsUnauthenticated()
    {
        await using var gateway = await IdentityHost.StartAsync();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{gateway.Gateway.Host.GrpcPort}");
        var client = new V1.Callers.CallersClient(channel);

        var refusal =
            await Testing.Refusal.OfAsync(client.GetCallerAsync(new(), Bearer("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2Vycy9hZG1pbiJ9.AAAA")));

        refusal.Code.ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Grpc_WithAnApiKey_ActsAsTheKeyForItsPerson()
    {
        await using var gateway = await IdentityHost.StartAsync();
        await gateway.PersonAsync("pipeline-owner", "engineer");
        var key = await gateway.PostAsync(
            "/v1/apiKeys", new { displayName = "CI", accountable = "users/pipeline-owner", roles = new[] { "machine" } });
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{gateway.Gateway.Host.GrpcPort}");

        var caller = await new V1.Callers.CallersClient(channel).GetCallerAsync(new(), Bearer(key["secret"]!.GetValue<string>()));

        caller.Principal.ShouldBe(key["apiKey"]!["name"]!.GetValue<string>());
        caller.Person.ShouldBe("users/pipeline-owner");
        caller.Permissions.ShouldNotContain("windows.write");
    }

    [Fact]
    public async Task Key_WithMoreThanItsCreatorMay_IsRefusedNamingThePermission()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var engineer = await gateway.PersonAsync("engineer", "engineer");

        var (status, error) = await gateway.CallAsync(
            HttpMethod.Post, "/v1/apiKeys", new { displayName = "too much", roles = new[] { "approver" } }, engineer);

        status.ShouldBe(HttpStatusCode.Forbidden);
        error["error"]!["message"]!.GetValue<string>().ShouldContain(".approve");
    }

    [Fact]
    public async Task Key_OfACreatorWhoLostTheRole_LosesItToo()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var engineer = await gateway.PersonAsync("engineer", "engineer");
        var secret = (await gateway.PostAsync("/v1/apiKeys", new { displayName = "CI", roles = new[] { "engineer" } }, engineer))["secret"]!
            .GetValue<string>();

        await gateway.CallAsync(HttpMethod.Patch, "/v1/users/engineer", new { roles = new[] { "viewer" } });
        var (_, me) = await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: secret);

        me["permissions"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldNotContain("windows.write");
    }

    [Fact]
    public async Task Key_Revoked_StopsAtOnce()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var key = await gateway.PostAsync("/v1/apiKeys", new { displayName = "CI", roles = new[] { "viewer" } });
        var secret = key["secret"]!.GetValue<string>();
        (await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: secret)).Status.ShouldBe(HttpStatusCode.OK);

        await gateway.CallAsync(HttpMethod.Delete, $"/v1/{key["apiKey"]!["name"]}");

        (await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: secret)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_OfADisabledPerson_Stops()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var token = await gateway.PersonAsync("leaver", "viewer");
        var key = await gateway.PostAsync(
            "/v1/apiKeys", new { displayName = "CI", accountable = "users/leaver", roles = new[] { "viewer" } });

        await gateway.CallAsync(HttpMethod.Delete, "/v1/users/leaver");

        (await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: key["secret"]!.GetValue<string>())).Status.ShouldBe(
            HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("0s", HttpStatusCode.Unauthorized)]
    [InlineData("3600s", HttpStatusCode.OK)]
    public async Task Key_Rotated_KeepsTheOldSecretForTheOverlap(string overlap, HttpStatusCode oldSecret)
    {
        await using var gateway = await IdentityHost.StartAsync();
        var key = await gateway.PostAsync("/v1/apiKeys", new { displayName = "CI", roles = new[] { "viewer" } });

        var rotated = await gateway.PostAsync($"/v1/{key["apiKey"]!["name"]}:rotate", new { overlap });

        (await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: rotated["secret"]!.GetValue<string>())).Status.ShouldBe(
            HttpStatusCode.OK);
        (await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: key["secret"]!.GetValue<string>())).Status.ShouldBe(oldSecret);
    }

    [Fact]
    public async Task Secrets_OnDisk_AreOnlyHashes()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var secret =
            (await gateway.PostAsync("/v1/apiKeys", new { displayName = "CI", roles = new[] { "viewer" } }))["secret"]!.GetValue<string>();

        foreach (var file in Directory.GetFiles(gateway.Estate.Folder, "gateway.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task User_WithSeveralFaults_IsToldAllOfThem()
    {
        await using var gateway = await IdentityHost.StartAsync();

        var (status, error) = await gateway.CallAsync(
            HttpMethod.Post, "/v1/users", new { userId = "Not An Id", roles = new[] { "engineer", "emperor" }, scope = "everything" });

        status.ShouldBe(HttpStatusCode.BadRequest);
        var fields = error["error"]!["details"]!.AsArray().Single(d => d!["fieldViolations"] is not null)!["fieldViolations"]!.AsArray();
        fields.Select(f => f!["field"]!.GetValue<string>()).ShouldBe(["user_id", "roles[1]", "scope"]);
    }

    [Fact]
    public async Task User_AskedForTwiceWithOneRequestId_IsCreatedOnce()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var body = new { userId = "once", roles = new[] { "viewer" }, requestId = Guid.NewGuid() };

        var first = await gateway.PostAsync("/v1/users", body);
        var second = await gateway.PostAsync("/v1/users", body);

        second.ToJsonString().ShouldBe(first.ToJsonString());
    }

    [Fact]
    public async Task Bootstrap_AtTheSecondStart_AddsNothing()
    {
        var gateway = await IdentityHost.StartAsync();
        await gateway.PersonAsync("kept", "viewer");
        gateway.Get<FirstStart>().SignInPath.ShouldNotBeNull();

        await gateway.Estate.StopAsync(ServiceCatalog.Gateway);
        await using var again = await IdentityHost.StartAsync(estate: gateway.Estate);

        again.Get<FirstStart>().SignInPath.ShouldBeNull();
        var (_, users) = await again.CallAsync(HttpMethod.Get, "/v1/users");
        users["users"]!.AsArray().Select(u => u!["name"]!.GetValue<string>()).ShouldBe(["users/admin", "users/kept"]);
    }

    [Fact]
    public async Task SignInLink_WorksOnce_AndItsSessionChangesNothingFromOtherSites()
    {
        await using var gateway = await IdentityHost.StartAsync();
        var link = gateway.Get<FirstStart>().SignInPath!;

        using var first = await gateway.RawAsync(link);
        using var second = await gateway.RawAsync(link);

        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        second.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        var session = cookie.Split(';')[0];
        var (status, me) = await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: null, headers: h => h.Add("Cookie", session));
        status.ShouldBe(HttpStatusCode.OK);
        me["principal"]!.GetValue<string>().ShouldBe("users/admin");
        var (forged, _) = await gateway.CallAsync(HttpMethod.Post, "/v1/users", new { userId = "forged" }, null, headers =>
        {
            headers.Add("Cookie", session);
            headers.Add("Sec-Fetch-Site", "cross-site");
        });
        forged.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Caller_OverTheRate_IsRefusedWithRetryInfo_AndOthersAreNot()
    {
        await using var gateway = await IdentityHost.StartAsync(options => options.RequestsPerSecond = 20);
        var other = await gateway.PersonAsync("calm", "viewer");

        JsonNode? refused = null;
        for (var i = 0; i < 200 && refused is null; i++)
        {
            var (status, body) = await gateway.CallAsync(HttpMethod.Get, "/healthz/live");
            refused = status == HttpStatusCode.TooManyRequests ? body : null;
        }

        refused.ShouldNotBeNull()["error"]!["status"]!.GetValue<string>().ShouldBe("RESOURCE_EXHAUSTED");
        (await gateway.CallAsync(HttpMethod.Get, "/v1/me", token: other)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };
}
