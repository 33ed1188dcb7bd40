using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Gateway.Identity;
using Governance.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Governance.Gateway.Tests.Identity;

/// <summary>A gateway of its own, with a bootstrap token, called by REST.</summary>
internal sealed class IdentityHost : IAsyncDisposable
{
    public const string BootstrapToken = "a-bootstrap-token-of-the-tests";
    private readonly TestEstate _estate;
    private readonly TestHost _host;
    private readonly HttpClient _http;

    private IdentityHost(TestEstate estate, TestHost host)
    {
        _estate = estate;
        _host = host;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{host.Host.HttpPort}"),
        };
    }

    public TestHost Gateway => _host;

    public TestEstate Estate => _estate;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<IdentityHost> StartAsync(Action<IdentityOptions>? configure = null, TestEstate? estate = null)
    {
        estate ??= await TestEstate.StartAsync();
        var host = await estate.StartAsync(GatewayDefinition.Value, overrides: services => services.Configure<IdentityOptions>(options =>
        {
            options.BootstrapToken = BootstrapToken;
            configure?.Invoke(options);
        }));
        return new IdentityHost(estate, host);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> CallAsync(
        HttpMethod method, string path, object? body = null, string? token = BootstrapToken, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        headers?.Invoke(request.Headers);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<HttpResponseMessage> RawAsync(string path) => await _http.GetAsync(path);

    public async Task<JsonNode> PostAsync(string path, object body, string? token = BootstrapToken)
    {
        var (status, answer) = await CallAsync(HttpMethod.Post, path, body, token);
        status.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    /// <summary>A person with roles, and a token to call in their name.</summary>
    public async Task<string> PersonAsync(string id, params string[] roles)
    {
        await PostAsync("/v1/users", new { userId = id, roles });
        return (await PostAsync($"/v1/users/{id}:issueToken", new { }))["token"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _estate.DisposeAsync();
    }
}
