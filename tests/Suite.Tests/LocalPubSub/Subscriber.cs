using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Suite.Tests.LocalPubSub;

/// <summary>One delivery as an app saw it.</summary>
internal sealed record Received(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Event => JsonDocument.Parse(Body).RootElement;

    public string Id => Event.GetProperty("id").GetString()!;
}

/// <summary>What an app answers; <see cref="Abort"/> closes the connection instead.</summary>
internal sealed record Answer(int Status, string Body = "", bool Abort = false)
{
    public static readonly Answer Success = new(200, """{"status":"SUCCESS"}""");
    public static readonly Answer Retry = new(200, """{"status":"RETRY"}""");
    public static readonly Answer Drop = new(200, """{"status":"DROP"}""");
    public static readonly Answer Hangup = new(0, Abort: true);
}

/// <summary>A real app on a loopback port that records what it gets and answers as it is told.</summary>
internal sealed class Subscriber(Func<Received, Task<Answer>> handle) : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = new();
    private WebApplication? _web;

    /// <summary>Answers by the number of the delivery, 1 first.</summary>
    public Subscriber(Func<int, Answer> answer) : this(Counting(answer))
    {
    }

    public Subscriber() : this((int _) => Answer.Success)
    {
    }

    public IReadOnlyList<Received> Received => [.. _received];

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>What <c>GET /dapr/subscribe</c> says; null: 404.</summary>
    public string? Subscriptions { get; set; }

    /// <summary>Listens, at a second start on the same port.</summary>
    public async Task<Subscriber> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, Address.Port == 1 ? 0 : Address.Port));
        _web = builder.Build();
        _web.Run(AnswerAsync);
        await _web.StartAsync();
        Address = new Uri(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return this;
    }

    /// <summary>Closes the port at once, whatever is in flight.</summary>
    public async Task StopAsync()
    {
        if (_web is null) return;
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
        _web = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = Subscriptions is null ? 404 : 200;
            await context.Response.WriteAsync(Subscriptions ?? "");
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(
            pair => pair.Key.ToLowerInvariant(), pair => pair.Value.ToString(), StringComparer.Ordinal);
        var delivery = new Received(context.Request.Path, await reader.ReadToEndAsync(), headers);
        _received.Enqueue(delivery);
        var answer = await handle(delivery);
        if (answer.Abort)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        await context.Response.WriteAsync(answer.Body);
    }

    private static Func<Received, Task<Answer>> Counting(Func<int, Answer> answer)
    {
        var count = 0;
        return _ => Task.FromResult(answer(Interlocked.Increment(ref count)));
    }
}
