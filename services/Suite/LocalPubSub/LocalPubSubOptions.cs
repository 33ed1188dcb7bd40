using Governance.Suite.LocalPubSub.Resources;

namespace Governance.Suite.LocalPubSub;

/// <summary>What the local pub/sub is started with.</summary>
internal sealed class LocalPubSubOptions
{
    /// <summary>SQLite file that holds what is not delivered yet. Created when missing.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The programs that publish and receive.</summary>
    public required IReadOnlyList<LocalPubSubApp> Apps { get; init; }

    /// <summary>Component, Subscription and Resiliency files. Default: those built into this program.</summary>
    public IReadOnlyList<DaprResource> Resources { get; init; } = DaprResource.Embedded();

    /// <summary>Loopback port of the HTTP API. Default 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>Deliveries of one subscription that may run at the same time. Default 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>
    /// When a message that was given up without a dead-letter topic is offered again. Default 60 seconds, as a broker would.
    /// </summary>
    public TimeSpan RedeliveryInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an app may take to answer where the resiliency file sets no timeout. Default 60 seconds.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stop waits for deliveries in flight. Default 5 seconds.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Ask each app for its own subscriptions (<c>GET /dapr/subscribe</c>) when it comes up. Default true, as Dapr does.</summary>
    public bool DiscoverSubscriptions { get; init; } = true;

    /// <summary>Clock of retries and expiry.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(DatabasePath)) faults.Add("DatabasePath is required");
        if (Port is < 0 or > 65535) faults.Add("Port must be 0 to 65535");
        if (Concurrency is < 1 or > 256) faults.Add("Concurrency must be 1 to 256");
        if (RedeliveryInterval <= TimeSpan.Zero) faults.Add("RedeliveryInterval must be positive");
        if (DeliveryTimeout <= TimeSpan.Zero) faults.Add("DeliveryTimeout must be positive");
        if (StopGrace < TimeSpan.Zero) faults.Add("StopGrace must not be negative");
        foreach (var app in Apps.Where(app => app.AppId.Length == 0 || app.ApiToken.Length == 0))
        {
            faults.Add($"app '{app.AppId}': AppId and ApiToken are required");
        }
        faults.AddRange(Apps.GroupBy(app => app.AppId).Where(same => same.Count() > 1).Select(same => $"app '{same.Key}' is listed twice"));
        faults.AddRange(Apps.GroupBy(app => app.ApiToken).Where(same => same.Count() > 1).Select(same =>
            $"apps {string.Join(", ", same.Select(app => app.AppId))} share an ApiToken, so a caller could not be told from another"));
        return faults;
    }
}

/// <summary>A program that uses the local pub/sub. In Dapr each has a sidecar of its own; here its token tells who it is.</summary>
/// <param name="AppId">Dapr app id: the service's name.</param>
/// <param name="ApiToken">What the app sends as <c>dapr-api-token</c> (its <c>DAPR_API_TOKEN</c>).</param>
/// <param name="AppToken">What is sent to the app as <c>dapr-api-token</c> (its <c>APP_API_TOKEN</c>); null sends none.</param>
/// <param name="Address">Where the app listens; null while that is unknown (see <see cref="LocalPubSubHost.Connect"/>) or it never
/// receives.</param>
internal sealed record LocalPubSubApp(string AppId, string ApiToken, string? AppToken = null, Uri? Address = null);
