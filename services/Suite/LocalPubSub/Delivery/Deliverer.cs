using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Governance.Suite.LocalPubSub.Publishing;
using Governance.Suite.LocalPubSub.Resources;
using Governance.Suite.LocalPubSub.Storage;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>Makes one try at one delivery and decides what follows from the answer.</summary>
internal sealed class Deliverer(
    Broker broker, DaprConfiguration configuration, LocalPubSubOptions options, ILogger logger, CancellationToken aborting)
{
    private static readonly MediaTypeHeaderValue EventType = new(ContentTypes.CloudEvent);

    public async Task<PumpStep> DeliverAsync(SubscriptionPump pump, PendingDelivery delivery)
    {
        try
        {
            var message = delivery.Message ?? broker.Read(delivery.MessageId);
            if (message is null) return PumpStep.Done;
            var policy = configuration.InboundFor(pump.Subscription.AppId, message.PubSub);
            var (verdict, reason) = await TryAsync(pump, message, policy);
            return verdict switch
            {
                AppVerdict.Success => Succeed(pump, message),
                AppVerdict.Retry when policy.Retry is { } retry && retry.Allows(delivery.Failures + 1) =>
                    RetryLater(pump, message, delivery.Failures + 1, retry, reason),
                _ => await GiveUpAsync(pump, message, verdict, reason),
            };
        }
        catch (AppUnreachableException)
        {
            pump.App.ReportUnreachable();
            return PumpStep.Wait;
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            return PumpStep.Stop;
        }
        catch (Exception failure)
        {
            logger.LogError(
                failure, "Delivery of message {Message} to {App} broke off; it is repeated", delivery.MessageId, pump.Subscription.AppId);
            return new PumpStep.Postponed(delivery.Failures, options.RedeliveryInterval);
        }
    }

    private async Task<(AppVerdict Verdict, string Reason)> TryAsync(SubscriptionPump pump, StoredMessage message, InboundPolicy policy)
    {
        if (message.ExpiresAt <= options.Time.GetUtcNow().ToUnixTimeMilliseconds()) return (AppVerdict.Drop, "its time to live is over");
        var raw = pump.Subscription.RawPayload;
        var type = message.Type;
        if (message.Raw && !raw && !TryReadType(message.Body, out type)) return (AppVerdict.Drop, "its raw payload is not a CloudEvent");
        if (pump.Subscription.Routes.PathFor(type) is not { } path) return (AppVerdict.Drop, $"no route matches its type '{type}'");
        return await PostAsync(
            pump.App, path, raw ? Envelope.AroundRaw(message) : message.Body, message, policy.Timeout ?? options.DeliveryTimeout);
    }

    private async Task<(AppVerdict Verdict, string Reason)> PostAsync(
        AppChannel app, string path, byte[] body, StoredMessage message, TimeSpan timeout)
    {
        using var activity = Telemetry.Traces.StartActivity($"deliver {message.Topic}", ActivityKind.Client, message.TraceParent);
        activity?.SetTag("governance.service", Telemetry.Service);
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = EventType;
        if ((activity?.Id ?? message.TraceParent) is { } parent) request.Headers.TryAddWithoutValidation("traceparent", parent);
        if (message.TraceState is { Length: > 0 } state) request.Headers.TryAddWithoutValidation("tracestate", state);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborting);
        deadline.CancelAfter(timeout);
        try
        {
            using var response = await app.SendAsync(request, path, deadline.Token);
            return AppAnswer.Read((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(deadline.Token));
        }
        catch (HttpRequestException failure)
        {
            return (AppVerdict.Retry, $"the connection broke: {failure.Message}");
        }
        catch (OperationCanceledException) when (!aborting.IsCancellationRequested)
        {
            return (AppVerdict.Retry, $"the app did not answer within {timeout}");
        }
    }

    private PumpStep Succeed(SubscriptionPump pump, StoredMessage message)
    {
        broker.Finish(pump, message);
        var lag = options.Time.GetUtcNow().ToUnixTimeMilliseconds() - message.PublishedAt;
        Telemetry.Lag.Record(lag, Telemetry.Topic(message.Topic), Telemetry.App(pump.Subscription.AppId));
        return PumpStep.Done;
    }

    private PumpStep.Postponed RetryLater(SubscriptionPump pump, StoredMessage message, int failures, RetryPolicy retry, string reason)
    {
        var delay = retry.DelayAfter(failures, Random.Shared.NextDouble());
        Telemetry.Retried.Add(1, Telemetry.Topic(message.Topic), Telemetry.App(pump.Subscription.AppId));
        logger.LogInformation("{App} did not take message {Message} of {Topic} (failure {Failures}): {Reason}; again in {Delay}",
            pump.Subscription.AppId, message.Id, message.Topic, failures, reason, delay);
        return Postpone(pump, message, failures, delay);
    }

    private async Task<PumpStep> GiveUpAsync(SubscriptionPump pump, StoredMessage message, AppVerdict verdict, string reason)
    {
        var (appId, deadLetters) = (pump.Subscription.AppId, pump.Subscription.DeadLetterTopic);
        if (deadLetters is null && verdict == AppVerdict.Drop)
        {
            logger.LogWarning("Message {Message} of {Topic} for {App} is dropped: {Reason}", message.Id, message.Topic, appId, reason);
            Telemetry.Dropped.Add(1, Telemetry.Topic(message.Topic), Telemetry.App(appId));
            broker.Finish(pump, message);
            return PumpStep.Done;
        }

        if (deadLetters is not null && configuration.Component(message.PubSub)?.MayPublish(appId, deadLetters) == true)
        {
            logger.LogWarning(
                "Message {Message} of {Topic} for {App} goes to {DeadLetters}: {Reason}",
                message.Id,
                message.Topic,
                appId,
                deadLetters,
                reason);
            await broker.DeadLetterAsync(pump, message, deadLetters);
            Telemetry.DeadLettered.Add(1, Telemetry.Topic(message.Topic), Telemetry.App(appId));
            return PumpStep.Done;
        }

        logger.LogWarning("Message {Message} of {Topic} for {App} was not taken ({Reason}) and {Obstacle}; again in {Delay}",
            message.Id, message.Topic, appId, reason, deadLetters is null
                ? "there is no dead-letter topic"
                : $"the app may not publish to {deadLetters}",
            options.RedeliveryInterval);
        return Postpone(pump, message, 0, options.RedeliveryInterval);
    }

    private PumpStep.Postponed Postpone(SubscriptionPump pump, StoredMessage message, int failures, TimeSpan delay)
    {
        broker.Postpone(pump, message, failures, options.Time.GetUtcNow() + delay);
        return new PumpStep.Postponed(failures, delay);
    }

    private static bool TryReadType(byte[] body, out string? type)
    {
        type = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return false;
            if (document.RootElement.TryGetProperty("type", out var value) && value.ValueKind == JsonValueKind.String)
            {
                type = value.GetString();
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
