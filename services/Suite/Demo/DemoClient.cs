using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Governance.Suite.Demo;

/// <summary>Calls the gateway as any REST client would, in somebody's name.</summary>
internal sealed class DemoClient(HttpClient http, string token)
{
    public DemoClient As(string otherToken) => new(http, otherToken);

    public Task<JsonNode> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken ct) => CallAsync(HttpMethod.Post, path, body, ct);

    public Task<JsonNode> CallAsync(HttpMethod method, string path, JsonObject body, CancellationToken ct) =>
        SendAsync(method, path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), ct);

    public Task<JsonNode> UploadAsync(string path, string document, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, path, new StringContent(document, Encoding.UTF8, "application/json"), ct);

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, ct);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!;
        return response.IsSuccessStatusCode
            ? answer
            : throw new SuiteFault($"demo: {method} {path} was refused: {answer["error"]?["message"]}");
    }
}
