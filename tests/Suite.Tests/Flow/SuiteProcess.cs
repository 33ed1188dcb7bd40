using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;

namespace Governance.Suite.Tests.Flow;

/// <summary>The Suite as a user runs it: a process on a folder, called through its gateway, killed and started again.</summary>
internal sealed partial class SuiteProcess : IDisposable
{
    private const string Token = "the-bootstrap-token-of-the-suite-tests";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("governance-suite-").FullName;
    private readonly StringBuilder _log = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private Process? _process;

    /// <summary>Where the gateway listens now.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Where gRPC is answered now: address and port.</summary>
    public string GrpcEndpoint { get; private set; } = "";

    /// <summary>The same for clients in cleartext.</summary>
    public string Grpc => "http://" + GrpcEndpoint;

    /// <summary>Further variables of its environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What it wrote since its first start, standard error included.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public async Task StartAsync(params string[] more)
    {
        var ready = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Launch(more, ready);
        var line = await ready.Task.WaitAsync(Patience);
        Address = new Uri(line.Groups["http"].Value);
        GrpcEndpoint = line.Groups["grpc"].Value;
    }

    /// <summary>Kill −9: nothing is flushed, nothing is said goodbye to.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Runs it with arguments that it must refuse.</summary>
    /// <returns>Exit code and what it said.</returns>
    public async Task<(int Code, string Said)> RefuseAsync(params string[] more)
    {
        using var refused = Launch(more, new TaskCompletionSource<Match>());
        await refused.WaitForExitAsync().WaitAsync(Patience);
        return (refused.ExitCode, Log);
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    public async Task<int> StopAsync()
    {
        using var terminate = Process.Start("kill", ["-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> CallAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? token = null,
        CancellationToken ct = default,
        Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token);
        headers?.Invoke(request.Headers);
        if (body is not null)
        {
            var text = body as string ?? JsonSerializer.Serialize(body);
            request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request, ct);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await CallAsync(HttpMethod.Get, path);
        status.ShouldBe(HttpStatusCode.OK, $"GET {path}: {body.ToJsonString()}");
        return body;
    }

    public async Task<JsonNode> PostAsync(string path, object body, string? token = null)
    {
        var (status, answer) = await CallAsync(HttpMethod.Post, path, body, token);
        status.ShouldBe(HttpStatusCode.OK, $"POST {path}: {answer.ToJsonString()}");
        return answer;
    }

    public async Task<JsonNode> PatchAsync(string path, object body)
    {
        var (status, answer) = await CallAsync(HttpMethod.Patch, path, body);
        status.ShouldBe(HttpStatusCode.OK, $"PATCH {path}: {answer.ToJsonString()}");
        return answer;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Launch(string[] more, TaskCompletionSource<Match> ready)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
            Environment = { ["GOVERNANCE_BOOTSTRAP_TOKEN"] = Token },
        };
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Governance.Suite.dll"), "--data", PathOf("data"), "--http", "0", "--grpc", "0", .. more,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var launched = new Process { StartInfo = start, EnableRaisingEvents = true };
        launched.OutputDataReceived += (_, line) => Take(line.Data, ready);
        launched.ErrorDataReceived += (_, line) => Take(line.Data, ready);
        launched.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The Suite ended before it was ready:\n{Log}"));
        launched.Start();
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        return launched;
    }

    private void Take(string? line, TaskCompletionSource<Match> ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (Ready().Match(line) is { Success: true } match)
        {
            ready.TrySetResult(match);
        }
    }

    [GeneratedRegex(@"^ready (?<http>https?://\S+) grpc (?<grpc>\S+)$")]
    private static partial Regex Ready();
}
