
namespace Governance.BuildingBlocks.Names;

/// <summary>One service of the suite: the names and default ports that code, Dapr files and chart share.</summary>
/// <param name="Name">Short name, `windows`: audience of tokens, part of REST paths and topics.</param>
/// <param name="AppId">Dapr app id; the same word as the name.</param>
/// <param name="GrpcPort">Default port for cleartext HTTP/2 (gRPC).</param>
/// <param name="HttpPort">Default port for HTTP/1.1 (Dapr's `app-port`, feeds, health).</param>
public sealed record ServiceEntry(string Name, string AppId, int GrpcPort, int HttpPort)
{
    /// <summary>The topic that this service alone publishes to, `governance.windows`.</summary>
    public string Topic => $"governance.{Name}";

    /// <summary>Where events end that this service could not handle, `governance.dead.windows`.</summary>
    public string DeadTopic => $"governance.dead.{Name}";

    /// <summary>The domain of this service's error reasons, `windows.governance`.</summary>
    public string ErrorDomain => $"{Name}.governance";

    /// <summary>The principal of what the service does by itself, `services/windows`.</summary>
    public string Principal => $"services/{Name}";
}

/// <summary>The services of the suite, and the names that they share.</summary>
public static class ServiceCatalog
{
    /// <summary>The Dapr pub/sub component.</summary>
    public const string PubSub = "governance-pubsub";

    /// <summary>The topic that every service reads: requests to republish, signed audit heads.</summary>
    public const string ControlTopic = "governance.control";

    /// <summary>The gateway's default port for HTTP/1.1 and REST.</summary>
    public const int GatewayHttpPort = 8080;

    /// <summary>The gateway's default port for cleartext HTTP/2 (gRPC).</summary>
    public const int GatewayGrpcPort = 8081;

    /// <summary>When may it change.</summary>
    public static ServiceEntry Windows { get; } = new("windows", "windows", 5101, 5201);

    /// <summary>What must change, by when.</summary>
    public static ServiceEntry Patching { get; } = new("patching", "patching", 5102, 5202);

    /// <summary>What we owe.</summary>
    public static ServiceEntry Debt { get; } = new("debt", "debt", 5103, 5203);

    /// <summary>Who.</summary>
    public static ServiceEntry Ownership { get; } = new("ownership", "ownership", 5104, 5204);

    /// <summary>How well.</summary>
    public static ServiceEntry Reviews { get; } = new("reviews", "reviews", 5105, 5205);

    /// <summary>The door; its own calls about users and keys.</summary>
    public static ServiceEntry Gateway { get; } = new("gateway", "gateway", GatewayGrpcPort, GatewayHttpPort);

    /// <summary>All services behind the gateway, in the order of their ports.</summary>
    public static IReadOnlyList<ServiceEntry> All { get; } = [Windows, Patching, Debt, Ownership, Reviews];
}
