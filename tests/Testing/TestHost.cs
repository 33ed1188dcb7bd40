using Google.Protobuf;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Governance.Testing;

/// <summary>One running service of a test, reached as clients and Dapr reach it.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly InternalTokenIssuer _tokens;
    private readonly HttpClient _http;
    private bool _disposed;

    internal TestHost(GovernanceHost host, InternalTokenIssuer tokens)
    {
        Host = host;
        _tokens = tokens;
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{host.GrpcPort}");
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.HttpPort}") };
    }

    public GovernanceHost Host { get; }

    public ServiceEntry Service => Host.Settings.Service;

    public IServiceProvider Services => Host.Services;

    /// <summary>HTTP/1.1, without any token.</summary>
    public HttpClient Http => _http;

    /// <summary>gRPC without any token.</summary>
    public CallInvoker Anonymous => _channel.CreateCallInvoker();

    /// <summary>gRPC as the caller; make a client of it: <c>new Some.SomeClient(host.As(caller))</c>.</summary>
    public CallInvoker As(Caller caller) => WithToken(() => _tokens.Issue(caller, Service.Name).Token);

    /// <summary>gRPC with a token of the test's own.</summary>
    public CallInvoker WithToken(Func<string> token) => _channel.Intercept(headers =>
    {
        headers.Add("authorization", $"Bearer {token()}");
        return headers;
    });

    /// <summary>Delivers an event as Dapr would, in the name of another service.</summary>
    /// <returns>SUCCESS, RETRY or DROP.</returns>
    public Task<string> DeliverAsync(ServiceEntry from, string subject, IMessage message, string? id = null) =>
        DeliverAsync(from.Topic, Envelopes.Write(from.Name, subject, message, id));

    /// <summary>Delivers an envelope as Dapr would.</summary>
    public async Task<string> DeliverAsync(string topic, byte[] envelope) =>
        await TestPubSub.DeliverAsync(_http, $"/dapr/events/{topic}", envelope, Host.Settings.AppToken, CancellationToken.None);

    /// <summary>Stops it in good order. A second time does nothing.</summary>
    public async Task StopAsync()
    {
        if (_disposed) return;
        await Host.StopAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        _channel.Dispose();
        _http.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>CloudEvents as services publish them.</summary>
public static class Envelopes
{
    /// <summary>An event's `meta`, for events that a test writes itself.</summary>
    public static EventMeta Meta(long version, long epoch = 1, bool deleted = false, string run = "", long sequence = 0) => new()
    {
        Epoch = epoch,
        Version = version,
        Change = deleted ? "DELETED" : "UPDATED",
        Actor = new Actor { Principal = "users/test", Person = "users/test" },
        Deleted = deleted,
        Run = run,
        Sequence = sequence,
    };

    public static byte[] Write(string source, string subject, IMessage message, string? id = null) => System.Text.Encoding.UTF8.GetBytes(
        $$"""
          {"specversion":"1.0","id":"{{id ?? Guid.CreateVersion7().ToString()}}","source":"{{source}}","type":"{{message.Descriptor.FullName}}","subject":"{{subject}}","datacontenttype":"application/json","data":{{JsonFormatter.Default.Format(message)}}}
          """);
}
